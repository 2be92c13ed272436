import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import type { CompletedSale } from "../../domain/journal.ts";
import type { BusinessDate } from "../../domain/till-session.ts";
import { completedSale } from "../../contract/sale.ts";
import { addJob } from "../jobs/jobs.ts";
import type { JobWork } from "../jobs/runner.ts";
import type { GatewayParts } from "../parts.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { hourOf, keepFigures } from "./keep.ts";

export const fillKind = "reportFill";
/** Sales counted in one SQL transaction: tills wait for it a moment at most. */
const salesAtOnce = 50;
/** Transactions in one round of the job, well within its claim. */
const roundsMax = 40;

/** Sees to it that sales from before there were reports are counted; called at every start. */
export async function planFill(database: Database, at: Instant): Promise<void> {
  await addJob(database, { store: "*", id: fillKind, kind: fillKind, subject: "", payload: null, dueAt: at });
}

/** Counts completed sales that no report has counted, oldest stores first; over when none is left. */
export function fillWork(parts: Pick<GatewayParts, "database" | "clock">): JobWork {
  return async () => {
    for (let round = 0; round < roundsMax; round++)
      if ((await fillSome(parts.database)) < salesAtOnce) return { kind: "done" };
    return { kind: "again", at: parts.clock.now() };
  };
}

async function fillSome(database: Database): Promise<number> {
  return inTransaction(database, async (step) => {
    const rows = await step
      .selectFrom("sale")
      .select(["store", "id", "till", "series", "number", "staff", "business_date", "at", "body"])
      .where("state", "=", "completed")
      .where("hour", "is", null)
      .orderBy("store")
      .orderBy("id")
      .limit(salesAtOnce)
      .forUpdate()
      .skipLocked()
      .execute();
    for (const row of rows) {
      const hour = await hourOf(step, {
        store: row.store as StoreId,
        at: row.at as Instant,
        offsetMs: await offsetOf(step, row),
      });
      const place = { ...row, businessDate: (row.business_date ?? "") as BusinessDate, hour };
      // entries of older builds lack what has a default in the contract
      await keepFigures(step, place, completedSale.parse(row.body) as CompletedSale);
      await step.updateTable("sale").set({ hour }).where("store", "=", row.store).where("id", "=", row.id).execute();
    }
    return rows.length;
  });
}

/** By how much the till's clock was wrong when it wrote the entry. */
async function offsetOf(
  step: Database,
  {
    store,
    till,
    series,
    number,
  }: { readonly store: string; readonly till: string; readonly series: number; readonly number: number },
): Promise<number> {
  const entry = await step
    .selectFrom("journal_entry")
    .select(sql<string>`convert_from(bytes, 'UTF8')`.as("text"))
    .where("store", "=", store)
    .where("till", "=", till)
    .where("series", "=", series)
    .where("number", "=", number)
    .executeTakeFirst();
  if (entry === undefined) return 0;
  const { offsetMs } = JSON.parse(entry.text) as { readonly offsetMs?: number };
  return offsetMs ?? 0;
}
