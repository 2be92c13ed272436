import { plusMs } from "../../../domain/clock.ts";
import { createAgenda, type Agenda } from "../agenda.ts";
import { createDownloads } from "../settlement/downloads.ts";
import { anyOrder, type Books, type BooksParts } from "./books.ts";
import { fold, foldAll, type LedgerEvent } from "./ledger.ts";
import { firstTryAfterMs, paymentNotification, refundNotification } from "./notification.ts";
import { sendNotification } from "./send-notification.ts";
import type { SentNotification, Trade } from "./trade.ts";

/** Opens the books: what the store tells, and a place on the agenda for everything still to come. */
export function openBooks(parts: BooksParts): Books {
  const ledger = foldAll(parts.store.events);
  const agenda = createAgenda(parts.clock);
  const books: Books = {
    parts,
    ledger,
    downloads: createDownloads(parts.random),
    record(event) {
      parts.store.append(event);
      fold(ledger, event);
      follow(books, agenda, event);
    },
    settle: () => agenda.settle(),
    scaled: (ms) => Math.round(ms * parts.timeFactor),
    stop: () => agenda.stop(),
  };
  for (const trade of ledger.orders.values()) {
    awaitPayer(books, agenda, trade);
    awaitClosing(books, agenda, trade);
  }
  for (const notification of ledger.notifications.values()) awaitTry(books, agenda, notification);
  return books;
}

/** What a recorded event leads to by itself. */
function follow(books: Books, agenda: Agenda, event: LedgerEvent): void {
  if (event.event === "notified") return awaitTry(books, agenda, event.notification);
  const outTradeNo = event.event === "traded" ? event.trade.outTradeNo : "outTradeNo" in event ? event.outTradeNo : "";
  const trade = books.ledger.orders.get(outTradeNo);
  if (trade === undefined) return;
  awaitPayer(books, agenda, trade);
  awaitClosing(books, agenda, trade);
  if (trade.notifyUrl === null) return;
  if (event.event === "paid") notify(books, paymentNotification(trade, trade.notifyUrl, event.at, books));
  if (event.event === "refunded" && event.refund.status === "done")
    notify(books, refundNotification(trade, event.refund, trade.notifyUrl, event.refund.at, books));
}

function awaitPayer(books: Books, agenda: Agenda, { outTradeNo, due }: Trade): void {
  const key = `payer ${outTradeNo}`;
  if (due === null) {
    agenda.drop(key);
    return;
  }
  agenda.put(key, due.at, (at) => {
    if (due.act === "pay") books.record({ event: "paid", outTradeNo, at });
    else books.record({ event: "failed", outTradeNo, at, why: "cancelled" });
  });
}

/** A trade ends unpaid when its time is over; a payer who is still typing is too late then. */
function awaitClosing(books: Books, agenda: Agenda, { outTradeNo, closesAt, status }: Trade): void {
  const key = `closing ${outTradeNo}`;
  if (status === "WAIT_BUYER_PAY") agenda.put(key, closesAt, (at) => books.record({ event: "closed", outTradeNo, at }));
  else agenda.drop(key);
}

function awaitTry(books: Books, agenda: Agenda, { id, nextAt }: SentNotification): void {
  if (nextAt === null) return;
  agenda.put(`notification ${id}`, nextAt, (at) => sendNotification(books, id, at));
}

/** Puts a notification down for sending, under what was asked to happen to it. */
function notify(books: Books, made: Omit<SentNotification, "play" | "nextAt">): void {
  if (books.parts.fetch === null) return;
  const { notification: plays } = books.ledger.nextPlays;
  const of = [made.order, anyOrder].find((each) => plays.has(each));
  const play = (of === undefined ? undefined : plays.get(of)) ?? "true";
  if (of !== undefined) books.record({ event: "notificationPlay", next: null, of });
  const nextAt = plusMs(made.createdAt, books.scaled(firstTryAfterMs[play]));
  books.record({ event: "notified", notification: { ...made, play, nextAt } });
}
