import type { Brand } from "./brand.ts";

/** Milliseconds since 1970-01-01T00:00Z, whole. */
export type Instant = Brand<number, "Instant">;

/** Stops a timer that has not run yet; calling it later, or twice, does nothing. */
export type Cancel = () => void;

/** Time comes in from outside: real at the composition roots, virtual in the simulation. */
export type Clock = {
  now(): Instant;
  /** Runs `task` once, `delayMs` (≥ 0) from now. */
  after(delayMs: number, task: () => void): Cancel;
};

/** Randomness comes in from outside, from a cryptographic source or a seed. */
export type Random = { bytes(count: number): Uint8Array };

/** `at` as an `Instant`; the number must be whole. */
export function instant(at: number): Instant {
  return Math.trunc(at) as Instant;
}

/** `at` moved by `ms`. */
export function plusMs(at: Instant, ms: number): Instant {
  return instant(at + ms);
}

/** A promise that resolves `delayMs` from now by `clock`, at once when `signal` aborts. */
export function sleep(
  clock: Clock,
  delayMs: number,
  signal?: {
    readonly aborted: boolean;
    addEventListener(type: "abort", listener: () => void): void;
    removeEventListener(type: "abort", listener: () => void): void;
  },
): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) return resolve();
    const end = (): void => {
      cancel();
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const cancel = clock.after(delayMs, end);
    signal?.addEventListener("abort", end);
  });
}
