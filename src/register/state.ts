import type { Permissions } from "../domain/permissions.ts";
import type { Person, SecondPersonCounter, SignOnRefusal } from "./people/asking.ts";
import type { TillSettings } from "../contract/activation.ts";
import type { Category } from "../contract/catalog.ts";
import type { Presentment } from "../domain/payment-attempt.ts";
import type { PaymentBody } from "../contract/payment.ts";
import type { Instant } from "../domain/clock.ts";
import type { RefundBody } from "../contract/refund.ts";
import type { PaymentId, RefundId, SaleId, StaffId } from "../domain/identifier.ts";
import type { Product } from "../domain/item.ts";
import type { Money } from "../domain/money.ts";
import { emptyDay, type OwnDay } from "../domain/reports/own-day.ts";
import type { PrinterStatus, PrintOutcome } from "../domain/printer-status.ts";
import type { Sale } from "../domain/sale.ts";
import type { HeldSale } from "../contract/held.ts";
import type { Carried } from "../domain/returns.ts";
import type { SaleLine } from "../domain/sale-line.ts";
import type { SaleTotals } from "../domain/sale-totals.ts";
import type { StaffMember } from "../domain/staff.ts";
import type { PaymentChannel } from "../domain/tender.ts";
import type { ShiftCounter } from "./shift/shift-counter.ts";
import type { PriceBegun } from "./selling/price-begun.ts";
import type { FoundSale } from "./returning/found-sale.ts";
import type { PartAsked } from "./paying/part-asked.ts";
import type { TipAsked } from "./paying/tip-asked.ts";
import type { SaleRow, SessionRow } from "../storage/database.ts";
import type { StorageFault } from "../storage/ledger.ts";
import type { ActivationRefusal } from "../sync/activate.ts";
import type { Refusal } from "./refusal.ts";

/** Everything the screen shows. Replaced as a whole at each change, never changed in place. */
export type RegisterState = {
  /** `broken`: storage is gone or stuck, and nothing can be sold until somebody looks (`storage.fault`). */
  readonly phase: "starting" | "activation" | "signOn" | "openShift" | "selling" | "broken";
  readonly activation: { readonly busy: boolean; readonly refusal: ActivationRefusal | null };
  readonly settings: TillSettings | null;
  readonly people: readonly Person[];
  /** What this store decides differently from the house's table of who may do what. */
  readonly permissions: Permissions;
  readonly signOn: { readonly busy: boolean; readonly refusal: SignOnRefusal | "knownPin" | null };
  /** Who is signed on in this window. */
  readonly who: StaffMember | null;
  readonly session: SessionRow["session"] | null;
  /** What the closed shift left in the drawer; null while one is open, and where nothing is known of it. */
  readonly left: Money | null;
  readonly sale: Sale | null;
  /** Figures of `sale`, null while there is none. */
  readonly totals: SaleTotals | null;
  /** The line added or changed last. */
  readonly newest: number | null;
  /** What can be taken back for ten seconds: a line, and the deposit that went with it. */
  readonly undo: { readonly line: SaleLine; readonly deposit: SaleLine | null; readonly until: Instant } | null;
  readonly counter: Counter;
  /** The tip chosen for the payment to come; null: none. Holds only for that sale, until a capture has brought it. */
  readonly tip: TipAsked | null;
  /** How much of what is due the payment to come is for; null: all of it. Holds only while that much is due. */
  readonly part: PartAsked | null;
  /** The business day is over: the shift is asked to close. */
  readonly cutPassed: boolean;
  /** A shift was closed on this till, so that there is a Z report to print again; learned when the shift's page opens. */
  readonly hasReport: boolean;
  /** Sales whose payment is in doubt, or was found unpaid after they were parked. Oldest first. */
  readonly parked: readonly ParkedSale[];
  /** Sales with money in them that no window is paying, and sales held on this till. Oldest first. */
  readonly tickets: readonly Ticket[];
  readonly notice: Notice | null;
  readonly connection: { readonly online: boolean; readonly unsent: number; readonly oldestUnsentAt: Instant | null };
  /** The gateway's clock less this device's, when they differ by more than a minute; else 0. */
  readonly clockOffMs: number;
  readonly storage: {
    readonly persisted: boolean;
    readonly fragileAllowed: boolean;
    readonly fault: StorageFault | null;
  };
  readonly catalog: {
    readonly products: number;
    readonly total: number;
    readonly categories: readonly Category[];
    readonly favourites: readonly Product[];
    readonly revision: number;
  };
  readonly printer: { readonly status: PrinterStatus; readonly queued: number };
  /** This till's sales of the current business date, newest first; filled when the list is opened. */
  readonly today: readonly SaleRow[];
  /** The same date in figures, of all its sales, however long the list may be. */
  readonly day: OwnDay;
};

