import type { Instant } from "../../../domain/clock.ts";
import { eventsOf } from "../store.ts";

/** The provider's own truth, folded from the events in its store. */
export type Ledger = {
  readonly orders: Map<string, Order>;
  /** Numbers that were reversed before any order was seen: a payment that arrives later finds them closed. */
  readonly closedUnseen: Map<string, { readonly mchid: string; readonly at: Instant }>;
  /** Codes the wallet page was given, by hash. */
  readonly issuedCodes: Map<string, IssuedCode>;
  readonly usedCodes: Set<string>;
};

export type TradeState = "USERPAYING" | "SUCCESS" | "PAYERROR" | "REVOKED";

/** One order. Money moved if `paidAt` is set; all of it went back if `givenBack` equals `total`. */
export type Order = {
  readonly outTradeNo: string;
  readonly transactionId: string;
  readonly mchid: string;
  readonly appid: string;
  /** Fen. */
  readonly total: number;
  readonly description: string;
  readonly attach: string | null;
  readonly storeOutId: string;
  readonly deviceId: string;
  /** Digits 3 to 6 of the code, which chose the behaviour. */
  readonly switchDigits: string;
  /** The wallet page that showed the code, or null. */
  readonly wallet: string | null;
  readonly createdAt: Instant;
  /** What the payer will do by himself, and when. */
  readonly due: { readonly at: Instant; readonly act: "pay" | "cancel" } | null;
  /** The password box on the phone. */
  readonly prompt: "none" | "shown" | "gone";
  readonly state: TradeState;
  readonly paidAt: Instant | null;
  readonly failure: PayerFailure | null;
  readonly reverseTries: number;
  readonly reversedAt: Instant | null;
  /** Fen. */
  readonly givenBack: number;
};

export type PayerFailure = "cancelled" | "notEnough";
export type IssuedCode = { readonly wallet: string; readonly issuedAt: Instant; readonly staleAt: Instant };

/** One line of the store. Codes stand as hashes only: a payment code is never stored. */
export type LedgerEvent =
  | ({ readonly event: "codeIssued"; readonly codeHash: string } & IssuedCode)
  | { readonly event: "codeUsed"; readonly codeHash: string; readonly at: Instant }
  | { readonly event: "ordered"; readonly codeHash: string; readonly order: Order }
  | { readonly event: "paid"; readonly outTradeNo: string; readonly at: Instant }
  | { readonly event: "failed"; readonly outTradeNo: string; readonly at: Instant; readonly why: PayerFailure }
  | { readonly event: "ignored"; readonly outTradeNo: string; readonly at: Instant }
  | { readonly event: "reverseFailed"; readonly outTradeNo: string; readonly at: Instant }
  | { readonly event: "reversed"; readonly outTradeNo: string; readonly at: Instant; readonly givenBack: number }
  | { readonly event: "closedUnseen"; readonly outTradeNo: string; readonly mchid: string; readonly at: Instant };

/** A ledger in which nothing has happened. */
export function emptyLedger(): Ledger {
  return { orders: new Map(), closedUnseen: new Map(), issuedCodes: new Map(), usedCodes: new Set() };
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
      ledger.usedCodes.add(event.codeHash);
      ledger.orders.set(event.order.outTradeNo, event.order);
      return;
    case "closedUnseen":
      ledger.closedUnseen.set(event.outTradeNo, { mchid: event.mchid, at: event.at });
      return;
    default: {
      const order = ledger.orders.get(event.outTradeNo);
      if (order !== undefined) ledger.orders.set(order.outTradeNo, { ...order, ...change(order, event) });
    }
  }
}

type OrderEvent = Exclude<LedgerEvent, { event: "codeIssued" | "codeUsed" | "ordered" | "closedUnseen" }>;

function change(order: Order, event: OrderEvent): Partial<Order> {
  switch (event.event) {
    case "paid":
      return { state: "SUCCESS", paidAt: event.at, due: null, prompt: "gone" };
    case "failed":
      return { state: "PAYERROR", failure: event.why, due: null, prompt: "gone" };
    case "ignored":
      return { prompt: "gone" };
    case "reverseFailed":
      return { reverseTries: order.reverseTries + 1 };
    case "reversed":
      return { state: "REVOKED", reversedAt: event.at, givenBack: event.givenBack, due: null, prompt: "gone" };
  }
}
