import { plusMs, type Instant } from "../../domain/clock.ts";
import type { Refund } from "./refund.ts";

/** When an unanswered refund is asked about; some providers know it only after a while. The last pause repeats. */
const askAfterMs: readonly number[] = [10_000, 20_000, 60_000, 300_000, 900_000, 3_600_000];
/** When one that the provider has taken on is asked about: wallets take seconds, bank cards days. */
const processingMs: readonly number[] = [3_000, 10_000, 30_000, 120_000, 600_000, 3_600_000, 21_600_000];
/** When one that the shop's balance did not cover is sent again. */
const resendMs: readonly number[] = [60_000, 300_000, 900_000, 3_600_000];

/** A refund closed by the provider goes on under a new number so often; then a person decides. */
export const replacementsMax = 3;

/** Whether the refund ended at the provider without being paid out, and may be asked for under a new number. */
export function isReplaceable({ state, memo }: Pick<Refund, "state" | "memo">): boolean {
  return (
    state.kind === "failed" && state.reason === "closed" && memo.replacedBy === null && memo.replaces < replacementsMax
  );
}

/** When a refund has to be looked at next; null when a person must decide, or nothing is left to do. */
export function nextRefundLook(refund: Refund, now: Instant): Instant | null {
  const { state, memo } = refund;
  switch (state.kind) {
    case "owed":
      return now;
    case "submitted":
    case "unknown":
      return plusMs(now, pauseAt(askAfterMs, memo.queries));
    case "processing":
      return plusMs(now, pauseAt(processingMs, memo.queries));
    case "failed":
      if (isReplaceable(refund)) return now;
      return state.reason === "shopBalance" ? plusMs(now, pauseAt(resendMs, memo.sends - 1)) : null;
    case "abnormal":
    case "succeeded":
    case "paidOtherwise":
      return null;
  }
}

function pauseAt(pauses: readonly number[], nth: number): number {
  return pauses[Math.max(nth, 0)] ?? pauses.at(-1) ?? 0;
}
