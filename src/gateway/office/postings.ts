import { storyWords, type StoryStep } from "../../contract/office.ts";
import type { Instant } from "../../domain/clock.ts";
import type { PaymentId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import type { Database } from "../store/database.ts";

/** What the books posted about `subject`: one step a transfer. */
export async function postingsOf(
  database: Database,
  store: string,
  subject: string,
  payment: PaymentId | null,
): Promise<StoryStep[]> {
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
    what: storyWords.books.find((each) => each === row.event) ?? "other",
    payment,
    debit: row.debit,
    credit: row.credit,
    amount: money(row.amount, row.currency as CurrencyCode),
  }));
}
