import type { TillSettings } from "../contract/activation.ts";
import type { Category } from "../contract/catalog.ts";
import type { PaymentBody } from "../contract/payment.ts";
import type { Instant } from "../domain/clock.ts";
import type { PaymentId, SaleId } from "../domain/identifier.ts";
import type { Product } from "../domain/item.ts";
import type { Money } from "../domain/money.ts";
import type { PrinterStatus, PrintOutcome } from "../domain/printer-status.ts";
import type { Sale, SaleRefusal } from "../domain/sale.ts";
import type { SaleLine } from "../domain/sale-line.ts";
import type { SaleTotals } from "../domain/sale-totals.ts";
import type { StaffMember } from "../domain/staff.ts";
import type { PaymentChannel } from "../domain/tender.ts";
import type { SaleRow, SessionRow } from "../storage/database.ts";
import type { StorageFault } from "../storage/ledger.ts";
import type { ActivationRefusal } from "../sync/activate.ts";

/** Everything the screen shows. Replaced as a whole at each change, never changed in place. */
export type RegisterState = {
  /** `broken`: storage is gone or stuck, and nothing can be sold until somebody looks (`storage.fault`). */
  readonly phase: "starting" | "activation" | "signOn" | "selling" | "broken";
  readonly activation: { readonly busy: boolean; readonly refusal: ActivationRefusal | null };
  readonly settings: TillSettings | null;
  readonly people: readonly Person[];
  readonly signOn: { readonly busy: boolean; readonly refusal: SignOnRefusal | null };
  /** Who is signed on in this window. */
  readonly who: StaffMember | null;
  readonly session: SessionRow["session"] | null;
  readonly sale: Sale | null;
  /** Figures of `sale`, null while there is none. */
  readonly totals: SaleTotals | null;
  /** The line added or changed last. */
  readonly newest: number | null;
  /** What can be taken back for ten seconds. */
  readonly undo: { readonly line: SaleLine; readonly until: Instant } | null;
  readonly counter: Counter;
  /** Sales whose payment is in doubt, or was found unpaid after they were parked. Oldest first. */
  readonly parked: readonly ParkedSale[];
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
};

export type Person = StaffMember & { readonly lockedUntil: Instant | null };

/** Where the cashier is on the goods side. */
export type Counter =
  | { readonly kind: "goods" }
  /** A product sold by weight waits for its weight. */
  | { readonly kind: "weigh"; readonly product: Product }
  /** Choosing how to pay: scan a code, or cash. */
  | { readonly kind: "tender"; readonly method: "code" | "cash" }
  /** Offline cash on storage that may be dropped: a second person's PIN is needed for this shift. */
  | {
      readonly kind: "secondPerson";
      readonly act: "sellOnFragileStorage" | "freeAttemptOffline";
      readonly attempt: PaymentId | null;
      readonly refusal: SignOnRefusal | "notEntitled" | null;
    }
  | WaitingCounter
  | {
      readonly kind: "declined";
      readonly channel: PaymentChannel;
      readonly reason: PaymentBody["reason"] | "reversed" | "closed" | "deadlinePassed" | "notSent";
    }
  | DoneCounter
  | { readonly kind: "sales" };

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
};

export type DoneCounter = {
  readonly kind: "done";
  readonly sale: SaleId;
  readonly receipt: string;
  readonly total: Money;
  readonly savings: Money;
  readonly cash: { readonly given: Money; readonly change: Money } | null;
  readonly channel: PaymentChannel | null;
  readonly print: PrintOutcome | { readonly kind: "printing" };
};

export type ParkedSale = {
  readonly attempt: PaymentId;
  readonly sale: SaleId;
  readonly total: Money;
  readonly itemCount: number;
  readonly firstItem: SaleLine["names"] | null;
  readonly parkedAt: Instant;
  /** `asking`: still in doubt; `undoing`: given up; `unpaid`: certain that no money moved, the sale waits to be taken up again. */
  readonly stage: "asking" | "undoing" | "unpaid";
};

export type SignOnRefusal = "wrongPin" | "locked" | "listExpired" | "unknownPerson" | "badForm";

/** Something to tell, in place; the screen has words for each. */
export type Notice =
  | { readonly kind: "unknownCode"; readonly text: string }
  | {
      readonly kind: "refused";
      readonly why:
        | SaleRefusal
        | "payFirst"
        | "tooLittle"
        | "tooMuch"
        | "tooEarly"
        | "weighFirst"
        | "offline"
        | "waitForPayment"
        | "notPermitted";
    }
  | { readonly kind: "channelUnavailable"; readonly channel: PaymentChannel | "bestpay" }
  | { readonly kind: "emptySale" }
  | { readonly kind: "parkedPaid"; readonly receipt: string; readonly total: Money }
  | { readonly kind: "parkedUnpaid"; readonly total: Money }
  | { readonly kind: "printed"; readonly outcome: PrintOutcome };

/** A till that has just been opened and knows nothing yet. */
export const initialState: RegisterState = {
  phase: "starting",
  activation: { busy: false, refusal: null },
  settings: null,
  people: [],
  signOn: { busy: false, refusal: null },
  who: null,
  session: null,
  sale: null,
  totals: null,
  newest: null,
  undo: null,
  counter: { kind: "goods" },
  parked: [],
  notice: null,
  connection: { online: false, unsent: 0, oldestUnsentAt: null },
  clockOffMs: 0,
  storage: { persisted: false, fragileAllowed: false, fault: null },
  catalog: { products: 0, total: 0, categories: [], favourites: [], revision: 0 },
  printer: { status: { kind: "notPaired" }, queued: 0 },
  today: [],
};
