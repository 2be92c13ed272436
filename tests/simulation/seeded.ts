import { createHash } from "node:crypto";
import type { Random } from "../../src/domain/clock.ts";

/** Draws that a seed repeats. Each part of the simulation has a stream of its own, so that one more draw here moves nothing there. */
export type Dice = Random & {
  /** A whole number from 0 to `below` − 1. */
  below(limit: number): number;
  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
};

/** The stream `name` of `seed`. */
export function dice(seed: number, name: string): Dice {
  let block = Buffer.alloc(0);
  let counter = 0;
  const byte = (): number => {
    if (block.length === 0) block = createHash("sha512").update(`${seed}/${name}/${counter++}`).digest();
    const first = block[0] ?? 0;
    block = block.subarray(1);
    return first;
  };
  const below = (limit: number): number => {
    let value = 0;
    for (let i = 0; i < 4; i++) value = value * 256 + byte();
    return value % limit;
  };
  return {
    bytes: (count) => Uint8Array.from({ length: count }, byte),
    below,
    chance: (percent) => below(10_000) < percent * 100,
    between: (from, to) => from + below(to - from + 1),
    pick: (values) => values[below(values.length)] ?? values[0],
  };
}
