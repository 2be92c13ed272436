import { invariant } from "../domain/assert.ts";
import { plusMs, type Clock, type Instant } from "../domain/clock.ts";
import {
  entryBytesMax,
  entryText,
  headAfter,
  journalVersion,
  receiptNumber,
  type EntryEnvelope,
  type JournalEntry,
  type JournalFact,
  type Sha256,
} from "../domain/journal.ts";
import type { StaffId } from "../domain/identifier.ts";
import { ok, refuse, type Result } from "../domain/result.ts";
import type { Approval } from "../domain/staff.ts";
import type { HeadRow, InstallRow, LedgerDatabase, SessionRow } from "./database.ts";

/** A commit that has neither succeeded nor failed by then never will (`offline.md` 1e): the till stops selling and says so. */
export const commitMaxMs = 10_000;

/** Why nothing is written. `wiped`: the browser threw the till's storage away; `revoked`: the office has put another in its place. */
export type StorageFault = {
  readonly kind: "notActivated" | "wiped" | "stuck" | "full" | "failed" | "revoked";
  readonly detail: string;
};

export type LedgerParts = {
  readonly database: LedgerDatabase;
  readonly clock: Clock;
  readonly sha256: Sha256;
  /** The gateway's clock less ours, in ms, as last measured. */
  readonly offsetMs: () => number;
};

/** What a use case may do inside its one strict transaction. Await nothing but these and the database's own tables. */
export type LedgerTransaction = {
  readonly database: LedgerDatabase;
  readonly install: InstallRow;
  readonly at: Instant;
  /** `at` by the gateway's clock, as far as it is known: what business dates and locks go by. */
  readonly gatewayAt: Instant;
  /** The current session, null before the first sign-on. */
  readonly session: SessionRow | null;
  /** Chains one fact to the journal. */
  append(fact: JournalFact, by?: { readonly staff?: StaffId; readonly approval?: Approval }): Promise<JournalEntry>;
  /** Replaces the session that following entries belong to. */
  setSession(row: SessionRow): Promise<void>;
  /** The next receipt number of this series; it is written with the entry that says it, so append one. */
  nextReceipt(): string;
};

export type Ledger = {
  readonly database: LedgerDatabase;
  /** Runs `work` in ONE strict transaction: all of it is on disk when this resolves `ok`, or none. */
  transact<Value>(work: (transaction: LedgerTransaction) => Promise<Value>): Promise<Result<Value, StorageFault>>;
  /** Reads or writes tables that are not part of the journal (staff list, acknowledgements), under the same watchdog. */
  run<Value>(work: (database: LedgerDatabase) => Promise<Value>): Promise<Result<Value, StorageFault>>;
};

/** The till's journal and everything that must be written together with it. */
export function createLedger(parts: LedgerParts): Ledger {
  const { database } = parts;
  let knownSeries: number | null = null;
  return {
    database,
    run: (work) => guarded(parts.clock, () => work(database)),
    transact: (work) =>
      guarded(parts.clock, () =>
        database.transaction("rw", database.tables, async () => {
          // asked at once: every turn a sale waits for lengthens its commit
          const [install, session, known] = await Promise.all([
            database.install.get("install"),
            database.session.get("session"),
            knownSeries === null ? undefined : database.head.get(knownSeries),
          ]);
          if (install === undefined) throw new NotActivated(knownSeries !== null);
          const head = known?.series === install.series ? known : await database.head.get(install.series);
          knownSeries = install.series;
          if (head === undefined) throw new NotActivated(true);
          const transaction = new Transaction(parts, install, head, session ?? null);
          const value = await work(transaction);
          invariant(!transaction.owesReceipt, "a receipt's number is written with an entry");
          return value;
        }),
      ),
  };
}

class NotActivated extends Error {
  readonly wiped: boolean;
  constructor(wiped: boolean) {
    super(wiped ? "the till's storage was wiped" : "this browser is not activated as a till");
    this.wiped = wiped;
  }
}

class Transaction implements LedgerTransaction {
  readonly database: LedgerDatabase;
  readonly install: InstallRow;
  readonly at: Instant;
  readonly gatewayAt: Instant;
  readonly #parts: LedgerParts;
  #head: HeadRow;
  #session: SessionRow | null;
  /** A receipt's number has been given and not yet written. */
  owesReceipt = false;

  constructor(parts: LedgerParts, install: InstallRow, head: HeadRow, session: SessionRow | null) {
    this.#parts = parts;
    this.database = parts.database;
    this.install = install;
    this.at = parts.clock.now();
    this.gatewayAt = plusMs(this.at, parts.offsetMs());
    this.#head = head;
    this.#session = session;
  }

  get session(): SessionRow | null {
    return this.#session;
  }

  async append(
    fact: JournalFact,
    by: { readonly staff?: StaffId; readonly approval?: Approval } = {},
  ): Promise<JournalEntry> {
    const entry = { ...this.#envelope(by), ...fact } as JournalEntry;
    const text = entryText(entry);
    invariant(new TextEncoder().encode(text).length <= entryBytesMax, "a journal entry keeps within its limit");
    const next = headAfter(this.#head, text, this.#parts.sha256);
    this.#head = { ...this.#head, number: next.number, hash: next.hash };
    this.owesReceipt = false;
    await Promise.all([
      this.database.entry.add({ series: next.series, number: next.number, at: this.at, text }),
      this.database.head.put(this.#head),
    ]);
    return entry;
  }

  async setSession(row: SessionRow): Promise<void> {
    this.#session = row;
    await this.database.session.put(row);
  }

  nextReceipt(): string {
    this.#head = { ...this.#head, receipts: this.#head.receipts + 1 };
    this.owesReceipt = true;
    return receiptNumber(this.install.settings.label, this.#head.series, this.#head.receipts);
  }

  #envelope(by: { readonly staff?: StaffId; readonly approval?: Approval }): EntryEnvelope {
    const open = this.#session?.session;
    const { settings } = this.install;
    return {
      v: journalVersion,
      store: settings.store.id,
      till: settings.till,
      series: this.#head.series,
      number: this.#head.number + 1,
      prev: this.#head.hash,
      at: this.at,
      offsetMs: Math.round(this.#parts.offsetMs()),
      businessDate: open?.businessDate ?? null,
      session: open?.id ?? null,
      staff: by.staff ?? open?.staff ?? null,
      mode: "trade",
      approval: by.approval ?? null,
    };
  }
}

/** The one place where storage trouble becomes a value; a broken promise of ours goes on up. */
async function guarded<Value>(clock: Clock, work: () => PromiseLike<Value>): Promise<Result<Value, StorageFault>> {
  let cancel: () => void = () => undefined;
  const watchdog = new Promise<Result<Value, StorageFault>>((resolve) => {
    cancel = clock.after(commitMaxMs, () =>
      resolve(refuse({ kind: "stuck", detail: `no answer from storage within ${commitMaxMs} ms` })),
    );
  });
  const done = Promise.resolve(work()).then(
    (value): Result<Value, StorageFault> => ok(value),
    (error: unknown): Result<Value, StorageFault> => refuse(faultOf(error)),
  );
  const result = await Promise.race([done, watchdog]);
  cancel();
  return result;
}

function faultOf(error: unknown): StorageFault {
  if (error instanceof NotActivated) return { kind: error.wiped ? "wiped" : "notActivated", detail: error.message };
  if (!(error instanceof Error) || error.name === "BrokenInvariant") throw error;
  const cause = `${error.name}: ${error.message}`;
  return { kind: /quota|no_space|full disk/iu.test(cause) ? "full" : "failed", detail: cause };
}
