/** Whole numbers below a limit, the same for the same seed (xorshift32); for samples only, never for secrets. */
export type Draw = (below: number) => number;

/** A draw begun at `seed`; any whole number will do. */
export function drawFrom(seed: number): Draw {
  let state = (Math.imul(seed, 2_654_435_761) ^ 0x9e37_79b9) | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
