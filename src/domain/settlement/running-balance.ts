/** A line whose amount does not lead from the balance before it to its own. Smallest unit. */
export type BrokenRun = {
  readonly line: number;
  readonly before: number;
  readonly amount: number;
  readonly balance: number;
};

/** A line of a statement with what stood on the account after it; null where the bank does not say. */
export type RunLine = {
  readonly line: number;
  readonly day: string;
  readonly amount: number;
  readonly balance: number | null;
};

/**
 * The first line at which a statement's balance does not run on by what the line says; null where it does throughout, or where no two
 * neighbours have one. Banks write the oldest line first or the newest: the order that fits better counts, of two that fit alike the one
 * of their days.
 */
export function brokenRun(lines: readonly RunLine[]): BrokenRun | null {
  const [oldestFirst, newestFirst] = [breaks(lines), breaks(lines.toReversed())];
  const isByDays = (lines[0]?.day ?? "") > (lines.at(-1)?.day ?? "");
  const isNewestFirst =
    newestFirst.length < oldestFirst.length || (newestFirst.length === oldestFirst.length && isByDays);
  return (isNewestFirst ? newestFirst.at(-1) : oldestFirst[0]) ?? null;
}

function breaks(lines: readonly RunLine[]): readonly BrokenRun[] {
  return lines.flatMap(({ line, amount, balance }, nth) => {
    const before = lines[nth - 1]?.balance ?? null;
    if (before === null || balance === null || before + amount === balance) return [];
    return [{ line, before, amount, balance }];
  });
}
