import { sql, type RawBuilder } from "kysely";
import type { Instant } from "../../domain/clock.ts";

const cursorPattern = /^(\d{1,16})\.([0-9A-Z]{26})$/;
const timeColumns = { sale: "at", payment_attempt: "created_at" } as const;

/** Rows older than the last one of the page before; a cursor that is not ours begins anew. */
export function after(table: "sale" | "payment_attempt", cursor: string | null): RawBuilder<boolean> {
  const [, at, id] = cursorPattern.exec(cursor ?? "") ?? [];
  if (at === undefined || id === undefined) return sql<boolean>`true`;
  return sql<boolean>`(${sql.ref(`${table}.${timeColumns[table]}`)}, ${sql.ref(`${table}.id`)}) < (${Number(at)}::bigint, ${id})`;
}

/** The cursor for the next page, or null when there is none. */
export function cursorAfter(
  page: readonly { readonly at: Instant | number; readonly id: string }[],
  isMore: boolean,
): string | null {
  const last = page.at(-1);
  return isMore && last !== undefined ? `${last.at}.${last.id}` : null;
}
