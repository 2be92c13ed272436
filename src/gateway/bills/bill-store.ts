import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { BillKind } from "../../domain/bills/bill.ts";
import type { Instant } from "../../domain/clock.ts";
import type { BillSource } from "../provider-bills.ts";
import type { BillStoredRow } from "../store/bill-tables.ts";
import { inTransaction, type Database } from "../store/database.ts";

/** Larger files are refused: ten times the largest day of a large chain. */
export const billBytesMax = 1024 * 1024 * 1024;
const chunkBytes = 1024 * 1024;

/** A file as it came, and what is known of it before it is read. */
export type NewBill = {
  readonly homeStore: string;
  readonly account: string;
  readonly kind: BillKind;
  /** The provider's day. */
  readonly day: string;
  readonly origin: "fetched" | "handedIn";
  readonly name: string;
  readonly announced: string | null;
  /** Who handed it in, or had the provider asked for it; null where the gateway asked by itself. */
  readonly handedBy: string | null;
};

/** What became of a file: stored under `id`, or known already byte for byte as `id`; `isOld` where another has taken its place. */
export type StoredBill = { readonly id: string; readonly isNew: boolean; readonly isOld: boolean };

/**
 * Stores a bill's bytes verbatim as they come, in one SQL transaction; the same bytes for the same day again store nothing. What
 * the provider gives counts, also what it had given before, unless that was `setAside`; what somebody hands in has to be said to be wanted
 * `again` when another file has taken its place. Throws when the stream breaks or is larger than `billBytesMax`: then nothing is stored.
 */
export function storeBill(
  database: Database,
  bill: NewBill,
  bytes: AsyncIterable<Uint8Array>,
  at: Instant,
  isAgain = false,
  setAside: Pick<BillStoredRow, "id" | "sha256" | "state"> | null = null,
): Promise<StoredBill> {
  return inTransaction(database, async (step) => {
    const version = await nextVersion(step, bill);
    const id = `${bill.account}/${bill.kind}/${bill.day}/${version}`;
    await step
      .insertInto("bill")
      .values({ ...plain(bill, id, version, at), state: "stored", announced: bill.announced })
      .execute();
    const { size, sha256 } = await writeChunks(step, bill.homeStore, id, bytes);
    const isSetAside = setAside !== null && Buffer.compare(setAside.sha256 ?? new Uint8Array(), sha256) === 0;
    const known = isSetAside ? setAside : await sameFile(step, bill, sha256, bill.origin === "handedIn" && !isAgain);
    // the chunks of a file that is known go with the transaction
    if (known !== null) throw new KnownFile(known);
    await step
      .updateTable("bill")
      .set({ size, sha256 })
      .where("store", "=", bill.homeStore)
      .where("id", "=", id)
      .execute();
    return { id, isNew: true, isOld: false };
  }).catch(async (trouble: unknown) => {
    // what was written goes only with the whole SQL transaction: who has one of their own looks before (`knownBill`)
    if (!(trouble instanceof KnownFile) || database.isTransaction) throw trouble;
    const { id, state } = trouble.bill;
    return { id, isNew: false, isOld: state === "replaced" };
  });
}

/**
 * As what a file is known that somebody has whole, as `storeBill` would say; null where it would be stored. Nobody else stores a bill of its
 * day until the SQL transaction ends.
 */
export async function knownBill(
  step: Database,
  bill: NewBill,
  sha256: Uint8Array,
  isAgain = false,
): Promise<StoredBill | null> {
  await oneDayAtATime(step, bill);
  const known = await sameFile(step, bill, sha256, bill.origin === "handedIn" && !isAgain);
  return known === null ? null : { id: known.id, isNew: false, isOld: known.state === "replaced" };
}

/** Says that the provider had nothing for a day: it counts as an empty bill until another one comes. */
export async function storeEmptyDay(step: Database, bill: NewBill, at: Instant): Promise<string> {
  const version = await nextVersion(step, bill);
  const id = `${bill.account}/${bill.kind}/${bill.day}/${version}`;
  await step
    .insertInto("bill")
    .values({ ...plain(bill, id, version, at), state: "empty", announced: null, row_count: 0, taken_at: at })
    .execute();
  return id;
}

/** The provider itself gave what somebody had handed in: from now on it is what the provider delivered. */
export async function sayDelivered(step: Database, store: string, id: string, askedBy: string | null): Promise<void> {
  await step
    .updateTable("bill")
    .set({ origin: "fetched", handed_by: askedBy })
    .where("store", "=", store)
    .where("id", "=", id)
    .where("origin", "=", "handedIn")
    .execute();
}

