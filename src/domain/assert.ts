/** A promise of ours was broken: a bug, never a refusal. Nobody catches it to carry on. */
export class BrokenInvariant extends Error {
  override readonly name = "BrokenInvariant";
}

/** Throws `BrokenInvariant` when `fact` is false; `claim` says what should have been true. */
export function invariant(fact: boolean, claim: string): asserts fact {
  if (!fact) throw new BrokenInvariant(claim);
}

/** Closes a switch over a union: a new member fails to compile here. */
export function unreachable(value: never): never {
  throw new BrokenInvariant(`unreachable: ${JSON.stringify(value)}`);
}