/** Where the cashier is on the goods side. */
export type Counter =
  | { readonly kind: "goods" }
  /** A product sold by weight waits for its weight. */
  | { readonly kind: "weigh"; readonly product: Product }
  /** Choosing how to pay: scan the payer's code, show one, or cash. */
  | { readonly kind: "tender"; readonly method: TenderMethod }
  | SecondPersonCounter
  | WaitingCounter
  | {
      readonly kind: "declined";
      readonly channel: PaymentChannel;
      readonly reason: PaymentBody["reason"] | "reversed" | "closed" | "deadlinePassed" | "notSent";
      /** Money had moved and goes back: the customer is told, and asked again. */
      readonly givenBack: boolean;
    }
  | DoneCounter
  | { readonly kind: "sales" }
  /** Looking for a past sale; `found` null before the first answer. `offline`: only this till's sales were looked through. */
  | {
      readonly kind: "find";
      readonly query: string;
      readonly busy: boolean;
      readonly found: readonly FoundSale[] | null;
      readonly offline: boolean;
    }
  /** Choosing what of a past sale comes back. */
  | { readonly kind: "return"; readonly sale: FoundSale }
  /** Money goes back: one press completes it. */
  | { readonly kind: "giveBack"; readonly plan: BackPlan }
  /** Sales that wait: this till's are in `tickets`, those of the store's other tills here. */
  | {
      readonly kind: "held";
      readonly others: readonly HeldSale[];
      readonly asked: "asking" | "answered" | "offline";
    }
  /** A line's price, discount and count. `begun`: what was typed when a second person was asked for, and nobody agreed. */
  | { readonly kind: "line"; readonly line: number; readonly begun?: PriceBegun }
  /** The whole sale's discount. */
  | { readonly kind: "discount"; readonly begun?: PriceBegun }
  | ShiftCounter;

export type TenderMethod = "code" | "shown" | "cash";

/** Where a return's money goes: back to the customer, on into an exchange, and what no tender has room for. */
export type BackPlan = {
  readonly parts: readonly Carried[];
  readonly carried: readonly Carried[];
  readonly short: Money;
};

export type WaitingCounter = {
  readonly kind: "waiting";
  readonly attempt: PaymentId;
  readonly channel: PaymentChannel;
  readonly amount: Money;
  /**
   * `contacting`: sent, nothing heard. `password`: the payer is asked. `unknown`: the provider or the gateway is silent.
   * `undoing`: given up, the gateway is making certain.
   */
  readonly stage: "contacting" | "password" | "unknown" | "undoing";
  /** Till's clock. */
  readonly startedAt: Instant;
  /** When giving up becomes possible. */
  readonly abandonFrom: Instant;
  /** When the gateway reverses by itself. */
  readonly reverseAt: Instant;
  /** False while our own network, not the provider, is silent. */
  readonly gatewayHeard: boolean;
  /** Who shows the code. */
  readonly presentment: Presentment;
  /** What the shop shows, until when by this till's clock; null before the provider made it, and for the payer's code. */
  readonly code: { readonly content: string; readonly expiresAt: Instant } | null;
};

export type DoneCounter = {
  readonly kind: "done";
  readonly sale: SaleId;
  readonly receipt: string;
  readonly total: Money;
  readonly savings: Money;
  readonly cash: { readonly given: Money; readonly change: Money } | null;
  /** What was taken and how, in the order of paying: several of a sale paid in parts. */
  readonly taken: readonly TakenPart[];
  /** Money given back by this sale, and how far each refund is. */
  readonly back: readonly GivenBack[];
  readonly print: PrintOutcome | { readonly kind: "printing" };
};