/** The provider was asked again, and it is still the same. */
export async function sayChecked(database: Database, store: string, id: string, at: Instant): Promise<void> {
  await database.updateTable("bill").set({ checked_at: at }).where("store", "=", store).where("id", "=", id).execute();
}

/** The same bytes came again, or the provider has still nothing. */
export async function sayConfirmed(step: Database, store: string, id: string, at: Instant): Promise<void> {
  const set = { checked_at: at, confirmed_at: at };
  await step.updateTable("bill").set(set).where("store", "=", store).where("id", "=", id).execute();
}

/** The stored bytes of a bill, read by part. `owner`: whose and of which day it must be. */
export function billSource(
  database: Database,
  bill: Pick<BillStoredRow, "store" | "id" | "size" | "announced">,
  owner: BillSource["owner"] = null,
): BillSource {
  return {
    size: bill.size,
    owner: owner ?? null,
    announced: bill.announced === null ? null : { type: "SHA1", value: bill.announced },
    async *read(start, end) {
      for (let n = Math.floor(start / chunkBytes); n * chunkBytes < end; n++) {
        const row = await database
          .selectFrom("bill_chunk")
          .select("bytes")
          .where("store", "=", bill.store)
          .where("bill", "=", bill.id)
          .where("n", "=", n)
          .executeTakeFirst();
        if (row === undefined) return;
        const from = Math.max(0, start - n * chunkBytes);
        yield row.bytes.subarray(from, Math.min(row.bytes.length, end - n * chunkBytes));
      }
    },
  };
}

type Known = { readonly id: string; readonly state: BillStoredRow["state"] };

class KnownFile extends Error {
  readonly bill: Known;
  constructor(bill: Known) {
    super("this file is stored already");
    this.bill = bill;
  }
}

function plain(bill: NewBill, id: string, version: number, at: Instant): Omit<BillStoredRow, "state" | "announced"> {
  return {
    store: bill.homeStore,
    id,
    account: bill.account,
    kind: bill.kind,
    day: bill.day,
    version,
    origin: bill.origin,
    name: bill.name,
    size: 0,
    sha256: null,
    handed_by: bill.handedBy,
    row_count: null,
    footer: null,
    counted: null,
    trouble: null,
    at,
    taken_at: null,
    checked_at: at,
    confirmed_at: null,
  };
}

/** Two gateways that store a bill of one day at once get one number after the other. */
async function oneDayAtATime(step: Database, { account, kind, day }: NewBill): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`bill/${account}/${kind}/${day}`}, 0))`.execute(step);
}

async function nextVersion(step: Database, bill: NewBill): Promise<number> {
  const { homeStore, account, kind, day } = bill;
  await oneDayAtATime(step, bill);
  const { version } = await step
    .selectFrom("bill")
    .select(sql<number>`coalesce(max(version), 0)::integer`.as("version"))
    .where("store", "=", homeStore)
    .where("account", "=", account)
    .where("kind", "=", kind)
    .where("day", "=", day)
    .executeTakeFirstOrThrow();
  return version + 1;
}

/** The newest bill of that day with these bytes that counts, waits to be read or could not be; also a replaced one where that is asked. */
async function sameFile(
  step: Database,
  bill: NewBill,
  sha256: Uint8Array,
  withReplaced: boolean,
): Promise<Known | null> {
  const row = await step
    .selectFrom("bill")
    .select(["id", "state"])
    .where("store", "=", bill.homeStore)
    .where("account", "=", bill.account)
    .where("kind", "=", bill.kind)
    .where("day", "=", bill.day)
    .where("sha256", "=", sha256)
    .where("state", "in", ["stored", "current", "refused", ...(withReplaced ? (["replaced"] as const) : [])])
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

async function writeChunks(
  step: Database,
  store: string,
  bill: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly size: number; readonly sha256: Uint8Array }> {
  const hash = createHash("sha256");
  let size = 0;
  let n = 0;
  let open: Uint8Array[] = [];
  let openBytes = 0;
  const write = async (chunk: Uint8Array): Promise<void> => {
    await step.insertInto("bill_chunk").values({ store, bill, n, bytes: chunk }).execute();
    n++;
  };
  for await (const piece of bytes) {
    hash.update(piece);
    size += piece.length;
    if (size > billBytesMax) throw new Error(`The bill is larger than ${billBytesMax} bytes.`);
    open.push(piece);
    openBytes += piece.length;
    while (openBytes >= chunkBytes) {
      const whole = Buffer.concat(open);
      await write(whole.subarray(0, chunkBytes));
      open = [whole.subarray(chunkBytes)];
      openBytes -= chunkBytes;
    }
  }
  if (openBytes > 0) await write(Buffer.concat(open));
  return { size, sha256: hash.digest() };
}
