import type { ControlReply } from "../play.ts";
import { passwordAboveFen, switchOf, type Switch } from "../switches.ts";
import type { Books } from "./books.ts";
import { newTrade, scanOf } from "./pay.ts";
import { shownCodePrefix } from "./precreate.ts";
import type { Trade } from "./trade.ts";

/**
 * The phone named `wallet` scans a code that the shop shows: only now there is a trade. It pays at once, or is asked for the
 * password above 1000 yuan and where `behaviour` says so. Null when the code is not Alipay's, or nobody made it.
 */
export function scanCode(books: Books, wallet: string, content: string, behaviour: string): ControlReply | null {
  if (!content.startsWith(shownCodePrefix)) return null;
  const now = books.settle();
  const code = books.ledger.shownCodes.get(content);
  const order = books.ledger.precreated.get(code?.outTradeNo ?? "");
  if (code === undefined || order === undefined) return null;
  const { outTradeNo } = order;
  const earlier = books.ledger.orders.get(outTradeNo);
  const isStale = code.staleAt <= now || behaviour === "0202";
  const refused = trouble(earlier, books.ledger.voided.has(outTradeNo), isStale);
  if (refused !== null) return { status: 409, json: { problem: refused, state: earlier?.status } };
  const play = playOf(behaviour, order.total);
  const digits = behaviour === "usual" ? "" : behaviour;
  const scan = scanOf(play, { wallet, digits, total: order.total, now, books });
  if (earlier !== undefined) books.record({ event: "scannedAgain", outTradeNo, at: now, ...scan });
  else books.record({ event: "traded", trade: newTrade(order, books, now, "shown", scan) });
  if (play.payer === "paysAtOnce") books.record({ event: "paid", outTradeNo, at: now });
  if (play.payer === "cannotPay") books.record({ event: "failed", outTradeNo, at: now, why: "notEnough" });
  return { status: 200, json: { provider: "alipay", outTradeNo, state: books.ledger.orders.get(outTradeNo)?.status } };
}

function playOf(behaviour: string, total: number): Switch {
  const play = switchOf(behaviour === "usual" ? "" : behaviour);
  return behaviour === "usual" && total > passwordAboveFen ? { ...play, payer: "answersInWallet" } : play;
}

function trouble(earlier: Trade | undefined, isVoided: boolean, isStale: boolean): string | null {
  if (earlier !== undefined && earlier.paidAt !== null) return "the order is paid already";
  if (isVoided || earlier?.status === "TRADE_CLOSED") return "the order is closed";
  if (isStale) return "the code is stale: show a fresh one";
  return earlier?.prompt === "shown" ? "somebody is paying it" : null;
}
