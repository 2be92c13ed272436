import { switchOf } from "../switches.ts";
import type { Instant } from "../../../domain/clock.ts";
import type { SandboxAnswer } from "../wire.ts";
import { done, failed, systemError, tradeAsked, wrongMember, type Call } from "./call.ts";
import { isOutTradeNo, named } from "./members.ts";
import { couponPartOf, leftOf, statusAt, type Trade } from "./trade.ts";
import { noAmounts, queriedBody } from "./trade-body.ts";
import type { Told } from "./wire.ts";

/** A payment can be cancelled for a day. */
const cancelWithinMs = 86_400_000;

/** `alipay.trade.query`. An order whose code nobody scanned is no trade. */
export function queryTrade(call: Call): SandboxAnswer {
  const now = call.books.settle();
  const { trade, outTradeNo } = tradeAsked(call);
  if (trade !== undefined) return done(call, queriedBody(trade, now));
  return failed(call, "ACQ.TRADE_NOT_EXIST", "交易不存在", { ...named(outTradeNo), ...noAmounts });
}

/** `alipay.trade.close`: unpaid trades only. */
export function closeTrade(call: Call): SandboxAnswer {
  const { books } = call;
  const now = books.settle();
  const { trade, outTradeNo } = tradeAsked(call);
  if (trade === undefined) return failed(call, "ACQ.TRADE_NOT_EXIST", "交易不存在", named(outTradeNo));
  if (trade.status === "TRADE_CLOSED") return failed(call, "ACQ.TRADE_STATUS_ERROR", "交易状态不合法");
  if (trade.paidAt !== null) return failed(call, "ACQ.REASON_TRADE_STATUS_INVALID", "交易状态不合法");
  books.record({ event: "closed", outTradeNo: trade.outTradeNo, at: now });
  return done(call, { out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo });
}

/**
 * `alipay.trade.cancel`: unpaid is closed, paid is given back in full, a number without a trade is closed for ever. Safe to
 * repeat; `retry_flag` Y asks for it.
 */
export function cancelTrade(call: Call): SandboxAnswer {
  const { books } = call;
  const now = books.settle();
  const { trade, outTradeNo } = tradeAsked(call);
  if (trade === undefined) {
    if (!isOutTradeNo(outTradeNo)) return wrongMember(call, "out_trade_no");
    if (!books.ledger.voided.has(outTradeNo)) books.record({ event: "voided", outTradeNo, at: now });
    return done(call, { out_trade_no: outTradeNo, retry_flag: "N" });
  }
  if (trade.status === "TRADE_CLOSED") return done(call, cancelled(trade, "N"));
  const refused = refusal(call, trade, now) ?? failsFirst(call, trade, now);
  if (refused !== null) return refused;
  const isPaid = trade.paidAt !== null || switchOf(trade.switchDigits).paysAtReverse;
  if (trade.paidAt === null && isPaid) books.record({ event: "paid", outTradeNo: trade.outTradeNo, at: now });
  if (isPaid) giveBack(call, trade.outTradeNo, now);
  else books.record({ event: "closed", outTradeNo: trade.outTradeNo, at: now });
  return done(call, { ...cancelled(trade, "N"), action: isPaid ? "refund" : "close" });
}

function cancelled(trade: Trade, retry: "Y" | "N"): Told {
  return { out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo, retry_flag: retry };
}

function refusal(call: Call, trade: Trade, now: Instant): SandboxAnswer | null {
  if (trade.paidAt === null) return null;
  const told = cancelled(trade, "N");
  if (statusAt(trade, now) === "TRADE_FINISHED") return failed(call, "ACQ.TRADE_HAS_FINISHED", "交易已结束", told);
  if (now - trade.paidAt > cancelWithinMs) return failed(call, "ACQ.TRADE_CANCEL_TIME_OUT", "超过撤销时间范围", told);
  return trade.refunds.length > 0 ? failed(call, "ACQ.CANCEL_NOT_ALLOWED", "当前交易不允许撤销", told) : null;
}

function failsFirst(call: Call, trade: Trade, now: Instant): SandboxAnswer | null {
  const fails = switchOf(trade.switchDigits).reverseFails;
  if (trade.paidAt !== null || trade.cancelTries >= fails.times) return null;
  call.books.record({ event: "cancelFailed", outTradeNo: trade.outTradeNo, at: now });
  const told = cancelled(trade, "Y");
  return fails.as === "userPaying" ? done(call, told) : systemError(call, told);
}

function giveBack({ books }: Call, outTradeNo: string, now: Instant): void {
  const trade = books.ledger.orders.get(outTradeNo);
  if (trade === undefined) return;
  const amount = leftOf(trade);
  const couponPart = couponPartOf(trade, amount);
  const refund = { outRequestNo: outTradeNo, amount, couponPart, by: "cancel", status: "done", at: now } as const;
  books.record({ event: "refunded", outTradeNo, refund });
}
