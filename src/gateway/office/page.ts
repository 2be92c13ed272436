import { sql, type RawBuilder } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import { businessDateOf } from "../../domain/till-session.ts";
import type { OfficeStore } from "../../contract/office.ts";
import type { StoreId } from "../../domain/identifier.ts";
import type { Database } from "../store/database.ts";

const cursorPattern = /^(\d{1,16})\.([0-9A-Z]{26})$/;
const timeColumns = { sale: "at", payment_attempt: "created_at" } as const;

/** Rows older than the last one of the page before; a cursor that is not ours begins anew. */
export function after(table: "sale" | "payment_attempt", cursor: string | undefined): RawBuilder<boolean> {
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

/** The stores that an answer may be about: a person's own; null for whoever may ask about all. */
export type OwnStores = readonly string[] | null;

/** The stores a list is asked about, by id, none but `own`: every query of a hot table names its stores. */
export async function storesAsked(
  database: Database,
  store: StoreId | undefined,
  own: OwnStores = null,
): Promise<readonly string[]> {
  if (own !== null) return store === undefined ? own : own.filter((each) => each === store);
  if (store !== undefined) return [store];
  const rows = await database.selectFrom("store").select("id").orderBy("id").execute();
  return rows.map(({ id }) => id);
}

/** Every store with its zone and its business date at `at`. */
export async function officeStores(database: Database, at: Instant): Promise<OfficeStore[]> {
  const rows = await database.selectFrom("store").select(["id", "name", "zone", "cut_minute"]).orderBy("id").execute();
  return rows.map(({ id, name, zone, cut_minute }) => ({
    id: id as StoreId,
    name,
    zone,
    today: businessDateOf(at, { zone, cutMinute: cut_minute }),
  }));
}
