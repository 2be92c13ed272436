import { sql } from "kysely";
import { parseEntry } from "../../contract/journal.ts";
import type { StoryStep } from "../../contract/office.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import type { JournalEntry } from "../../domain/journal.ts";
import type { Database } from "../store/database.ts";

type TillStep = Extract<StoryStep, { readonly source: "till" }>;
type GatewayStep = Extract<StoryStep, { readonly source: "gateway" }>;

/** Where in a till's journal something stands. */
export type JournalPlace = {
  readonly store: string;
  readonly till: string;
  readonly series: number;
  readonly number: number;
};

/** What is said about a sale stands this near its last entry: a parked sale ends within its shift, copies are asked for within days. */
const entriesBefore = 500;
const entriesAfter = 4_000;
/** A fact that came later than this was kept by the till while it was offline. */
const lateMs = 60_000;
const kinds = [
  "paymentAttempted",
  "attemptAbandoned",
  "saleParked",
  "saleCompleted",
  "saleVoided",
  "receiptReprinted",
  "tenderReturned",
  "unverifiedRemoved",
] as const;

/** What the till's journal says about `subject`, a sale's or an attempt's id, and when a late fact arrived. */
export async function tillStory(database: Database, place: JournalPlace, subject: string): Promise<StoryStep[]> {
  const entries = await database
    .selectFrom("journal_entry")
    .select(["bytes", "received_at"])
    .where("store", "=", place.store)
    .where("till", "=", place.till)
    .where("series", "=", place.series)
    .where("number", ">=", place.number - entriesBefore)
    .where("number", "<=", place.number + entriesAfter)
    .where("kind", "in", kinds)
    .where(sql<boolean>`position(convert_to(${subject}, 'UTF8') in bytes) > 0`)
    .orderBy("number")
    .execute();
  const people = await database.selectFrom("staff").select(["id", "name"]).execute();
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  return entries.flatMap(({ bytes, received_at }): StoryStep[] => {
    const entry = parseEntry(Buffer.from(bytes).toString("utf8"));
    if (!entry.ok) return [];
    const step = stepOf(entry.value, nameOf.get(entry.value.staff ?? "") ?? null);
    return step === null ? [] : [step, ...arrival(entry.value, step.at, received_at as Instant)];
  });
}

/** Till times are moved to the gateway's clock by the offset that the till had measured. */
function stepOf(entry: JournalEntry, who: string | null): TillStep | null {
  const common = {
    source: "till",
    at: plusMs(entry.at, entry.offsetMs),
    who,
    payment: null,
    amount: null,
    detail: null,
  } as const;
  switch (entry.kind) {
    case "paymentAttempted":
      return { ...common, what: "paymentAttempted", payment: entry.body.attempt, amount: entry.body.amount };
    case "attemptAbandoned":
      return {
        ...common,
        what: entry.body.freed ? "attemptFreed" : "attemptAbandoned",
        payment: entry.body.attempt,
      };
    case "saleParked":
      return { ...common, what: "saleParked", payment: entry.body.attempt };
    case "saleCompleted":
      return { ...common, what: "saleCompleted", amount: entry.body.sale.total, detail: entry.body.receipt };
    case "saleVoided":
      return { ...common, what: "saleVoided" };
    case "receiptReprinted":
      return { ...common, what: "receiptReprinted", detail: String(entry.body.copy) };
    case "tenderReturned":
      return { ...common, what: "tenderReturned", payment: entry.body.attempt, amount: entry.body.amount };
    case "unverifiedRemoved":
      return { ...common, what: "unverifiedRemoved", amount: entry.body.amount, detail: `…${entry.body.tail}` };
    default:
      return null;
  }
}

function arrival(entry: JournalEntry, at: Instant, receivedAt: Instant): GatewayStep[] {
  if (entry.kind !== "saleCompleted" || receivedAt - at < lateMs) return [];
  return [{ source: "gateway", at: receivedAt, what: "saleArrived", payment: null, amount: null, detail: null }];
}
