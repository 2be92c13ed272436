import { plusMs } from "../../../domain/clock.ts";
import type { ControlReply } from "../play.ts";
import { passwordAboveFen, payerActsAfterMs, switchOf } from "../switches.ts";
import type { Books } from "./books.ts";
import { couponOf } from "./coupon.ts";
import { shownCodePrefix } from "./native.ts";
import type { Order, Scan } from "./order.ts";

/**
 * The phone named `wallet` scans a code that the shop shows: it pays at once, or is asked for the password above 1000 yuan
 * and where `behaviour` says so. Null when the code is not WeChat Pay's, or nobody made it.
 */
export function scanCode(books: Books, wallet: string, content: string, behaviour: string): ControlReply | null {
  if (!content.startsWith(shownCodePrefix)) return null;
  const now = books.settle();
  const shown = books.ledger.shownCodes.get(content.slice(shownCodePrefix.length));
  const order = shown === undefined ? undefined : books.ledger.orders.get(shown.outTradeNo);
  if (shown === undefined || order === undefined) return null;
  const refused = trouble(order, shown.staleAt <= now, behaviour);
  if (refused !== null) return { status: 409, json: { problem: refused, state: order.state } };
  const { outTradeNo } = order;
  const play = switchOf(behaviour === "usual" ? "" : behaviour);
  const asksPassword = behaviour === "usual" && order.total > passwordAboveFen;
  const payer = asksPassword ? "answersInWallet" : play.payer;
  const isAtOnce = payer === "paysAtOnce";
  const act = payer === "paysLater" ? "pay" : payer === "cancelsLater" ? "cancel" : null;
  const scan: Scan = {
    wallet,
    switchDigits: behaviour === "usual" ? "" : behaviour,
    prompt: isAtOnce || payer === "cannotPay" ? "none" : "shown",
    due: act === null ? null : { at: plusMs(now, books.scaled(payerActsAfterMs)), act },
    coupon: couponOf(play, order.total),
  };
  books.record({ event: "scanned", outTradeNo, at: now, ...scan });
  if (isAtOnce) books.record({ event: "paid", outTradeNo, at: now });
  if (payer === "cannotPay") books.record({ event: "failed", outTradeNo, at: now, why: "notEnough" });
  return { status: 200, json: { provider: "wechat", outTradeNo, state: books.ledger.orders.get(outTradeNo)?.state } };
}

function trouble(order: Order, isStale: boolean, behaviour: string): string | null {
  if (order.state === "CLOSED") return "the order is closed";
  if (order.paidAt !== null) return "the order is paid already";
  if (isStale || behaviour === "0202") return "the code is stale: show a fresh one";
  return order.prompt === "shown" ? "somebody is paying it" : null;
}
