import { sql } from "kysely";
import type { OfficeException } from "../../contract/office-exceptions.ts";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import type { Money } from "../../domain/money.ts";
import { json, type Database } from "../store/database.ts";

export type NewException = {
  readonly store: StoreId;
  readonly kind: OfficeException["kind"];
  /** The payment, sale or journal entry it is about: one exception of a kind for each. */
  readonly subject: string;
  readonly detail: Pick<OfficeException, "amount" | "detail" | "staff">;
};

/** Puts something before a person; the same again changes nothing, unless it had been settled: then it is open once more. */
export async function raiseException(
  step: Database,
  { store, kind, subject, detail }: NewException,
  at: Instant,
): Promise<void> {
  await step
    .insertInto("exception_item")
    .values({ store, id: `${kind}/${subject}`, kind, subject, detail: json(detail), opened_at: at, closed_at: null })
    .onConflict((conflict) =>
      conflict
        .columns(["store", "id"])
        .doUpdateSet({ detail: json(detail), opened_at: at, closed_at: null })
        .where("exception_item.closed_at", "is not", null),
    )
    .execute();
}

/** Takes what settled itself off the person's list, with the reason kept beside it. Nothing open of that kind: nothing happens. */
export async function closeException(
  step: Database,
  {
    store,
    kinds,
    subject,
  }: Pick<NewException, "store" | "subject"> & { readonly kinds: readonly NewException["kind"][] },
  reason: string,
  at: Instant,
): Promise<void> {
  await step
    .updateTable("exception_item")
    .set({ closed_at: at, detail: sql`detail || ${json({ closed: reason })}` })
    .where("store", "=", store)
    .where("kind", "in", [...kinds])
    .where("subject", "=", subject)
    .where("closed_at", "is", null)
    .execute();
}

/** Of what is open about `subject`, the amount is another now; nothing open of those kinds: nothing happens. */
export async function sayAmount(
  step: Database,
  {
    store,
    kinds,
    subject,
  }: Pick<NewException, "store" | "subject"> & { readonly kinds: readonly NewException["kind"][] },
  amount: Money,
): Promise<void> {
  await step
    .updateTable("exception_item")
    .set({ detail: sql`detail || ${json({ amount })}` })
    .where("store", "=", store)
    .where("kind", "in", [...kinds])
    .where("subject", "=", subject)
    .where("closed_at", "is", null)
    .where(sql<boolean>`detail->'amount' <> 'null'`)
    .execute();
}
