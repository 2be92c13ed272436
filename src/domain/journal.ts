import type { Instant } from "./clock.ts";
import type { NoteCount } from "./denominations.ts";
import type { DiscountRule } from "./discount.ts";
import type { PaymentId, RefundId, SaleId, SessionId, StaffId, StoreId, TillId } from "./identifier.ts";
import type { Money } from "./money.ts";
import type { Carried } from "./returns.ts";
import type { SaleLine } from "./sale-line.ts";
import type { ShiftTotals } from "./shift.ts";
import type { TaxLine } from "./sale-totals.ts";
import type { Approval } from "./staff.ts";
import type { TaxMode } from "./tax.ts";
import type { PaymentChannel, Tender } from "./tender.ts";
import type { BusinessDate } from "./till-session.ts";

/** The version every new entry is written in. Entries of every version are understood for ever. */
export const journalVersion = 1;
/** UTF-8 bytes of one entry at most: 500 lines with long names in three languages fit. */
export const entryBytesMax = 1024 * 1024;

/** Lower-case hexadecimal SHA-256 of UTF-8 text; comes in from outside and is synchronous, so that it can run inside a storage transaction. */
export type Sha256 = (text: string) => string;

/** What the customer owes and for what: frozen when a payment is attempted, so that another till or the office can complete it. */
export type SaleSnapshot = {
  readonly id: SaleId;
  readonly taxMode: TaxMode;
  readonly openedAt: Instant;
  readonly lines: readonly SaleLine[];
  readonly discount: DiscountRule | null;
  readonly taxes: readonly TaxLine[];
  readonly savings: Money;
  /** 抹零, off the lines' sum. */
  readonly rounding: Money;
  /** Negative when money goes back. */
  readonly total: Money;
};

/** When each step of a sale was done, for measuring how fast the counter is. */
export type StepTimes = {
  readonly firstLineAt: Instant;
  readonly lastLineAt: Instant;
  readonly payAt: Instant;
  readonly tenderAt: Instant;
  readonly completedAt: Instant;
  /** Presses and scans after the last item. */
  readonly steps: number;
};

/** What happened, by kind. No personal data: people by id. */
export type JournalFact =
  | {
      readonly kind: "sessionOpened";
      /** `carried`: the float was in the drawer already. */
      readonly body: {
        readonly float: Money;
        readonly carried: boolean;
        /** What the shift before had left in it; absent where it was emptied, and in entries of older builds. */
        readonly left?: Money | undefined;
      };
    }
  | { readonly kind: "cashierChanged"; readonly body: { readonly from: StaffId } }
  /** A blind count of the drawer: `nth` 1 is the first, 2 the one recount. */
  | {
      readonly kind: "drawerCounted";
      readonly body: { readonly session: SessionId; readonly counted: Money; readonly nth: number };
    }
  /** 缴款单: cash left the counted drawer for the safe. Who received it is the entry's second person; `notes` where they were counted. */
  | {
      readonly kind: "cashHandedOver";
      readonly body: {
        readonly session: SessionId;
        readonly amount: Money;
        readonly kept: Money;
        readonly notes: readonly NoteCount[];
      };
    }
  | { readonly kind: "sessionClosed"; readonly body: SessionTotals }
  /** An X report was printed: the shift so far. */
  | { readonly kind: "shiftReported"; readonly body: ShiftTotals }
  | {
      readonly kind: "paidIn" | "paidOut";
      readonly body: { readonly amount: Money; readonly reason: CashReason; readonly slip: string };
    }
  /** The drawer was opened without a sale. */
  | { readonly kind: "drawerOpened"; readonly body: { readonly reason: DrawerReason } }
  | {
      readonly kind: "pinRefused";
      readonly body: { readonly person: StaffId; readonly wrongTries: number; readonly lockedUntil: Instant | null };
    }
  | { readonly kind: "fragileStorageAllowed"; readonly body: { readonly session: SessionId } }
  | {
      readonly kind: "paymentAttempted";
      readonly body: {
        readonly attempt: PaymentId;
        readonly sale: SaleId;
        readonly amount: Money;
        readonly channel: PaymentChannel;
      };
    }
  /** The till gave up waiting. `freed`: it promised the customer another way to pay; a capture is then given back. */
  | {
      readonly kind: "attemptAbandoned";
      readonly body: { readonly attempt: PaymentId; readonly sale: SaleId; readonly freed: boolean };
    }
  /** A captured tender was taken off an open sale: its money goes back by this refund. */
  | {
      readonly kind: "tenderReturned";
      readonly body: {
        readonly sale: SaleId;
        readonly attempt: PaymentId;
        readonly refund: RefundId;
        readonly amount: Money;
        readonly channel: PaymentChannel;
      };
    }
  /** A payment that was noted unproved was taken off an open sale; nothing is given back by it. */
  | {
      readonly kind: "unverifiedRemoved";
      readonly body: {
        readonly sale: SaleId;
        readonly amount: Money;
        readonly channel: PaymentChannel;
        readonly tail: string;
        readonly notedAt: Instant;
      };
    }
  | { readonly kind: "saleHeld"; readonly body: { readonly sale: SaleId; readonly total: Money } }
  | { readonly kind: "saleParked"; readonly body: { readonly sale: SaleId; readonly attempt: PaymentId } }
  | { readonly kind: "saleCompleted"; readonly body: CompletedSale }
  | { readonly kind: "saleVoided"; readonly body: { readonly sale: SaleId } }
  | {
      readonly kind: "receiptReprinted";
      readonly body: { readonly sale: SaleId; readonly receipt: string; readonly copy: number };
    };

