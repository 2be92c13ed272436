import type { Random } from "../domain/clock.ts";

const backOffBaseMs = 1_000;
const backOffMaxMs = 60_000;

/** How long to wait before try `failures` + 1: full jitter up to 1, 2, 4 … 60 s, so that a shop's tills do not all return at once. */
export function backOffMs(failures: number, random: Random): number {
  const ceiling = Math.min(backOffMaxMs, backOffBaseMs * 2 ** Math.max(0, failures - 1));
  const [high = 0, low = 0] = random.bytes(2);
  return Math.floor((ceiling * (high * 256 + low + 1)) / 65_536);
}
