import type { Instant } from "../../../domain/clock.ts";
import type { NotificationPlay, RefundPlay } from "../play.ts";
import { eventsOf } from "../store.ts";
import {
  sumOf,
  type IssuedCode,
  type PayerFailure,
  type Refund,
  type Scan,
  type SentNotification,
  type ShownCode,
  type Trade,
  type Wanted,
} from "./trade.ts";

/** Alipay's own truth, folded from the events in its store. */
export type AlipayLedger = {
  /** Trades by the shop's number. */
  readonly orders: Map<string, Trade>;
  /** Orders with a code to show, by the shop's number; those that were scanned have a trade too. */
  readonly precreated: Map<string, Wanted>;
  /** Every code ever shown, by the text of its QR. */
  readonly shownCodes: Map<string, ShownCode>;
  /** Numbers that were cancelled before there was a trade: what arrives later finds them closed. */
  readonly voided: Map<string, Instant>;
  /** Codes the wallet page was given, by hash. */
  readonly issuedCodes: Map<string, IssuedCode>;
  readonly usedCodes: Set<string>;
  readonly notifications: Map<string, SentNotification>;
  readonly nextPlays: {
    readonly notification: Map<string, NotificationPlay>;
    readonly refund: Map<string, RefundPlay>;
  };
};

/** One line of the store. Codes stand as hashes only: a payment code is never stored. */
export type LedgerEvent =
  | ({ readonly event: "codeIssued"; readonly codeHash: string } & IssuedCode)
  | { readonly event: "codeUsed"; readonly codeHash: string; readonly at: Instant }
  | { readonly event: "precreated"; readonly order: Wanted; readonly qrCode: string; readonly staleAt: Instant }
  | { readonly event: "traded"; readonly codeHash?: string; readonly trade: Trade }
  | ({ readonly event: "scannedAgain"; readonly outTradeNo: string; readonly at: Instant } & Scan)
  | { readonly event: "paid"; readonly outTradeNo: string; readonly at: Instant }
  | { readonly event: "failed"; readonly outTradeNo: string; readonly at: Instant; readonly why: PayerFailure }
  | { readonly event: "ignored"; readonly outTradeNo: string; readonly at: Instant }
  | { readonly event: "cancelFailed"; readonly outTradeNo: string; readonly at: Instant }
  | { readonly event: "closed"; readonly outTradeNo: string; readonly at: Instant }
  | { readonly event: "voided"; readonly outTradeNo: string; readonly at: Instant }
  | { readonly event: "refunded"; readonly outTradeNo: string; readonly refund: Refund }
  | { readonly event: "notified"; readonly notification: SentNotification }
  | { readonly event: "notificationPlay"; readonly next: NotificationPlay | null; readonly of: string }
  | { readonly event: "refundPlay"; readonly next: RefundPlay | null; readonly of: string };

/** The ledger that a store's lines tell; tests read Alipay's truth with it. */
export function readAlipayLedger(lines: Iterable<string>): AlipayLedger {
  return foldAll(eventsOf(lines, "alipay"));
}

/** The ledger after `events`, which this sandbox wrote itself. */
export function foldAll(events: readonly unknown[]): AlipayLedger {
  const ledger: AlipayLedger = {
    orders: new Map(),
    precreated: new Map(),
    shownCodes: new Map(),
    voided: new Map(),
    issuedCodes: new Map(),
    usedCodes: new Set(),
    notifications: new Map(),
    nextPlays: { notification: new Map(), refund: new Map() },
  };
  for (const event of events) fold(ledger, event as LedgerEvent);
  return ledger;
}

/** Takes one event into `ledger`. */
export function fold(ledger: AlipayLedger, event: LedgerEvent): void {
  switch (event.event) {
    case "codeIssued": {
      const { codeHash, wallet, issuedAt, staleAt } = event;
      ledger.issuedCodes.set(codeHash, { wallet, issuedAt, staleAt });
      return;
    }
    case "codeUsed":
      ledger.usedCodes.add(event.codeHash);
      return;
    case "precreated":
      ledger.precreated.set(event.order.outTradeNo, event.order);
      ledger.shownCodes.set(event.qrCode, { outTradeNo: event.order.outTradeNo, staleAt: event.staleAt });
      return;
    case "traded":
      if (event.codeHash !== undefined) ledger.usedCodes.add(event.codeHash);
      ledger.orders.set(event.trade.outTradeNo, event.trade);
      return;
    case "voided":
      ledger.voided.set(event.outTradeNo, event.at);
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
      const trade = ledger.orders.get(event.outTradeNo);
      if (trade !== undefined) ledger.orders.set(trade.outTradeNo, { ...trade, ...change(trade, event) });
    }
  }
}

function setNext<Play>(plays: Map<string, Play>, event: { readonly next: Play | null; readonly of: string }): void {
  if (event.next === null) plays.delete(event.of);
  else plays.set(event.of, event.next);
}

type TradeEvent = Extract<
  LedgerEvent,
  { event: "scannedAgain" | "paid" | "failed" | "ignored" | "cancelFailed" | "closed" | "refunded" }
>;

function change(trade: Trade, event: TradeEvent): Partial<Trade> {
  switch (event.event) {
    case "scannedAgain": {
      const { wallet, switchDigits, prompt, due, coupon } = event;
      return { wallet, switchDigits, prompt, due, coupon, failure: null };
    }
    case "paid":
      return { status: "TRADE_SUCCESS", paidAt: event.at, due: null, prompt: "gone", failure: null };
    case "failed":
      // a code is used up, a code that the shop shows may be scanned again
      return {
        ...(trade.kind === "code" ? { status: "TRADE_CLOSED", closedAt: event.at } : {}),
        failure: event.why,
        due: null,
        prompt: "gone",
      };
    case "ignored":
      return { prompt: "gone" };
    case "cancelFailed":
      return { cancelTries: trade.cancelTries + 1 };
    case "closed":
      return { status: "TRADE_CLOSED", closedAt: event.at, due: null, prompt: "gone" };
    case "refunded":
      return refunded(trade, event.refund);
  }
}

/** Given back in full, a trade is closed. */
function refunded(trade: Trade, refund: Refund): Partial<Trade> {
  const refunds = [...trade.refunds, refund];
  const givenBack = sumOf(refunds.filter(({ status }) => status === "done"));
  return { refunds, givenBack, ...(givenBack === trade.total ? { status: "TRADE_CLOSED", closedAt: refund.at } : {}) };
}
