import type { CountBegun } from "../domain/denominations.ts";
import { Dexie, type EntityTable, type Table } from "dexie";
import type { TillSettings } from "../contract/activation.ts";
import type { StaffList } from "../contract/sign-on.ts";
import type { PaymentBody } from "../contract/payment.ts";
import type { Category } from "../contract/catalog.ts";
import type { Instant } from "../domain/clock.ts";
import type { PaymentId, SaleId, SessionId, StaffId, TillId } from "../domain/identifier.ts";
import type { Product } from "../domain/item.ts";
import type { CompletedSale } from "../domain/journal.ts";
import type { Money } from "../domain/money.ts";
import type { Presentment } from "../domain/payment-attempt.ts";
import { upgradedAttempt, upgradedSale } from "./upgrade.ts";
import type { Sale } from "../domain/sale.ts";
import type { CashMove } from "../domain/shift.ts";
import type { Approval } from "../domain/staff.ts";
import type { PaymentChannel } from "../domain/tender.ts";
import type { BusinessDate, TillSession } from "../domain/till-session.ts";
import type { CatalogChunk } from "./packed-catalog.ts";

/** The browser's database engine, or a stand-in for tests. */
export type DatabasePlatform = { readonly indexedDB: IDBFactory; readonly IDBKeyRange: typeof IDBKeyRange };

/** What activation left: without this row nothing is sold. */
export type InstallRow = {
  readonly key: "install";
  readonly settings: TillSettings;
  readonly series: number;
  readonly publicKey: string;
  readonly gatewayKey: string;
  /** Not extractable: they sign and check, and cannot be read. */
  readonly signingKey: CryptoKey;
  readonly pepper: CryptoKey;
};

export type HeadRow = {
  readonly series: number;
  readonly number: number;
  readonly hash: string;
  /** The highest number the gateway has acknowledged: entries after it are the outbox. */
  readonly acknowledged: number;
  /** Receipts given in this series. */
  readonly receipts: number;
};

/** An entry's own text; `at` is when it was written. */
export type EntryRow = {
  readonly series: number;
  readonly number: number;
  readonly at: Instant;
  readonly text: string;
};

export type SessionRow = {
  readonly key: "session";
  readonly session: Extract<TillSession, { state: "open" | "counting" | "closed" }>;
  /** Set when a second person allowed offline cash although the browser may drop the till's storage. */
  readonly fragileAllowedBy: Approval | null;
  /** What happened at the drawer beside the sales; rows of older builds lack it. */
  readonly drawer?: DrawerTally;
  /** Tickets voided after this shift was closed: the next one's Z counts them. */
  readonly voidedAfter?: number;
  /** What lies in the drawer since it was closed; absent where it was emptied, and in rows of older builds. */
  readonly left?: Money;
  /** How often each person did each act alone in this shift and the earlier ones of its business day, by `person/act`. */
  readonly alone?: Readonly<Record<string, number>>;
};

/** Since the session opened: the X and Z report's own facts, written with the entries that say the same. */
export type DrawerTally = {
  readonly moves: readonly CashMove[];
  readonly opened: number;
  readonly voided: number;
  /** Blind counts so far, in order. */
  readonly counts: readonly Money[];
};

export const emptyTally: DrawerTally = { moves: [], opened: 0, voided: 0, counts: [] };

/** A payment this till has tried, with the whole sale it is for. */
export type AttemptRow = {
  readonly id: PaymentId;
  readonly sale: Sale;
  readonly channel: PaymentChannel;
  /** Who shows the code. */
  readonly presentment: Presentment;
  /** Of the sale's balance, all or a part; absent in rows of older builds, where it was all. */
  readonly asked?: Money;
  /** For the staff, beside it. */
  readonly tip: Money;
  readonly startedAt: Instant;
  readonly firstLineAt: Instant;
  readonly lastLineAt: Instant;
  readonly payAt: Instant;
  readonly steps: number;
  /** The `paymentAttempted` entry. */
  readonly entry: { readonly series: number; readonly number: number };
  /** The window that took it (its draft's id). */
  readonly window: string;
  /** In the gateway's time. */
  readonly deadline: Instant;
  /** The last word of the gateway; null before the first. */
  readonly payment: PaymentBody | null;
  readonly abandoned: "no" | "asked" | "freed";
  /** 1 while its sale stands aside: in doubt, or found unpaid and waiting to be taken up. */
  readonly parked: 0 | 1;
  readonly parkedAt: Instant | null;
  /** 1 once the sale has taken its outcome. */
  readonly resolved: 0 | 1;
};

