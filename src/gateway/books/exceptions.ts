import type { OfficeException } from "../../contract/office.ts";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { json, type Database } from "../store/database.ts";

export type NewException = {
  readonly store: StoreId;
  readonly kind: OfficeException["kind"];
  /** The payment, sale or journal entry it is about: one exception of a kind for each. */
  readonly subject: string;
  readonly detail: Pick<OfficeException, "amount" | "detail" | "staff">;
};

/** Puts something before a person; the same again changes nothing. */
export async function raiseException(
  step: Database,
  { store, kind, subject, detail }: NewException,
  at: Instant,
): Promise<void> {
  await step
    .insertInto("exception_item")
    .values({ store, id: `${kind}/${subject}`, kind, subject, detail: json(detail), opened_at: at, closed_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
