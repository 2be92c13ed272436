import type { OfficeException, OfficeExceptions, OfficeTill } from "../../contract/office.ts";
import { officePageMax } from "../../contract/office.ts";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId, TillId } from "../../domain/identifier.ts";
import type { Database } from "../store/database.ts";
import { storesAsked } from "./page.ts";

/** Every till of the chain with its key in force and how far its journal is held. */
export async function officeTills(database: Database): Promise<OfficeTill[]> {
  const tills = await database
    .selectFrom("till")
    .innerJoin("store", "store.id", "till.store")
    .select(["till.id", "till.label", "till.store", "store.name"])
    .orderBy("till.store")
    .orderBy("till.label")
    .execute();
  const keys = await database
    .selectFrom("till_key")
    .select(["till", "series", "activated_at", "heard_at"])
    .where("revoked_at", "is", null)
    .execute();
  const heads = await database.selectFrom("journal_head").select(["till", "series", "number"]).execute();
  return tills.map((till) => {
    const key = keys.find((each) => each.till === till.id);
    const head = heads.find((each) => each.till === till.id && each.series === key?.series);
    return {
      id: till.id as TillId,
      label: till.label,
      store: till.store as StoreId,
      storeName: till.name,
      activatedAt: (key?.activated_at ?? null) as Instant | null,
      series: key?.series ?? null,
      lastNumber: head?.number ?? 0,
      lastHeardAt: (key?.heard_at ?? null) as Instant | null,
    };
  });
}

/** What needs a person, newest first: 100 of them, and how many in all. */
export async function officeExceptions(database: Database): Promise<OfficeExceptions> {
  const stores = await storesAsked(database, undefined);
  const open = database.selectFrom("exception_item").where("store", "in", stores).where("closed_at", "is", null);
  const rows = await open.selectAll().orderBy("opened_at", "desc").orderBy("id").limit(officePageMax).execute();
  const { count } = await open.select((row) => row.fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
  const exceptions = rows.map((row) => ({
    id: row.id,
    at: row.opened_at as Instant,
    store: row.store as StoreId,
    kind: row.kind as OfficeException["kind"],
    subject: row.subject,
    ...(row.detail as Pick<OfficeException, "amount" | "detail" | "staff">),
  }));
  return { exceptions, count };
}
