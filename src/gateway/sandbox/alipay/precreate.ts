import { plusMs, type Random } from "../../../domain/clock.ts";
import type { SandboxAnswer } from "../wire.ts";
import { done, failed, wrongMember, type Call } from "./call.ts";
import { isSame, livesMsOf, readWanted } from "./members.ts";

/** Before the code in the text of the QR. */
export const shownCodePrefix = "https://qr.alipay.com/";
/** A shown code is good for two hours. */
const shownCodeMs = 2 * 3_600_000;
const letters = "0123456789abcdefghijklmnopqrstuvwxyz";
const codeCharacters = 20;

/** `alipay.trade.precreate`: a code for the shop to show. The same number and data give a fresh code of the same order. */
export function precreate(call: Call): SandboxAnswer {
  const { books, members, parameters } = call;
  const wanted = readWanted(members, books.parts.keys.sellerId, parameters["notify_url"]);
  if (typeof wanted === "string") return wrongMember(call, wanted);
  const codeMs = livesMsOf(members["qr_code_timeout_express"], shownCodeMs);
  if (codeMs === null) return wrongMember(call, "qr_code_timeout_express");
  const now = books.settle();
  const { ledger, parts } = books;
  const trade = ledger.orders.get(wanted.outTradeNo);
  if (ledger.voided.has(wanted.outTradeNo) || trade?.status === "TRADE_CLOSED")
    return failed(call, "ACQ.TRADE_HAS_CLOSE", "交易已经关闭");
  const earlier = trade ?? ledger.precreated.get(wanted.outTradeNo);
  if (earlier !== undefined && (!isSame(earlier, wanted) || trade?.kind === "code"))
    return failed(call, "ACQ.CONTEXT_INCONSISTENT", "交易信息被篡改");
  if (trade?.status === "TRADE_SUCCESS") return failed(call, "ACQ.TRADE_HAS_SUCCESS", "交易已被支付");
  const qrCode = shownCodePrefix + freshCode(parts.random);
  const staleAt = plusMs(now, Math.min(codeMs, shownCodeMs));
  books.record({ event: "precreated", order: wanted, qrCode, staleAt });
  return done(call, { out_trade_no: wanted.outTradeNo, qr_code: qrCode });
}

function freshCode(random: Random): string {
  return `bax${[...random.bytes(codeCharacters)].map((byte) => letters.charAt(byte % letters.length)).join("")}`;
}
