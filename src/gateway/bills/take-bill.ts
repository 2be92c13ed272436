import { sql } from "kysely";
import { BillRefused, type BillKind, type BillTotals } from "../../domain/bills/bill.ts";
import type { Instant } from "../../domain/clock.ts";
import type { Bills } from "../provider-bills.ts";
import type { BillStoredRow } from "../store/bill-tables.ts";
import { storesOf } from "./account-stores.ts";
import { inTransaction, json, type Database } from "../store/database.ts";
import { billSource } from "./bill-store.ts";
import { openStaging, replaceRows } from "./correct-rows.ts";
import { writeFlowRows, writeTradeRows, type RowsOf } from "./write-rows.ts";

/** What taking a bill in came to. `changed` is null for the first bill of a day: all of it is new. */
export type TakenBill =
  | { readonly kind: "taken"; readonly bill: BillStoredRow; readonly changed: number | null }
  | { readonly kind: "refused"; readonly bill: BillStoredRow; readonly trouble: string }
  /** Somebody else took it, it is no longer what was stored, or a later file of its day counts already. */
  | { readonly kind: "nothing" };

/** Reading a million rows takes longer than a request may. */
const takeMsMax = 900_000;

/**
 * Reads a stored bill into rows, in one SQL transaction: the bill of that day before it is replaced, `after` (judging, posting) sees
 * the rows in the same transaction. What its reader refuses is kept, marked, and nothing of it counts; nor does anything of a file that is
 * read only after a later one of its day.
 */
export async function takeBill(
  database: Database,
  provider: Pick<Bills, "readBill" | "billAccount">,
  named: { readonly store: string; readonly id: string },
  at: Instant,
  after: (step: Database, taken: Extract<TakenBill, { kind: "taken" }>) => Promise<void>,
): Promise<TakenBill> {
  try {
    const owner = await ownerOf(database, provider, named);
    return await inTransaction(database, async (step): Promise<TakenBill> => {
      await sql`set local statement_timeout = ${sql.lit(takeMsMax)}`.execute(step);
      const bill = await locked(step, named);
      if (bill === null || !isUnread(bill)) return { kind: "nothing" };
      const before = await replaced(step, bill);
      if (before !== null && isOvertaken(bill, before)) {
        await setReplaced(step, bill);
        return { kind: "nothing" };
      }
      const isCorrection = before?.state === "current" && bill.kind !== "fundFlow";
      const read = await readRows(step, provider, { ...owner, bill }, isCorrection);
      const changed = isCorrection ? await replaceRows(step, read.of) : null;
      const current = await makeCurrent(step, bill, before, read, at);
      const taken = { kind: "taken", bill: current, changed } as const;
      await after(step, taken);
      return taken;
    });
  } catch (trouble) {
    if (trouble instanceof BillRefused) return refuse(database, named, trouble.message);
    throw trouble;
  }
}

/** Whose bill it must be, by the provider's own number. Its keys are looked up, so before the SQL transaction, which holds a connection. */
async function ownerOf(
  database: Database,
  provider: Pick<Bills, "billAccount">,
  { store, id }: { readonly store: string; readonly id: string },
): Promise<{ readonly account: string }> {
  const row = await database
    .selectFrom("bill")
    .select("account")
    .where("store", "=", store)
    .where("id", "=", id)
    .executeTakeFirst();
  return { account: row === undefined ? "" : await provider.billAccount(row.account) };
}

/** What could not be read is tried again: the reader may have learnt more. */
function isUnread({ state }: BillStoredRow): boolean {
  return state === "stored" || state === "refused";
}

/** A file that came after this one counts already. An empty day is no file: any takes its place. */
function isOvertaken(bill: BillStoredRow, current: BillStoredRow): boolean {
  return current.state === "current" && current.version > bill.version;
}

type ReadRows = {
  readonly of: RowsOf;
  readonly count: number;
  readonly footer: BillTotals | null;
  readonly counted: BillTotals | null;
};

async function readRows(
  step: Database,
  provider: Pick<Bills, "readBill">,
  { account, bill }: { readonly account: string; readonly bill: BillStoredRow },
  isStaged: boolean,
): Promise<ReadRows> {
  if (isStaged) await openStaging(step);
  const of: RowsOf = {
    bill: bill.id,
    account: bill.account,
    kind: bill.kind,
    day: bill.day,
    homeStore: bill.store,
    storeOfTag: await tags(step, bill),
  };
  let count = 0;
  let end: { readonly footer: BillTotals; readonly counted: BillTotals } | null = null;
  const owner = { account, day: bill.day };
  for await (const part of provider.readBill(bill.kind as BillKind, billSource(step, bill, owner))) {
    if (part.kind === "end") {
      end = part;
      continue;
    }
    count += part.rows.length;
    if (part.kind === "flow") await writeFlowRows(step, of, part.rows);
    else await writeTradeRows(step, isStaged ? "bill_staging" : "bill_row", of, part.rows);
  }
  return { of, count, footer: end?.footer ?? null, counted: end?.counted ?? null };
}

async function locked(
  step: Database,
  { store, id }: { readonly store: string; readonly id: string },
): Promise<BillStoredRow | null> {
  const row = await step
    .selectFrom("bill")
    .selectAll()
    .where("store", "=", store)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** The bill that counted for this day until now, locked. */
async function replaced(step: Database, bill: BillStoredRow): Promise<BillStoredRow | null> {
  const row = await step
    .selectFrom("bill")
    .selectAll()
    .where("store", "=", bill.store)
    .where("account", "=", bill.account)
    .where("kind", "=", bill.kind)
    .where("day", "=", bill.day)
    .where("state", "in", ["current", "empty"])
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

async function makeCurrent(
  step: Database,
  bill: BillStoredRow,
  before: BillStoredRow | null,
  { count, footer, counted }: ReadRows,
  at: Instant,
): Promise<BillStoredRow> {
  if (before !== null) await setReplaced(step, before);
  const set = { state: "current" as const, row_count: count, trouble: null, taken_at: at };
  await step
    .updateTable("bill")
    .set({ ...set, footer: json(footer), counted: json(counted) })
    .where("store", "=", bill.store)
    .where("id", "=", bill.id)
    .execute();
  return { ...bill, ...set, footer, counted };
}

async function setReplaced(step: Database, { store, id }: BillStoredRow): Promise<void> {
  await step.updateTable("bill").set({ state: "replaced" }).where("store", "=", store).where("id", "=", id).execute();
}

async function refuse(
  database: Database,
  { store, id }: { readonly store: string; readonly id: string },
  trouble: string,
): Promise<TakenBill> {
  const row = await database
    .updateTable("bill")
    .set({ state: "refused", trouble })
    .where("store", "=", store)
    .where("id", "=", id)
    .where("state", "in", ["stored", "refused"])
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? { kind: "nothing" } : { kind: "refused", bill: row, trouble };
}

/** The tags of the stores that use the account, with their stores. */
async function tags(step: Database, bill: BillStoredRow): Promise<ReadonlyMap<string, string>> {
  const rows = await step
    .selectFrom("tag")
    .select(["tag", "store"])
    .where("store", "in", await storesOf(step, bill))
    .execute();
  return new Map(rows.map(({ tag, store }) => [tag, store]));
}
