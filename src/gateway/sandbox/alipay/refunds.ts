import type { Instant } from "../../../domain/clock.ts";
import type { RefundPlay } from "../play.ts";
import type { SandboxAnswer } from "../wire.ts";
import { anyOrder, beijing, type Books } from "./books.ts";
import { done, failed, tradeAsked, wrongMember, type Call } from "./call.ts";
import { fenIn, named, yuan } from "./members.ts";
import { couponPartOf, leftOf, statusAt, takenBy, type Refund, type Trade } from "./trade.ts";
import { answered, node, type Told } from "./wire.ts";

const requestNoPattern = /^[^\s]{1,64}$/;
const reasonLengthMax = 256;

/** `alipay.trade.refund`: the same number is the same refund; `fund_change` Y says that this request moved money. */
export function refundTrade(call: Call): SandboxAnswer {
  const { books, members } = call;
  const now = books.settle();
  const { trade, outTradeNo } = tradeAsked(call);
  const amount = fenIn(members["refund_amount"]);
  if (amount === null) return wrongMember(call, "refund_amount");
  const { refund_reason: reason } = members;
  if (reason !== undefined && (typeof reason !== "string" || reason.length > reasonLengthMax))
    return wrongMember(call, "refund_reason");
  if (trade === undefined) return failed(call, "ACQ.TRADE_NOT_EXIST", "交易不存在", named(outTradeNo));
  const requestNo = members["out_request_no"] ?? (amount === trade.total ? trade.outTradeNo : undefined);
  if (typeof requestNo !== "string" || !requestNoPattern.test(requestNo)) return wrongMember(call, "out_request_no");
  const seen = trade.refunds.find((refund) => refund.outRequestNo === requestNo && refund.by === "refund");
  if (seen !== undefined) return again(call, trade, seen, amount);
  const refused = refusal(call, trade, amount, now);
  if (refused !== null) return refused;
  const play = takeRefundPlay(books, trade.outTradeNo);
  const stopped = played(call, trade, play);
  if (stopped !== null) return stopped;
  const refund: Refund = {
    outRequestNo: requestNo,
    amount,
    couponPart: couponPartOf(trade, amount),
    by: "refund",
    status: play === "stays" ? "processing" : "done",
    at: now,
  };
  books.record({ event: "refunded", outTradeNo: trade.outTradeNo, refund });
  return refundedAnswer(call, trade.outTradeNo, refund, play === "stays" ? "N" : "Y");
}

/** `alipay.trade.fastpay.refund.query`: without `refund_status` it is not done, or there is none of this number. */
export function queryRefund(call: Call): SandboxAnswer {
  const { books, members } = call;
  books.settle();
  const { trade, outTradeNo } = tradeAsked(call);
  if (trade === undefined) return failed(call, "ACQ.TRADE_NOT_EXIST", "交易不存在", named(outTradeNo));
  const { out_request_no: requestNo, query_options: options } = members;
  if (typeof requestNo !== "string") return wrongMember(call, "out_request_no");
  const refund = trade.refunds.find((each) => each.outRequestNo === requestNo);
  if (refund === undefined || refund.status !== "done") return done(call, {});
  const isAsked = (name: string): boolean => Array.isArray(options) && options.includes(name);
  return done(call, {
    ...whose(trade),
    out_request_no: requestNo,
    refund_amount: yuan(refund.amount),
    total_amount: yuan(trade.total),
    refund_status: "REFUND_SUCCESS",
    ...(isAsked("gmt_refund_pay") ? { gmt_refund_pay: beijing(refund.at) } : {}),
    ...(isAsked("refund_detail_item_list") ? details(trade, refund) : {}),
  });
}

function again(call: Call, trade: Trade, seen: Refund, amount: number): SandboxAnswer {
  return seen.amount === amount
    ? refundedAnswer(call, trade.outTradeNo, seen, "N")
    : failed(call, "ACQ.DISCORDANT_REPEAT_REQUEST", "请求信息不一致");
}

function refusal(call: Call, trade: Trade, amount: number, now: Instant): SandboxAnswer | null {
  if (trade.paidAt === null) return failed(call, "ACQ.TRADE_STATUS_ERROR", "交易状态不合法");
  switch (statusAt(trade, now)) {
    case "TRADE_CLOSED":
      return failed(call, "ACQ.TRADE_HAS_CLOSE", "交易已关闭");
    case "TRADE_FINISHED":
      return failed(call, "ACQ.TRADE_HAS_FINISHED", "交易已完结");
    default:
      return amount > leftOf(trade) ? failed(call, "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "退款金额超限") : null;
  }
}

/** Plays that end before a refund is made. `closed`: taken on, as it seems, and forgotten. */
function played(call: Call, trade: Trade, play: RefundPlay): SandboxAnswer | null {
  switch (play) {
    case "shopBalance":
      return failed(call, "ACQ.SELLER_BALANCE_NOT_ENOUGH", "商户可用退款余额不足");
    case "abnormal":
      return failed(call, "ACQ.BUYER_ENABLE_STATUS_FORBID", "买家状态非法");
    case "busy": {
      const failure = { subCode: "isp.call-frequency-limit", message: "调用频率超限" };
      return answered(call.parameters, node("20000", {}, failure), call.books.parts.keys);
    }
    case "closed":
      return done(call, { ...whose(trade), fund_change: "N", refund_fee: yuan(trade.givenBack) });
    default:
      return null;
  }
}

function refundedAnswer(call: Call, outTradeNo: string, refund: Refund, change: "Y" | "N"): SandboxAnswer {
  const trade = call.books.ledger.orders.get(outTradeNo);
  if (trade === undefined) return failed(call, "ACQ.TRADE_NOT_EXIST", "交易不存在");
  return done(call, {
    ...whose(trade),
    buyer_logon_id: "tes***@example.test",
    fund_change: change,
    gmt_refund_pay: beijing(refund.at),
    refund_fee: yuan(trade.givenBack),
    ...details(trade, refund),
  });
}

function details(trade: Trade, refund: Refund): Told {
  return {
    send_back_fee: yuan(takenBy(trade, refund)),
    refund_detail_item_list: [{ amount: yuan(refund.amount - refund.couponPart), fund_channel: "ALIPAYACCOUNT" }],
  };
}

function whose(trade: Trade): Told {
  return { out_trade_no: trade.outTradeNo, trade_no: trade.tradeNo };
}

function takeRefundPlay(books: Books, outTradeNo: string): RefundPlay {
  const { refund: plays } = books.ledger.nextPlays;
  const of = [outTradeNo, anyOrder].find((each) => plays.has(each));
  const play = (of === undefined ? undefined : plays.get(of)) ?? "succeeds";
  if (of !== undefined) books.record({ event: "refundPlay", next: null, of });
  return play;
}
