import type { Instant } from "../../domain/clock.ts";
import type { PaymentId, SaleId, StoreId, TillId } from "../../domain/identifier.ts";
import type { CompletedSale } from "../../domain/journal.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { freshMemo, type Attempt } from "../payments/attempt.ts";
import { insertAttempt, tellStory } from "../payments/attempt-store.ts";
import type { Database } from "../store/database.ts";
import type { MendBy, MendItem } from "./mend-item.ts";

/**
 * An attempt for a payment that a completed sale counts and that nobody has ever asked us for: closed, until the bill's word is
 * taken. Null when no sale counts it.
 */
export async function keepUnasked(step: Database, { row }: MendItem, by: MendBy): Promise<Attempt | null> {
  const counted = await step
    .selectFrom("sale_tender as t")
    .innerJoin("sale as s", (join) => join.onRef("s.store", "=", "t.store").onRef("s.id", "=", "t.sale"))
    .select(["s.id", "s.till", "s.series", "s.business_date", "s.currency", "s.body", "t.amount"])
    .where("t.store", "=", row.store)
    .where("t.attempt", "=", row.number)
    .where("s.state", "=", "completed")
    .executeTakeFirst();
  if (counted === undefined) return null;
  const { tenders } = counted.body as CompletedSale;
  const tender = tenders.find((each) => each.kind === "payment" && each.attempt === row.number);
  const attempt: Attempt = {
    store: row.store as StoreId,
    id: row.number as PaymentId,
    till: counted.till as TillId,
    sale: counted.id as SaleId,
    account: row.account,
    channel: tender?.kind === "payment" ? tender.channel : null,
    presentment: "consumer",
    amount: money(counted.amount, counted.currency as CurrencyCode),
    state: { kind: "closed" },
    freed: false,
    version: 1,
    memo: { ...freshMemo, base: by.at, abandoned: true, lateQueried: true },
    snapshot: null,
    businessDate: counted.business_date ?? "",
    createdAt: by.at,
  };
  const only = { series: counted.series, journalNumber: null, deadline: by.at as Instant, codeHash: null };
  if (!(await insertAttempt(step, { attempt, ...only }))) return null;
  await tellStory(step, attempt, by.at, "neverAsked", { sale: attempt.sale });
  return attempt;
}