/** A tender of a completed sale: what it counted for, without change. */
export type TakenPart = {
  readonly by: PaymentChannel | "cash";
  readonly amount: Money;
  /** Noted; nobody has proved that it arrived. */
  readonly isUnverified?: true;
};

/** Part of what a sale gives back: cash over the counter, or a refund that the gateway keeps. */
export type GivenBack =
  | { readonly kind: "cash"; readonly amount: Money }
  | {
      readonly kind: "refund";
      readonly refund: RefundId;
      readonly channel: PaymentChannel;
      readonly amount: Money;
      /** `promised` until the gateway says more. */
      readonly state: "promised" | RefundBody["state"];
    };

export type ParkedSale = {
  readonly attempt: PaymentId;
  readonly sale: SaleId;
  readonly total: Money;
  readonly itemCount: number;
  readonly firstItem: SaleLine["names"] | null;
  /** Other tenders are in it: it cannot be voided, they must be given back first. */
  readonly hasMoney: boolean;
  readonly parkedAt: Instant;
  /** `asking`: still in doubt; `undoing`: given up; `unpaid`: certain that no money moved, the sale waits to be taken up again. */
  readonly stage: "asking" | "undoing" | "unpaid";
};

/** A sale of this till that is not complete and waits. */
export type Ticket = {
  /** `leaving`: another till asked for it, and the gateway has not said yet who has it. */
  readonly kind: "held" | "partPaid" | "leaving";
  readonly sale: SaleId;
  readonly total: Money;
  /** Still to be paid. */
  readonly due: Money;
  readonly itemCount: number;
  readonly firstItem: SaleLine["names"] | null;
  /** Whose ticket it was. */
  readonly staff: StaffId;
  readonly at: Instant;
};

/** Something to tell, in place; the screen has words for each. */
export type Notice =
  | { readonly kind: "unknownCode"; readonly text: string }
  /** Typed or read where a payment code is asked for, and neither such a code nor a barcode by its form. */
  | { readonly kind: "noPaymentCode"; readonly text: string }
  | {
      readonly kind: "refused";
      readonly why: Refusal;
    }
  | { readonly kind: "channelUnavailable"; readonly channel: PaymentChannel | "bestpay" }
  | { readonly kind: "emptySale" }
  | { readonly kind: "parkedPaid"; readonly receipt: string; readonly total: Money }
  | { readonly kind: "parkedUnpaid"; readonly total: Money }
  /** A payment was taken off the ticket: its money goes back; offline once the network is there. */
  | { readonly kind: "goesBack"; readonly amount: Money; readonly channel: PaymentChannel; readonly online: boolean }
  /** A payment noted unproved was taken off: nothing is given back by it. */
  | { readonly kind: "notedOff"; readonly amount: Money; readonly channel: PaymentChannel }
  /** A refund promised earlier does not go through by itself. */
  | { readonly kind: "refundTrouble"; readonly amount: Money; readonly channel: PaymentChannel }
  /** The amount typed looks like a slip; the same again is taken. */
  | { readonly kind: "slip"; readonly typed: Money; readonly due: Money | null }
  /** The drawer was to open and nothing could tell it so. */
  | { readonly kind: "drawerShut" }
  /** An X or Z report that is not known to be on paper; its figures are in the journal. */
  | { readonly kind: "reportUnprinted" }
  | { readonly kind: "printed"; readonly outcome: PrintOutcome };

/** A till that has just been opened and knows nothing yet. */
export const initialState: RegisterState = {
  phase: "starting",
  activation: { busy: false, refusal: null },
  settings: null,
  people: [],
  permissions: {},
  signOn: { busy: false, refusal: null },
  who: null,
  session: null,
  left: null,
  sale: null,
  totals: null,
  newest: null,
  undo: null,
  counter: { kind: "goods" },
  tip: null,
  part: null,
  cutPassed: false,
  hasReport: false,
  parked: [],
  tickets: [],
  notice: null,
  connection: { online: false, unsent: 0, oldestUnsentAt: null },
  clockOffMs: 0,
  storage: { persisted: false, fragileAllowed: false, fault: null },
  catalog: { products: 0, total: 0, categories: [], favourites: [], revision: 0 },
  printer: { status: { kind: "notPaired" }, queued: 0 },
  today: [],
  day: emptyDay,
};
