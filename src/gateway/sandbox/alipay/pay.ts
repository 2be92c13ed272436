import { plusMs, type Instant } from "../../../domain/clock.ts";
import { chosenSwitch, lateAnswerAfterMs, payerActsAfterMs, switchDigits, type Switch } from "../switches.ts";
import type { SandboxAnswer } from "../wire.ts";
import { codeHash, nextTradeNo, type Books } from "./books.ts";
import { done, failed, systemError, wrongMember, type Call } from "./call.ts";
import { couponOf } from "./coupon.ts";
import { isSame, named, readWanted } from "./members.ts";
import type { Scan, Trade, Wanted } from "./trade.ts";
import { noAmounts, paidBody } from "./trade-body.ts";

const codePattern = /^(?:2[5-9]|30)\d{14,22}$/;

/** `alipay.trade.pay`: money by the code that the payer shows. */
export function pay(call: Call): SandboxAnswer {
  const { books, members, parameters } = call;
  const wanted = readWanted(members, books.parts.keys.sellerId, parameters["notify_url"]);
  if (typeof wanted === "string") return wrongMember(call, wanted);
  const { scene, auth_code: code } = members;
  if (scene !== "bar_code") return wrongMember(call, "scene");
  if (typeof code !== "string" || code === "") return wrongMember(call, "auth_code");
  const now = books.settle();
  const hash = codeHash(code);
  const wallet = books.ledger.issuedCodes.get(hash)?.wallet ?? null;
  const seen = numberUsed(call, wanted, wallet);
  if (seen !== null) return seen;
  if (!isGood(code, hash, books, now)) return codeRefused(call);
  const play = chosenSwitch(code, wanted.total, wallet !== null);
  if (play.payer === "codeRefused") return codeRefused(call);
  if (play.payer === "cannotPay") {
    books.record({ event: "codeUsed", codeHash: hash, at: now });
    return failed(call, "ACQ.BUYER_BALANCE_NOT_ENOUGH", "买家余额不足", noAmounts);
  }
  const digits = switchDigits(code);
  if (play.makesOrder)
    books.record({
      event: "traded",
      codeHash: hash,
      trade: newTrade(wanted, books, now, "code", scanOf(play, { wallet, digits, total: wanted.total, now, books })),
    });
  const trade = books.ledger.orders.get(wanted.outTradeNo);
  if (trade !== undefined && play.payer === "paysAtOnce")
    books.record({ event: "paid", outTradeNo: trade.outTradeNo, at: now });
  return toldAs(call, play);
}

/** What comes back under `play`, whatever became of the trade. */
function toldAs(call: Call, play: Switch): SandboxAnswer {
  const { books, members } = call;
  const trade = books.ledger.orders.get(String(members["out_trade_no"]));
  if (play.answer === "cut") return { kind: "cut", afterMs: 0 };
  if (play.answer === "systemError" || trade === undefined) return systemError(call);
  return done(call, paidBody(trade), trade.paidAt === null ? "10003" : "10000", {
    afterMs: play.answer === "late" ? books.scaled(lateAnswerAfterMs) : 0,
    isForged: play.answer === "wronglySigned",
  });
}

/** A trade that has just been made, unpaid. */
export function newTrade(wanted: Wanted, books: Books, now: Instant, kind: Trade["kind"], scan: Scan): Trade {
  return {
    ...wanted,
    ...scan,
    kind,
    tradeNo: nextTradeNo(books, now),
    createdAt: now,
    closesAt: plusMs(now, wanted.livesMs),
    status: "WAIT_BUYER_PAY",
    paidAt: null,
    failure: null,
    cancelTries: 0,
    closedAt: null,
    refunds: [],
    givenBack: 0,
  };
}

/** What the payer does under `play`. */
export function scanOf(
  play: Switch,
  by: {
    readonly wallet: string | null;
    readonly digits: string;
    readonly total: number;
    readonly now: Instant;
    readonly books: Books;
  },
): Scan {
  const act = play.payer === "paysLater" ? "pay" : play.payer === "cancelsLater" ? "cancel" : null;
  return {
    wallet: by.wallet,
    switchDigits: by.digits,
    prompt: play.payer === "paysAtOnce" || play.payer === "cannotPay" ? "none" : "shown",
    due: act === null ? null : { at: plusMs(by.now, by.books.scaled(payerActsAfterMs)), act },
    coupon: couponOf(play, by.total),
  };
}

/** The answer for a number that is not new, or null. */
function numberUsed(call: Call, wanted: Wanted, wallet: string | null): SandboxAnswer | null {
  const { ledger } = call.books;
  const { outTradeNo } = wanted;
  const trade = ledger.orders.get(outTradeNo);
  if (ledger.voided.has(outTradeNo) || (trade?.status === "TRADE_CLOSED" && trade.paidAt === null))
    return failed(call, "ACQ.TRADE_HAS_CLOSE", "交易已经关闭", named(outTradeNo));
  if (trade === undefined && !ledger.precreated.has(outTradeNo)) return null;
  if (trade === undefined || !isSame(trade, wanted)) return failed(call, "ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改");
  if (trade.paidAt !== null)
    return trade.status === "TRADE_CLOSED"
      ? failed(call, "ACQ.TRADE_HAS_CLOSE", "交易已经关闭", named(outTradeNo))
      : failed(call, "ACQ.TRADE_HAS_SUCCESS", "交易已被支付", named(outTradeNo));
  if (trade.wallet !== wallet) return failed(call, "ACQ.TRADE_BUYER_NOT_MATCH", "交易买家不匹配");
  return done(call, paidBody(trade), "10003");
}

function isGood(code: string, hash: string, { ledger }: Books, now: Instant): boolean {
  const issued = ledger.issuedCodes.get(hash);
  const isStale = issued !== undefined && issued.staleAt <= now;
  return codePattern.test(code) && !ledger.usedCodes.has(hash) && !isStale;
}

function codeRefused(call: Call): SandboxAnswer {
  return failed(
    call,
    "ACQ.PAYMENT_AUTH_CODE_INVALID",
    "支付失败,获取顾客账户信息失败，请顾客刷新付款码后重新收款。",
    noAmounts,
  );
}
