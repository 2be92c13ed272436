import { parseEntry } from "../../contract/journal.ts";
import type { StoryStep } from "../../contract/office.ts";
import type { Instant } from "../../domain/clock.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import type { Database } from "../store/database.ts";

/** A detail in a list is a word or a number, not a page. */
const detailLengthMax = 160;
/** What a provider said, as against what the gateway did. */
const providersWords = new Set([
  "captured",
  "declined",
  "payerPrompted",
  "authorized",
  "reversed",
  "closed",
  "reversalRefused",
  "notYet",
  "refunded",
]);

/** All that happened to a payment, oldest first: at the gateway, at the provider, in the books. */
export async function storyOfPayment(database: Database, store: string, attempt: string): Promise<StoryStep[]> {
  const events = await database
    .selectFrom("payment_event")
    .selectAll()
    .where("store", "=", store)
    .where("attempt", "=", attempt)
    .orderBy("n")
    .execute();
  const steps = events.map((event): StoryStep => ({
    at: event.at as Instant,
    source: providersWords.has(event.kind) ? "provider" : "gateway",
    what: event.kind,
    detail: shownDetail(event.detail),
    amount: null,
  }));
  return [...steps, ...(await postingsOf(database, store, attempt))].toSorted((a, b) => a.at - b.at);
}

/** What the till's journal says about a sale, and what was posted for it. */
export async function storyOfSale(database: Database, store: string, sale: string): Promise<StoryStep[]> {
  const row = await database
    .selectFrom("sale")
    .select(["till", "series", "number"])
    .where("store", "=", store)
    .where("id", "=", sale)
    .executeTakeFirst();
  if (row === undefined) return [];
  const entries = await database
    .selectFrom("journal_entry")
    .select("bytes")
    .where("store", "=", store)
    .where("till", "=", row.till)
    .where("series", "=", row.series)
    .where("number", "<=", row.number)
    .orderBy("number", "desc")
    .limit(entriesLookedAt)
    .execute();
  const steps = entries.flatMap(({ bytes }): StoryStep[] => {
    const entry = parseEntry(Buffer.from(bytes).toString("utf8"));
    if (!entry.ok || !isAbout(entry.value.body, sale)) return [];
    return [{ at: entry.value.at, source: "till", what: entry.value.kind, detail: null, amount: null }];
  });
  return [...steps, ...(await postingsOf(database, store, sale))];
}

/** A sale's entries stand close together: a parked one is completed within the shift. */
const entriesLookedAt = 400;

function isAbout(body: unknown, sale: string): boolean {
  const named = (body as { readonly sale?: unknown }).sale;
  return (
    named === sale || (typeof named === "object" && named !== null && (named as { readonly id?: unknown }).id === sale)
  );
}

async function postingsOf(database: Database, store: string, subject: string): Promise<StoryStep[]> {
  const rows = await database
    .selectFrom("ledger_transfer")
    .selectAll()
    .where("store", "=", store)
    .where("subject", "=", subject)
    .orderBy("at")
    .orderBy("posting")
    .orderBy("n")
    .execute();
  return rows.map((row) => ({
    at: row.at as Instant,
    source: "books",
    what: row.event,
    detail: `${row.debit} → ${row.credit}`,
    amount: money(row.amount, row.currency as CurrencyCode),
  }));
}

function shownDetail(detail: unknown): string | null {
  if (detail === null || detail === undefined) return null;
  if (typeof detail !== "object") return String(detail).slice(0, detailLengthMax);
  const words = Object.entries(detail).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    return [`${name} ${typeof value === "object" ? (shownDetail(value) ?? "") : String(value)}`];
  });
  return words.length === 0 ? null : words.join(", ").slice(0, detailLengthMax);
}
