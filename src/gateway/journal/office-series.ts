import { createHash } from "node:crypto";
import { headText } from "../../contract/request-signature.ts";
import { invariant } from "../../domain/assert.ts";
import type { Instant } from "../../domain/clock.ts";
import type { StaffId, StoreId, TillId } from "../../domain/identifier.ts";
import {
  entryText,
  headAfter,
  headOfActivation,
  journalVersion,
  receiptNumber,
  type JournalEntry,
  type JournalFact,
  type JournalHead,
} from "../../domain/journal.ts";
import type { BusinessDate } from "../../domain/till-session.ts";
import type { GatewayKeys } from "../keys/gateway-keys.ts";
import type { Database } from "../store/database.ts";
import { officeTill } from "./office-till.ts";
import { projectEntry } from "./project.ts";

const series = 1;

/** The office's own place in a store: its number as a till, and the label on its receipts. */
export type OfficePlace = { readonly till: TillId; readonly label: string };

/** What the office writes down: whose decision it was, and for which business day. */
export type OfficeEntry = {
  readonly store: StoreId;
  readonly staff: StaffId | null;
  readonly businessDate: string;
  /** Makes the fact from the receipt's number that it would have. */
  readonly fact: (receipt: string) => JournalFact;
};

/**
 * Writes a fact of the office into the store's office series (house.md, Facts): numbered without gaps, chained, signed by the
 * gateway's key, without a session; and projects it like a till's. In the SQL transaction of what caused it.
 */
export async function writeOfficeEntry(
  step: Database,
  keys: Pick<GatewayKeys, "sign" | "publicKey">,
  { store, staff, businessDate, fact }: OfficeEntry,
  at: Instant,
): Promise<void> {
  const place = await officePlace(step, store);
  const before = await lockedHead(step, store, place, keys.publicKey);
  const number = before.number + 1;
  const entry = {
    v: journalVersion,
    store,
    till: place.till,
    series,
    number,
    prev: before.hash,
    at,
    offsetMs: 0,
    businessDate: businessDate as BusinessDate,
    session: null,
    staff,
    mode: "trade",
    approval: null,
    ...fact(receiptNumber(place.label, series, number)),
  } as JournalEntry;
  const text = entryText(entry);
  const head = headAfter(before, text, sha256);
  await keep(step, store, place, head, text, entry.kind, keys, at);
  await projectEntry(step, entry, at);
}

/** The office of a store as a till: made when it first writes. */
async function officePlace(step: Database, store: StoreId): Promise<OfficePlace> {
  const row = await step
    .selectFrom("tag")
    .select("tag")
    .where("store", "=", store)
    .where("holder", "=", "office")
    .executeTakeFirst();
  invariant(row !== undefined, `${store} has a tag for its office`);
  const till = officeTill(store);
  await step
    .insertInto("till")
    .values({ id: till, store, label: row.tag, tag: row.tag })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return { till, label: row.tag };
}

/** The head of the office's series, its row locked until the SQL transaction ends. */
async function lockedHead(
  step: Database,
  store: StoreId,
  { till }: OfficePlace,
  publicKey: Uint8Array,
): Promise<JournalHead> {
  const first = headOfActivation({ till, series, publicKey: Buffer.from(publicKey).toString("base64url") }, sha256);
  await step
    .insertInto("journal_head")
    .values({ store, till, series, number: 0, hash: Buffer.from(first.hash, "hex") })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await step
    .selectFrom("journal_head")
    .select(["number", "hash"])
    .where("store", "=", store)
    .where("till", "=", till)
    .where("series", "=", series)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { series, number: row.number, hash: Buffer.from(row.hash).toString("hex") };
}

async function keep(
  step: Database,
  store: StoreId,
  { till }: OfficePlace,
  head: JournalHead,
  text: string,
  kind: string,
  keys: Pick<GatewayKeys, "sign">,
  at: Instant,
): Promise<void> {
  const hash = Buffer.from(head.hash, "hex");
  const { number } = head;
  await step
    .insertInto("journal_entry")
    .values({
      store,
      till,
      series,
      number,
      bytes: Buffer.from(text),
      hash,
      kind,
      quarantined: false,
      received_at: at,
    })
    .execute();
  await step
    .updateTable("journal_head")
    .set({ number, hash })
    .where("store", "=", store)
    .where("till", "=", till)
    .where("series", "=", series)
    .execute();
  const own = keys.sign(headText({ till, series, number, hash: head.hash }));
  const counter = keys.sign(headText({ till, series, number, hash: head.hash }, at));
  await step
    .insertInto("journal_signature")
    .values({ store, till, series, number, till_signature: own, gateway_signature: counter, at })
    .execute();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
