import { z } from "zod";
import { instant, type Instant } from "../../../domain/clock.ts";
import { minorUnits, type MinorUnits } from "../../../domain/money.ts";
import type { RefundRequest } from "../../provider.ts";
import type { RefundOutcome } from "../../provider-outcome.ts";
import { refundStatusMeaning } from "./refund-table.ts";

const fen = z.number().int().nonnegative().max(1_000_000_000_000);
const providerRefundId = z.string().min(1).max(64);
const answered = z.object({
  out_refund_no: z.string(),
  out_trade_no: z.string(),
  transaction_id: z.string().nullish(),
  refund_id: providerRefundId,
  status: z.string(),
  success_time: z.string().nullish(),
  amount: z.object({
    total: fen,
    refund: fen,
    payer_refund: fen.nullish(),
    settlement_refund: fen.nullish(),
    currency: z.string(),
  }),
});
const notified = z.object({
  out_refund_no: z.string().min(1).max(64),
  out_trade_no: z.string().min(1).max(32),
  refund_id: providerRefundId,
  refund_status: z.string(),
  success_time: z.string().nullish(),
  amount: z.object({ total: fen, refund: fen, payer_refund: fen.nullish() }),
});

/**
 * What an answer says of `request`'s refund. Silence when it speaks of another refund, payment or amount, or does not tell
 * what leaves the shop's receivable: 应结退款金额 (`settlement_refund`), which is what was asked for less the shop's own coupon.
 */
export function refundOutcome(json: unknown, request: RefundRequest, answeredAt: Instant): RefundOutcome {
  const read = answered.safeParse(json);
  if (!read.success || !isOwn(read.data, request)) return { kind: "silence", why: "body" };
  const { refund_id: refundId, status, success_time: successTime, amount } = read.data;
  return meaningOf(status, refundId, () => {
    const taken = amount.settlement_refund ?? (amount.payer_refund === amount.refund ? amount.refund : null);
    return taken === null || taken > amount.refund
      ? null
      : { asked: minorUnits(amount.refund), taken: minorUnits(taken), at: timeOf(successTime, answeredAt) };
  });
}

/**
 * What a notification says of a refund. One of a payment with coupons does not tell what leaves the receivable: then it is
 * `accepted`, and the query tells.
 */
export function notifiedRefund(
  json: unknown,
  readAt: Instant,
): { readonly payment: string; readonly refund: string; readonly outcome: RefundOutcome } | null {
  const read = notified.safeParse(json);
  if (!read.success) return null;
  const { refund_id: refundId, refund_status: status, success_time: successTime, amount } = read.data;
  const isWhole = amount.payer_refund === amount.refund;
  const outcome = meaningOf(isWhole || status !== "SUCCESS" ? status : "PROCESSING", refundId, () => {
    const asked = minorUnits(amount.refund);
    return isWhole ? { asked, taken: asked, at: timeOf(successTime, readAt) } : null;
  });
  return { payment: read.data.out_trade_no, refund: read.data.out_refund_no, outcome };
}

type Given = { readonly asked: MinorUnits; readonly taken: MinorUnits; readonly at: Instant };

function meaningOf(status: string, refundId: string, given: () => Given | null): RefundOutcome {
  const word = { code: status, message: "", httpStatus: 200 };
  const meaning = refundStatusMeaning(status);
  switch (meaning) {
    case "accepted":
      return { kind: "accepted", providerRefundId: refundId, taken: given()?.taken ?? null };
    case "succeeded": {
      const amounts = given();
      return amounts === null
        ? { kind: "silence", why: "body", word }
        : { kind: "succeeded", providerRefundId: refundId, ...amounts };
    }
    case "failed":
      return { kind: "failed", reason: "closed", word };
    case "abnormal":
      return { kind: "abnormal", word };
    case null:
      return { kind: "silence", why: "unlisted", word };
  }
}

function isOwn(answer: z.infer<typeof answered>, request: RefundRequest): boolean {
  const { amount } = answer;
  return (
    answer.out_refund_no === request.id &&
    answer.out_trade_no === request.payment &&
    (answer.transaction_id ?? request.providerTransactionId) === request.providerTransactionId &&
    amount.refund === request.amount.amount &&
    amount.total === request.total.amount &&
    amount.currency === request.amount.currency
  );
}

function timeOf(written: string | null | undefined, otherwise: Instant): Instant {
  const at = Date.parse(written ?? "");
  return Number.isNaN(at) ? otherwise : instant(at);
}
