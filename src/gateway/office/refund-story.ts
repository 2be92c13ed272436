import type { StoryStep } from "../../contract/office.ts";
import type { Instant } from "../../domain/clock.ts";
import type { PaymentId } from "../../domain/identifier.ts";
import { money, type CurrencyCode, type Money } from "../../domain/money.ts";
import type { Database } from "../store/database.ts";
import type { PaymentAttemptRow } from "../store/tables.ts";
import { postingsOf } from "./postings.ts";

/** What a refund's event may hold; every field may be missing. */
type RefundDetail = {
  readonly outcome?: string;
  readonly code?: string;
  readonly message?: string;
  readonly why?: string;
  readonly number?: string | null;
};

const outcomes: Readonly<Record<string, Extract<StoryStep, { source: "provider" }>["what"]>> = {
  accepted: "refundAccepted",
  succeeded: "refundSucceeded",
  failed: "refundFailed",
  abnormal: "refundAbnormal",
};
const detailLengthMax = 160;

/** All that happened to the refunds of a payment, and what the books posted for them. */
export async function refundSteps(
  database: Database,
  attempt: Pick<PaymentAttemptRow, "store" | "id">,
): Promise<StoryStep[]> {
  const refunds = await database
    .selectFrom("refund")
    .select(["id", "amount", "currency"])
    .where("store", "=", attempt.store)
    .where("attempt", "=", attempt.id)
    .execute();
  const told = await Promise.all(
    refunds.map(async (refund) => [
      ...(await eventsOf(database, attempt, refund.id, money(refund.amount, refund.currency as CurrencyCode))),
      ...(await postingsOf(database, attempt.store, refund.id, attempt.id as PaymentId)),
    ]),
  );
  return told.flat();
}

async function eventsOf(
  database: Database,
  attempt: Pick<PaymentAttemptRow, "store" | "id">,
  refund: string,
  amount: Money,
): Promise<StoryStep[]> {
  const events = await database
    .selectFrom("refund_event")
    .selectAll()
    .where("store", "=", attempt.store)
    .where("refund", "=", refund)
    .orderBy("n")
    .execute();
  return events.map((event): StoryStep => {
    const detail = (event.detail ?? {}) as RefundDetail;
    const common = { at: event.at as Instant, payment: attempt.id as PaymentId, amount };
    if (event.kind === "owed") return { ...common, source: "gateway", what: "refundOwed", detail: refund };
    if (event.kind === "sent") return { ...common, source: "gateway", what: "refundSent", detail: refund };
    if (detail.outcome === undefined) return { ...common, source: "gateway", what: "other", detail: event.kind };
    const words = [detail.number, detail.code, detail.message].filter((word) => word !== undefined && word !== null);
    return {
      ...common,
      source: "provider",
      what: outcomes[detail.outcome] ?? "silence",
      asked: event.kind === "notified" ? "notified" : "refunded",
      why: detail.why ?? null,
      detail: words.length === 0 ? null : words.join(" ").slice(0, detailLengthMax),
    };
  });
}
