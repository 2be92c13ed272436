import type { Instant } from "../../../domain/clock.ts";
import type { AttemptReference, ChargeRequest, PromptRequest, RefundRequest } from "../../provider.ts";
import { reveal } from "../../secret.ts";
import { yuanText } from "./yuan.ts";

/** One method and its members, which become `biz_content`. */
export type AlipayCall = {
  readonly method: string;
  readonly members: (sellerId: string) => Readonly<Record<string, unknown>>;
  readonly notifyUrl: string | null;
};

/** Alipay's limits of these members, in characters. */
const subjectLengthMax = 256;
const storeIdLengthMax = 32;
const terminalIdLengthMax = 32;
const refundReasonLengthMax = 256;
/** A trade by the payer's code ends by itself after this, should every cancel of ours fail. */
const chargeTimeout = "2m";
/** A shown code lives no longer than this at Alipay, in minutes. */
const codeMinutesMax = 120;
const minuteMs = 60_000;

/** Money by the code the payer shows (`alipay.trade.pay`). */
export function payCall(request: ChargeRequest): AlipayCall {
  return {
    method: "alipay.trade.pay",
    members: (sellerId) => ({
      ...orderMembers(request, sellerId),
      scene: "bar_code",
      auth_code: reveal(request.code),
      timeout_express: chargeTimeout,
    }),
    notifyUrl: null,
  };
}

/** A code for the shop to show (`alipay.trade.precreate`); code and order end no sooner than `expiresAt`. */
export function precreateCall(request: PromptRequest, now: Instant): AlipayCall {
  const minutes = Math.min(codeMinutesMax, Math.max(1, Math.ceil((request.expiresAt - now) / minuteMs)));
  return {
    method: "alipay.trade.precreate",
    members: (sellerId) => ({
      ...orderMembers(request, sellerId),
      timeout_express: `${minutes}m`,
      qr_code_timeout_express: `${minutes}m`,
    }),
    notifyUrl: request.notifyUrl,
  };
}

export function queryCall(attempt: AttemptReference): AlipayCall {
  return named("alipay.trade.query", attempt);
}

export function cancelCall(attempt: AttemptReference): AlipayCall {
  return named("alipay.trade.cancel", attempt);
}

/** Money back (`alipay.trade.refund`); the same number and amount may be sent again. */
export function refundCall(request: RefundRequest): AlipayCall {
  return {
    method: "alipay.trade.refund",
    members: () => ({
      ...refundNames(request),
      refund_amount: yuanText(request.amount.amount),
      refund_reason: request.reason.slice(0, refundReasonLengthMax),
      query_options: ["refund_detail_item_list"],
    }),
    notifyUrl: null,
  };
}

/** What became of a refund (`alipay.trade.fastpay.refund.query`). */
export function refundQueryCall(request: RefundRequest): AlipayCall {
  return {
    method: "alipay.trade.fastpay.refund.query",
    members: () => ({ ...refundNames(request), query_options: ["gmt_refund_pay", "refund_detail_item_list"] }),
    notifyUrl: null,
  };
}

function orderMembers(request: ChargeRequest | PromptRequest, sellerId: string) {
  return {
    out_trade_no: request.id,
    product_code: "FACE_TO_FACE_PAYMENT",
    subject: plainSubject(request.description),
    total_amount: yuanText(request.amount.amount),
    seller_id: sellerId,
    store_id: request.storeOutId.slice(0, storeIdLengthMax),
    terminal_id: request.tillLabel.slice(0, terminalIdLengthMax),
  };
}

/** `trade_no` wins where both are told; the answer must speak of our number. */
function refundNames(request: RefundRequest) {
  return { out_trade_no: request.payment, trade_no: request.providerTransactionId, out_request_no: request.id };
}

/** A subject may not hold `/`, `=` or `&`. */
function plainSubject(description: string): string {
  return description.replaceAll(/[/=&]/gu, " ").slice(0, subjectLengthMax);
}

function named(method: string, attempt: AttemptReference): AlipayCall {
  return { method, members: () => ({ out_trade_no: attempt.id }), notifyUrl: null };
}