export type CompletedSale = {
  readonly sale: SaleSnapshot;
  readonly receipt: string;
  readonly tenders: readonly Tender[];
  /** An exchange: what was paid for the goods that came back and went into this sale, by where it had been paid. */
  readonly carried: readonly Carried[];
  /** Second persons' yeses to discounts, prices and returns in it. */
  readonly approvals: readonly Approval[];
  readonly steps: StepTimes;
  /** True when the drawer was to open. */
  readonly drawer: boolean;
};

/** Why cash came into the drawer or left it without a sale. */
export type CashReason = "change" | "supplies" | "supplier" | "safe" | "owner" | "other";
export type DrawerReason = "change" | "checkCash" | "other";

export type SessionTotals = {
  readonly openedAt: Instant;
  readonly sales: number;
  readonly total: Money;
  readonly cash: Money;
  readonly payments: Money;
  /** Attempts still in doubt at the close; their sales stand in the next session's totals. */
  readonly inDoubt: readonly PaymentId[];
  /** The Z report; null in entries from before shifts were counted. */
  readonly shift: ShiftTotals | null;
};

export type EntryEnvelope = {
  readonly v: number;
  readonly store: StoreId;
  readonly till: TillId;
  readonly series: number;
  /** 1, 2, 3… in its series, without gaps. */
  readonly number: number;
  /** Hash of the entry before; of number 1 the hash of the activation record. */
  readonly prev: string;
  readonly at: Instant;
  /** The gateway's clock less the till's, as last measured. */
  readonly offsetMs: number;
  readonly businessDate: BusinessDate | null;
  readonly session: SessionId | null;
  readonly staff: StaffId | null;
  readonly mode: "trade" | "training";
  readonly approval: Approval | null;
};

export type JournalEntry = EntryEnvelope & JournalFact;

/** The last entry of a series: what the next one is chained to. `number` 0 with the activation's hash for a new series. */
export type JournalHead = { readonly series: number; readonly number: number; readonly hash: string };

/** What a till was given at activation, from which its chain starts. */
export type ActivationRecord = { readonly till: TillId; readonly series: number; readonly publicKey: string };

/** The head that the first entry of a series is chained to. */
export function headOfActivation(record: ActivationRecord, sha256: Sha256): JournalHead {
  const text = JSON.stringify({ till: record.till, series: record.series, publicKey: record.publicKey });
  return { series: record.series, number: 0, hash: sha256(text) };
}

/** The entry's one UTF-8 JSON text: it is hashed, stored and sent as these bytes and never written anew. */
export function entryText(entry: JournalEntry): string {
  const {
    v,
    kind,
    store,
    till,
    series,
    number,
    prev,
    at,
    offsetMs,
    businessDate,
    session,
    staff,
    mode,
    approval,
    body,
  } = entry;
  return JSON.stringify({
    v,
    kind,
    store,
    till,
    series,
    number,
    prev,
    at,
    offsetMs,
    businessDate,
    session,
    staff,
    mode,
    ...(approval === null ? {} : { approval }),
    body,
  });
}

/** The head after an entry with text `text`. */
export function headAfter(head: JournalHead, text: string, sha256: Sha256): JournalHead {
  return { series: head.series, number: head.number + 1, hash: sha256(text) };
}

/** True when `entry` follows `head`: same series, next number, chained by its hash. */
export function follows(head: JournalHead, entry: Pick<EntryEnvelope, "series" | "number" | "prev">): boolean {
  return entry.series === head.series && entry.number === head.number + 1 && entry.prev === head.hash;
}

/** The number printed on the receipt: till label, series, counter. Given in the completing transaction. */
export function receiptNumber(label: string, series: number, counter: number): string {
  return `${label}-${series}-${String(counter).padStart(4, "0")}`;
}
