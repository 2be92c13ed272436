import type { Instant } from "../../../domain/clock.ts";
import type { NotificationPlay, RefundPlay } from "../play.ts";
import { eventsOf } from "../store.ts";
import {
  sumOf,
  type IssuedCode,
  type Order,
  type PayerFailure,
  type Refund,
  type RefundEnd,
  type Scan,
  type SentNotification,
} from "./order.ts";

/** The provider's own truth, folded from the events in its store. */
export type Ledger = {
  readonly orders: Map<string, Order>;
  /** Numbers that were reversed before any order was seen: a payment that arrives later finds them closed. */
  readonly closedUnseen: Map<string, { readonly mchid: string; readonly at: Instant }>;
  /** Codes the wallet page was given, by hash. */
  readonly issuedCodes: Map<string, IssuedCode>;
  readonly usedCodes: Set<string>;
  /** Codes shown by a shop (the part after `pr=`), and the order each belongs to. */
  readonly shownCodes: Map<string, { readonly outTradeNo: string; readonly staleAt: Instant }>;
  /** The order that a refund's number belongs to. */
  readonly refundNumbers: Map<string, string>;
  readonly notifications: Map<string, SentNotification>;
  readonly nextPlays: NextPlays;
};

/** What was asked for the next notification and refund: by order, or under `any` for whichever comes. */
export type NextPlays = {
  readonly notification: Map<string, NotificationPlay>;
  readonly refund: Map<string, RefundPlay>;
};

/** One line of the store. Codes stand as hashes only: a payment code is never stored. */
export type LedgerEvent =
  | ({ readonly event: "codeIssued"; readonly codeHash: string } & IssuedCode)
  | { readonly event: "codeUsed"; readonly codeHash: string; readonly at: Instant }
  | { readonly event: "ordered"; readonly codeHash?: string; readonly order: Order }
  | { readonly event: "codeShown"; readonly code: string; readonly outTradeNo: string; readonly staleAt: Instant }
  | ({ readonly event: "scanned"; readonly outTradeNo: string; readonly at: Instant } & Scan)
  | { readonly event: "paid"; readonly outTradeNo: string; readonly at: Instant }
  | { readonly event: "failed"; readonly outTradeNo: string; readonly at: Instant; readonly why: PayerFailure }
  | { readonly event: "ignored"; readonly outTradeNo: string; readonly at: Instant }
  | { readonly event: "reverseFailed"; readonly outTradeNo: string; readonly at: Instant }
  | { readonly event: "reversed"; readonly outTradeNo: string; readonly at: Instant; readonly givenBack: number }
  | { readonly event: "closed"; readonly outTradeNo: string; readonly at: Instant }
  | { readonly event: "closedUnseen"; readonly outTradeNo: string; readonly mchid: string; readonly at: Instant }
  | { readonly event: "refundAsked"; readonly outTradeNo: string; readonly refund: Refund }
  | {
      readonly event: "refundEnded";
      readonly outTradeNo: string;
      readonly outRefundNo: string;
      readonly at: Instant;
      readonly as: RefundEnd;
    }
  | { readonly event: "notified"; readonly notification: SentNotification }
  | { readonly event: "notificationPlay"; readonly next: NotificationPlay | null; readonly of: string }
  | { readonly event: "refundPlay"; readonly next: RefundPlay | null; readonly of: string };

/** A ledger in which nothing has happened. */
export function emptyLedger(): Ledger {
  return {
    orders: new Map(),
    closedUnseen: new Map(),
    issuedCodes: new Map(),
    usedCodes: new Set(),
    shownCodes: new Map(),
    refundNumbers: new Map(),
    notifications: new Map(),
    nextPlays: { notification: new Map(), refund: new Map() },
  };
}

/** The ledger that a store's lines tell; tests read WeChat Pay's truth with it. */
export function readLedger(lines: Iterable<string>): Ledger {
  return foldAll(eventsOf(lines, "wechat"));
}