export type SaleRow = {
  readonly id: SaleId;
  readonly receipt: string;
  readonly completedAt: Instant;
  readonly businessDate: BusinessDate;
  /** Whose X and Z count it; empty while no shift was open since, and then it is the next one's. */
  readonly session: SessionId;
  readonly staff: StaffId;
  readonly body: CompletedSale;
  /** Attempts freed offline: the refund promised on this receipt. */
  readonly promisedRefunds: readonly PaymentId[];
  readonly copies: number;
  /** Its payment was begun in an earlier shift than the one that counts it. */
  readonly isLate?: true;
};

/**
 * A sale that is not complete and must not be lost: `held` waits to be taken up, `released` has been let go to the till `to` and is
 * nobody's here until the gateway says who has it, `given` is that till's (and a draft of it here is void), `partPaid` has money in
 * it and is being paid in the window of that name.
 */
export type TicketRow = {
  readonly id: SaleId;
  readonly kind: "held" | "released" | "given" | "partPaid";
  readonly to?: TillId;
  /** `released`: when, so that an answer is known to be about this time; rows of older builds lack it. */
  readonly releasedAt?: Instant;
  readonly sale: Sale;
  readonly window: string;
  readonly at: Instant;
  /** Held: whether the gateway knows, so that other tills can take it up. */
  readonly shared: 0 | 1;
};

export type PinRow = { readonly staff: StaffId; readonly wrongTries: number; readonly lockedUntil: Instant | null };

export type StaffRow = { readonly key: "staff"; readonly list: StaffList };

/** The ledger: small, strict, never thrown away. */
export class LedgerDatabase extends Dexie {
  declare readonly install: EntityTable<InstallRow, "key">;
  declare readonly head: EntityTable<HeadRow, "series">;
  declare readonly entry: Table<EntryRow, [number, number]>;
  declare readonly session: EntityTable<SessionRow, "key">;
  declare readonly attempt: EntityTable<AttemptRow, "id">;
  declare readonly sale: EntityTable<SaleRow, "id">;
  declare readonly pin: EntityTable<PinRow, "staff">;
  declare readonly staff: EntityTable<StaffRow, "key">;
  declare readonly ticket: EntityTable<TicketRow, "id">;

  constructor(platform: DatabasePlatform, name = "ledger") {
    super(name, { ...platform, chromeTransactionDurability: "strict" });
    this.version(1).stores({
      install: "key",
      head: "series",
      entry: "[series+number]",
      session: "key",
      attempt: "id, resolved, parked, sale.id",
      sale: "id, completedAt, receipt, session",
      pin: "staff",
      staff: "key",
    });
    this.version(2)
      .stores({ ticket: "id, kind, window" })
      .upgrade(async (step) => {
        await step
          .table<SaleRow>("sale")
          .toCollection()
          .modify((row, place) => void (place.value = upgradedSale(row)));
        await step
          .table<AttemptRow>("attempt")
          .toCollection()
          .modify((row, place) => void (place.value = upgradedAttempt(row)));
      });
  }
}

/** What the first screen shows of the catalogue, without reading it. */
export type CatalogHead = {
  /** The gateway's change number that everything stored leads to. */
  readonly cursor: number;
  /** Products on this till, and on the gateway. */
  readonly products: number;
  readonly total: number;
  readonly categories: readonly Category[];
  /** In their order, `favouritesMax` at most. */
  readonly favourites: readonly Product[];
};
/** The catalogue's head as it is stored; `lastId` is the highest id any chunk ever had. */
export type CatalogRow = CatalogHead & { readonly key: "catalog"; readonly lastId: number };

/** An open ticket, saved now and then so that a reload does not lose it; it holds no money. */
export type DraftRow = { readonly id: string; readonly sale: Sale; readonly savedAt: Instant };

/** A count of the drawer that was begun: of which shift, and which of its counts. */
export type CountRow = { readonly id: "count"; readonly of: string; readonly begun: CountBegun };

/** Catalogue and drafts: large or unimportant, relaxed, may be thrown away. */
export class CatalogDatabase extends Dexie {
  /** Thousands of products as one value (`offline.md` 6: forty times faster than a row each). */
  declare readonly packed: EntityTable<CatalogChunk, "id">;
  declare readonly catalog: EntityTable<CatalogRow, "key">;
  declare readonly draft: EntityTable<DraftRow, "id">;
  declare readonly count: EntityTable<CountRow, "id">;

  constructor(platform: DatabasePlatform, name = "catalog") {
    super(name, { ...platform, chromeTransactionDurability: "relaxed" });
    this.version(1).stores({ chunk: "id", catalog: "key", draft: "id" });
    // What the first version stored is fetched anew.
    this.version(2)
      .stores({ chunk: null, packed: "id" })
      .upgrade((transaction) => transaction.table("catalog").clear());
    this.version(3).stores({ count: "id" });
  }
}
