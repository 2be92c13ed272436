import { sql } from "kysely";
import type { CompletedSale, SessionTotals } from "../../../src/domain/journal.ts";
import type { OpenDatabase } from "../../../src/gateway/store/database.ts";

/** One entry of a till's journal as the gateway keeps it. */
export type Kept = {
  readonly till: string;
  readonly series: number;
  readonly number: number;
  readonly kind: string;
  readonly at: number;
  readonly body: unknown;
  /** Its bytes as they were signed. */
  readonly text: string;
  /** Hash of the entry before it, lower-case hexadecimal. */
  readonly prev: string;
};

/** The whole journal of all tills, in order. */
export async function journalOf(database: OpenDatabase): Promise<readonly Kept[]> {
  const rows = await sql<Kept>`select till, series, number, kind,
      (convert_from(bytes, 'UTF8')::jsonb->>'at')::float8 as at, convert_from(bytes, 'UTF8')::jsonb->'body' as body,
      convert_from(bytes, 'UTF8') as text, convert_from(bytes, 'UTF8')::jsonb->>'prev' as prev
    from journal_entry order by till, series, number`.execute(database);
  return rows.rows.map((row) => ({ ...row, number: Number(row.number), series: Number(row.series) }));
}

export type Completed = Kept & { readonly body: CompletedSale };

export function completedIn(journal: readonly Kept[]): readonly Completed[] {
  return journal.filter((entry): entry is Completed => entry.kind === "saleCompleted");
}

/** The Z report as it was stored, of each till. */
export function reportsIn(
  journal: readonly Kept[],
): readonly { readonly till: string; readonly totals: SessionTotals }[] {
  return journal
    .filter((entry) => entry.kind === "sessionClosed")
    .map((entry) => ({ till: entry.till, totals: entry.body as SessionTotals }));
}

export type PlainSale = {
  readonly steps: number;
  /** From the last item to the paper, without the wait for payer and provider; ms. */
  readonly ownMs: number;
};

/**
 * The plain sales of a journal: one tender for the whole, cash as asked or one code that was paid at the first try, and no
 * second person. A provider tells its time in whole seconds, so that up to one second of its own is counted as ours.
 */
export function plainSalesIn(journal: readonly Kept[]): readonly PlainSale[] {
  const attempts = journal.filter((entry) => entry.kind === "paymentAttempted");
  const parked = new Set(
    journal.filter((entry) => entry.kind === "saleParked").map((entry) => (entry.body as { sale: string }).sale),
  );
  return completedIn(journal).flatMap(({ body }): PlainSale[] => {
    const [tender, ...more] = body.tenders;
    const own = attempts.filter((entry) => (entry.body as { sale: string }).sale === body.sale.id);
    const isPlain = more.length === 0 && body.approvals.length === 0 && !parked.has(body.sale.id);
    if (!isPlain || tender === undefined || body.sale.total.amount <= 0) return [];
    const { steps, lastLineAt, completedAt } = body.steps;
    const whole = completedAt - lastLineAt;
    if (tender.kind === "cash" && own.length === 0) return [{ steps, ownMs: whole }];
    const [asked] = own;
    if (tender.kind !== "payment" || own.length !== 1 || asked === undefined) return [];
    return [{ steps, ownMs: whole - Math.max(0, tender.capturedAt - asked.at) }];
  });
}

/** The middle one; of an even count the lower. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}
