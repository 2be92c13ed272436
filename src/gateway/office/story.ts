import { askedBy, storyWords, type StoryStep } from "../../contract/office.ts";
import type { Instant } from "../../domain/clock.ts";
import type { PaymentId } from "../../domain/identifier.ts";
import { money, type CurrencyCode, type Money } from "../../domain/money.ts";
import type { Database } from "../store/database.ts";
import type { PaymentAttemptRow, PaymentEventRow } from "../store/tables.ts";
import { postingsOf } from "./postings.ts";
import { refundSteps } from "./refund-story.ts";
import { tillStory, type JournalPlace } from "./till-story.ts";

type ProviderStep = Extract<StoryStep, { readonly source: "provider" }>;
type GatewayStep = Extract<StoryStep, { readonly source: "gateway" }>;
type AttemptRow = Pick<PaymentAttemptRow, "store" | "id" | "till" | "series" | "journal_number" | "sale" | "currency">;
/** What an event of an attempt may hold; every field may be missing. */
type EventDetail = {
  readonly outcome?: string;
  readonly code?: string;
  readonly message?: string;
  readonly why?: string;
  readonly amount?: number;
  readonly transaction?: string;
  readonly freed?: boolean;
  readonly from?: string;
  readonly event?: string;
};

/** A provider's word in a list is a word, not a page. */
const detailLengthMax = 160;
/** What happened at the same moment is told in this order. */
const sources: readonly StoryStep["source"][] = ["till", "gateway", "provider", "books"];

/** All that happened to a payment, oldest first: at the till, the gateway, the provider, in the books. */
export async function storyOfPayment(database: Database, attempt: AttemptRow): Promise<StoryStep[]> {
  const place = (await placeOfSale(database, attempt.store, attempt.sale)) ?? {
    store: attempt.store,
    till: attempt.till,
    series: attempt.series,
    number: attempt.journal_number ?? 0,
  };
  return inOrder([
    ...(await tillStory(database, place, attempt.id)),
    ...(await eventsOf(database, attempt)),
    ...(await refundSteps(database, attempt)),
    ...(await postingsOf(database, attempt.store, attempt.id, attempt.id as PaymentId)),
  ]);
}

/** All that happened to a sale and to each of its payments, oldest first. */
export async function storyOfSale(
  database: Database,
  store: string,
  sale: string,
  attempts: readonly AttemptRow[],
): Promise<StoryStep[]> {
  const place = await placeOfSale(database, store, sale);
  const ofPayments = await Promise.all(
    attempts.map(async (attempt) => [
      ...(await eventsOf(database, attempt)),
      ...(await refundSteps(database, attempt)),
      ...(await postingsOf(database, store, attempt.id, attempt.id as PaymentId)),
    ]),
  );
  return inOrder([
    ...(place === null ? [] : await tillStory(database, place, sale)),
    ...ofPayments.flat(),
    ...(await postingsOf(database, store, sale, null)),
  ]);
}

function inOrder(steps: readonly StoryStep[]): StoryStep[] {
  return steps.toSorted((a, b) => a.at - b.at || sources.indexOf(a.source) - sources.indexOf(b.source));
}

async function placeOfSale(database: Database, store: string, sale: string): Promise<JournalPlace | null> {
  const row = await database
    .selectFrom("sale")
    .select(["store", "till", "series", "number"])
    .where("store", "=", store)
    .where("id", "=", sale)
    .executeTakeFirst();
  return row ?? null;
}

async function eventsOf(database: Database, attempt: AttemptRow): Promise<StoryStep[]> {
  const events = await database
    .selectFrom("payment_event")
    .selectAll()
    .where("store", "=", attempt.store)
    .where("attempt", "=", attempt.id)
    .orderBy("n")
    .execute();
  return events.map((event) => stepOf(event, attempt.currency));
}

function stepOf(event: PaymentEventRow, currency: string): StoryStep {
  const detail = (event.detail ?? {}) as EventDetail;
  const amount: Money | null =
    detail.amount === undefined || currency === "" ? null : money(detail.amount, currency as CurrencyCode);
  const common = { at: event.at as Instant, payment: event.attempt as PaymentId, amount };
  const asked = askedBy.find((each) => each === event.kind);
  const said = storyWords.provider.find((each) => each === detail.outcome);
  if (asked !== undefined && said !== undefined) {
    const step: ProviderStep = {
      ...common,
      source: "provider",
      what: said,
      asked,
      why: detail.why ?? null,
      detail: wordIn(detail),
    };
    return step;
  }
  return { ...common, source: "gateway", ...gatewaySaid(event.kind, detail) };
}

function gatewaySaid(kind: string, detail: EventDetail): Pick<GatewayStep, "what" | "detail"> {
  if (kind === "abandoned") return { what: detail.freed === true ? "abandonedAndFreed" : "abandoned", detail: null };
  if (kind === "eventRefused") return { what: kind, detail: `${detail.from ?? "?"} × ${detail.event ?? "?"}` };
  const what = storyWords.gateway.find((each) => each === kind);
  return what === undefined ? { what: "other", detail: kind } : { what, detail: null };
}

/** The number of what was paid, or the provider's own words for why it was not. */
function wordIn({ transaction, code, message }: EventDetail): string | null {
  const words = [transaction, code, message].filter((word) => word !== undefined && word !== "");
  return words.length === 0 ? null : words.join(" ").slice(0, detailLengthMax);
}
