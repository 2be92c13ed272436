import { sql, type RawBuilder } from "kysely";

/** Where a page of a list ends: when its last row happened, and what names that row. No part holds a line's end. */
export function cursorOf(at: number, ...names: readonly string[]): string {
  return [at, ...names].join("\n");
}

/**
 * Rows after the last one of the page before, in a list that is ordered by these columns, all falling: a time, then names. A cursor
 * that is not ours begins anew.
 */
export function olderThan(
  cursor: string | undefined,
  columns: readonly [at: string, ...names: string[]],
): RawBuilder<boolean> {
  const [at = "", ...names] = (cursor ?? "").split("\n");
  if (!/^\d{1,16}$/.test(at) || names.length !== columns.length - 1) return sql<boolean>`true`;
  const row = sql.join(columns.map((column) => sql.ref(column)));
  return sql<boolean>`(${row}) < (${sql.join([sql`${Number(at)}::bigint`, ...names.map((name) => sql`${name}`)])})`;
}
