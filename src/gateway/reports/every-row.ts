import { sql } from "kysely";
import { productFileDaysMax, type ReportQuery, type ReportRow } from "../../contract/reports.ts";
import type { CurrencyCode } from "../../domain/money.ts";
import { ok, type Result } from "../../domain/result.ts";
import type { OpenDatabase } from "../store/database.ts";
import { namesOf } from "./names.ts";
import { questionOf, type QuestionRefusal } from "./question.ts";
import type { OwnStores } from "../office/page.ts";
import { grouped, namesJoined, orderOf, placesOf, rowOf, type GroupedRow } from "./report.ts";

/** A file may take longer than a page. */
const fileLimits = { weeks: productFileDaysMax, days: productFileDaysMax };
/** Rows fetched at once: no more of a report is ever in memory. */
const fetchRows = 1_000;
/** Rows of a file at most: below what a sheet holds. */
export const fileRowsMax = 1_000_000;

export type EveryRow = { readonly currency: CurrencyCode; readonly rows: AsyncGenerator<ReportRow> };

/** A whole report, row by row, as it stood when it was asked for. Ends its SQL transaction when the reader stops, early too. */
export async function everyRow(
  database: OpenDatabase,
  query: Omit<ReportQuery, "page" | "rows">,
  own: OwnStores = null,
): Promise<Result<EveryRow, QuestionRefusal>> {
  const question = questionOf(query, query, fileLimits);
  if (!question.ok) return question;
  const places = await placesOf(database, query, own);
  const { currency } = places;
  const asked = sql`select period, key, unit, sales, returns, items, items_back, gross, discounts, returned, rounding, tax, total,
      tips, thousandths
    from (${grouped(question.value, query, query, places)}) as grouped ${namesJoined(query)} order by ${orderOf(query)} limit ${fileRowsMax}`;
  async function* rows(): AsyncGenerator<ReportRow> {
    const step = await database.startTransaction().setAccessMode("read only").execute();
    try {
      await sql`declare every_row no scroll cursor for ${asked}`.execute(step);
      for (;;) {
        const found = await sql<GroupedRow>`fetch ${sql.lit(fetchRows)} from every_row`.execute(step);
        const names = await namesOf(
          step,
          query.by,
          found.rows.map(({ key }) => key),
        );
        for (const row of found.rows) yield rowOf(row, query, names.get(row.key) ?? null);
        if (found.rows.length < fetchRows) return;
      }
    } finally {
      await step.rollback().execute();
    }
  }
  return ok({ currency, rows: rows() });
}