/** The ledger after `events`, which this sandbox wrote itself. */
export function foldAll(events: readonly unknown[]): Ledger {
  const ledger = emptyLedger();
  for (const event of events) fold(ledger, event as LedgerEvent);
  return ledger;
}

/** Takes one event into `ledger`. */
export function fold(ledger: Ledger, event: LedgerEvent): void {
  switch (event.event) {
    case "codeIssued":
      ledger.issuedCodes.set(event.codeHash, {
        wallet: event.wallet,
        issuedAt: event.issuedAt,
        staleAt: event.staleAt,
      });
      return;
    case "codeUsed":
      ledger.usedCodes.add(event.codeHash);
      return;
    case "ordered":
      if (event.codeHash !== undefined) ledger.usedCodes.add(event.codeHash);
      ledger.orders.set(event.order.outTradeNo, { ...unwritten, ...event.order });
      return;
    case "codeShown":
      ledger.shownCodes.set(event.code, { outTradeNo: event.outTradeNo, staleAt: event.staleAt });
      return;
    case "closedUnseen":
      ledger.closedUnseen.set(event.outTradeNo, { mchid: event.mchid, at: event.at });
      return;
    case "notified":
      ledger.notifications.set(event.notification.id, event.notification);
      return;
    case "notificationPlay":
      setNext(ledger.nextPlays.notification, event);
      return;
    case "refundPlay":
      setNext(ledger.nextPlays.refund, event);
      return;
    default: {
      if (event.event === "refundAsked") ledger.refundNumbers.set(event.refund.outRefundNo, event.outTradeNo);
      const order = ledger.orders.get(event.outTradeNo);
      if (order !== undefined) ledger.orders.set(order.outTradeNo, { ...order, ...change(order, event) });
    }
  }
}

/** Members that orders did not have while there were code payments only. */
const unwritten = {
  kind: "codepay",
  notifyUrl: null,
  expiresAt: null,
  coupon: null,
  scannedAt: null,
  closedAt: null,
  refunds: [],
} as const;

function setNext<Play>(plays: Map<string, Play>, event: { readonly next: Play | null; readonly of: string }): void {
  if (event.next === null) plays.delete(event.of);
  else plays.set(event.of, event.next);
}

type OrderEvent = Exclude<
  LedgerEvent,
  {
    event:
      | "codeIssued"
      | "codeUsed"
      | "ordered"
      | "codeShown"
      | "closedUnseen"
      | "notified"
      | "notificationPlay"
      | "refundPlay";
  }
>;

function change(order: Order, event: OrderEvent): Partial<Order> {
  switch (event.event) {
    case "scanned": {
      const { wallet, switchDigits, prompt, due, coupon } = event;
      return { wallet, switchDigits, prompt, due, coupon, failure: null, scannedAt: event.at };
    }
    case "paid":
      return { state: "SUCCESS", paidAt: event.at, due: null, prompt: "gone", failure: null };
    case "failed":
      return {
        state: order.kind === "native" ? "NOTPAY" : "PAYERROR",
        failure: event.why,
        due: null,
        prompt: "gone",
      };
    case "ignored":
      return { prompt: "gone" };
    case "reverseFailed":
      return { reverseTries: order.reverseTries + 1 };
    case "reversed":
      return { state: "REVOKED", reversedAt: event.at, givenBack: event.givenBack, due: null, prompt: "gone" };
    case "closed":
      return { state: "CLOSED", closedAt: event.at, due: null, prompt: "gone" };
    case "refundAsked":
      return { state: "REFUND", refunds: [...order.refunds, event.refund] };
    case "refundEnded":
      return ended(order, event);
  }
}

function ended(order: Order, event: Extract<OrderEvent, { event: "refundEnded" }>): Partial<Order> {
  const refunds = order.refunds.map((refund) =>
    refund.outRefundNo === event.outRefundNo
      ? { ...refund, due: null, status: event.as, endedAt: event.as === "SUCCESS" ? event.at : null, overAt: event.at }
      : refund,
  );
  return { refunds, givenBack: sumOf(refunds.filter(({ status }) => status === "SUCCESS")) };
}
