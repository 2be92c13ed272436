import { plusMs } from "../../../domain/clock.ts";
import { createAgenda, type Agenda } from "../agenda.ts";
import { createDownloads } from "../settlement/downloads.ts";
import { anyOrder, type Books, type BooksParts } from "./books.ts";
import { fold, foldAll, type LedgerEvent } from "./ledger.ts";
import { firstTryAfterMs, paymentNotification, refundNotification } from "./notification.ts";
import type { Order, Refund, SentNotification } from "./order.ts";
import { sendNotification } from "./send-notification.ts";

/** Opens the books: what the store tells, and a place on the agenda for everything still to come. */
export function openBooks(parts: BooksParts): Books {
  const ledger = foldAll(parts.store.events);
  const agenda = createAgenda(parts.clock);
  let isStopped = false;
  const books: Books = {
    parts,
    ledger,
    downloads: createDownloads(parts.random),
    record(event) {
      // the answer to a notification may come when the store is closed already: it is sent again after the next start
      if (isStopped) return;
      parts.store.append(event);
      fold(ledger, event);
      follow(books, agenda, event);
    },
    settle: () => agenda.settle(),
    scaled: (ms) => Math.round(ms * parts.timeFactor),
    stop() {
      isStopped = true;
      agenda.stop();
    },
  };
  for (const order of ledger.orders.values()) {
    awaitPayer(books, agenda, order);
    awaitExpiry(books, agenda, order);
    for (const refund of order.refunds) awaitRefund(books, agenda, order.outTradeNo, refund);
  }
  for (const notification of ledger.notifications.values()) awaitTry(books, agenda, notification);
  return books;
}

/** What a recorded event leads to by itself. */
function follow(books: Books, agenda: Agenda, event: LedgerEvent): void {
  switch (event.event) {
    case "ordered":
      awaitPayer(books, agenda, event.order);
      awaitExpiry(books, agenda, event.order);
      return;
    case "scanned":
    case "failed":
    case "reversed":
    case "closed":
      onOrder(books, event.outTradeNo, (order) => awaitPayer(books, agenda, order));
      return;
    case "paid":
      onOrder(books, event.outTradeNo, (order) => {
        awaitPayer(books, agenda, order);
        if (order.notifyUrl !== null) notify(books, paymentNotification(order, order.notifyUrl, event.at, books));
      });
      return;
    case "refundAsked":
      awaitRefund(books, agenda, event.outTradeNo, event.refund);
      return;
    case "refundEnded":
      onOrder(books, event.outTradeNo, (order) => {
        const refund = order.refunds.find(({ outRefundNo }) => outRefundNo === event.outRefundNo);
        if (refund?.notifyUrl !== null && refund !== undefined)
          notify(books, refundNotification(order, refund, refund.notifyUrl, event.at, books));
      });
      return;
    case "notified":
      awaitTry(books, agenda, event.notification);
      return;
    default:
  }
}

function onOrder(books: Books, outTradeNo: string, act: (order: Order) => void): void {
  const order = books.ledger.orders.get(outTradeNo);
  if (order !== undefined) act(order);
}

function awaitPayer(books: Books, agenda: Agenda, order: Order): void {
  const { outTradeNo, due } = order;
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

/** A shown code ends unpaid at its `time_expire`; a payer who is still typing is too late then. */
function awaitExpiry(books: Books, agenda: Agenda, { outTradeNo, expiresAt }: Order): void {
  if (expiresAt === null) return;
  agenda.put(`expiry ${outTradeNo}`, expiresAt, (at) => {
    if (books.ledger.orders.get(outTradeNo)?.state === "NOTPAY") books.record({ event: "closed", outTradeNo, at });
  });
}

function awaitRefund(books: Books, agenda: Agenda, outTradeNo: string, refund: Refund): void {
  const { due, outRefundNo } = refund;
  if (due === null) return;
  agenda.put(`refund ${outRefundNo}`, due.at, (at) =>
    books.record({ event: "refundEnded", outTradeNo, outRefundNo, at, as: due.as }),
  );
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
