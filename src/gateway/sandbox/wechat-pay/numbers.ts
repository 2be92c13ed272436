import { createHash } from "node:crypto";
import { instant, type Instant } from "../../../domain/clock.ts";
import type { Ledger } from "./ledger.ts";

/** What stands for a code in the store. */
export function codeHash(code: string): string {
  return createHash("sha256").update(`wechat payment code ${code}`).digest("hex");
}

/** The provider's own number: 28 digits, `4200000000` + day in Beijing + counter. */
export function nextTransactionId(ledger: Ledger, now: Instant): string {
  return `4200000000${beijingDay(now)}${String(ledger.orders.size + 1).padStart(10, "0")}`;
}

/** The provider's own number of a refund: 29 digits, `5030000000` + day in Beijing + counter. */
export function nextRefundId(ledger: Ledger, now: Instant): string {
  return `5030000000${beijingDay(now)}${String(ledger.refundNumbers.size + 1).padStart(11, "0")}`;
}

function beijingDay(now: Instant): string {
  return beijingTime(now).slice(0, 10).replaceAll("-", "");
}

/** RFC 3339 in Beijing time, as WeChat Pay writes times. */
export function beijingTime(at: Instant): string {
  return `${new Date(instant(at + 8 * 3_600_000)).toISOString().slice(0, 19)}+08:00`;
}
