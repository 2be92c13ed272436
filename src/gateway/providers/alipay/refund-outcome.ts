import { z } from "zod";
import type { Instant } from "../../../domain/clock.ts";
import type { MinorUnits } from "../../../domain/money.ts";
import type { RefundRequest } from "../../provider.ts";
import type { RefundOutcome } from "../../provider-outcome.ts";
import type { AnswerNode } from "./answer-node.ts";
import { instantOfBeijing } from "./beijing-time.ts";
import { askCodes, codeMeaning, refundCodes } from "./status-table.ts";
import { fenOf } from "./yuan.ts";

/** Alipay asks for so long a wait before a refund is asked about. */
export const refundSettlesWithinMs = 10_000;

const yuan = z.union([z.string().max(16), z.number()]);
const refund = z.object({
  out_trade_no: z.string(),
  /** Y: this request moved money. N: it did not, e.g. because the same one had done so before. */
  fund_change: z.enum(["Y", "N"]).nullish(),
  send_back_fee: yuan.nullish(),
  gmt_refund_pay: z.string().nullish(),
});
const askedRefund = z.object({
  out_trade_no: z.string().nullish(),
  out_request_no: z.string().nullish(),
  refund_amount: yuan.nullish(),
  refund_status: z.string().max(32).nullish(),
  send_back_fee: yuan.nullish(),
  gmt_refund_pay: z.string().nullish(),
});

/** What the answer to `alipay.trade.refund` says. Done without `fund_change` Y is no proof yet: it is asked about. */
export function refundOutcome(node: AnswerNode, request: RefundRequest, now: Instant): RefundOutcome {
  if (node.code === "10000") {
    const read = refund.safeParse(node.members);
    if (!read.success || read.data.out_trade_no !== request.payment)
      return { kind: "silence", why: "body", word: node.word };
    return read.data.fund_change === "Y"
      ? succeeded(request, read.data, now)
      : { kind: "accepted", providerRefundId: null, taken: takenTold(read.data.send_back_fee, request) };
  }
  const meaning = codeMeaning(node, refundCodes);
  if ("uncertain" in meaning) return { kind: "silence", why: meaning.uncertain, word: node.word };
  if (meaning.certain === "abnormal") return { kind: "abnormal", word: node.word };
  return { kind: "failed", reason: meaning.certain, word: node.word };
}

/** What the answer to `alipay.trade.fastpay.refund.query` says. No status means not done, once Alipay has had its time. */
export function queryRefundOutcome(node: AnswerNode, request: RefundRequest, now: Instant): RefundOutcome {
  if (node.code !== "10000") {
    const meaning = codeMeaning(node, askCodes);
    return { kind: "silence", why: "uncertain" in meaning ? meaning.uncertain : "unlisted", word: node.word };
  }
  const read = askedRefund.safeParse(node.members);
  if (!read.success) return { kind: "silence", why: "body", word: node.word };
  const { data } = read;
  if ((data.out_trade_no ?? request.payment) !== request.payment || (data.out_request_no ?? request.id) !== request.id)
    return { kind: "silence", why: "body", word: node.word };
  const status = data.refund_status ?? "";
  if (status === "") {
    return now - request.submittedAt < refundSettlesWithinMs
      ? { kind: "silence", why: "notFound" }
      : { kind: "notKnown" };
  }
  if (status !== "REFUND_SUCCESS")
    return { kind: "silence", why: "unlisted", word: { code: status, message: "", httpStatus: 200 } };
  const amount = data.refund_amount ?? null;
  if (amount === null || fenOf(amount) !== request.amount.amount || data.out_request_no !== request.id)
    return { kind: "silence", why: "body", word: node.word };
  return succeeded(request, data, now);
}

/** What leaves the shop as far as Alipay says so before it is done; null while it says nothing, or nothing yet. */
function takenTold(told: string | number | null | undefined, { amount }: RefundRequest): MinorUnits | null {
  const fen = told === undefined || told === null ? null : fenOf(told);
  return fen !== null && fen > 0 && fen <= amount.amount ? fen : null;
}

/** `send_back_fee` is what left the shop; without it the whole of what was asked did. */
function succeeded(
  request: RefundRequest,
  told: {
    readonly send_back_fee?: string | number | null | undefined;
    readonly gmt_refund_pay?: string | null | undefined;
  },
  now: Instant,
): RefundOutcome {
  const asked: MinorUnits = request.amount.amount;
  const taken = told.send_back_fee === undefined || told.send_back_fee === null ? asked : fenOf(told.send_back_fee);
  if (taken === null || taken > asked) return { kind: "silence", why: "body" };
  const at = instantOfBeijing(told.gmt_refund_pay) ?? now;
  return { kind: "succeeded", providerRefundId: null, asked, taken, at };
}
