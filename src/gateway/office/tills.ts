import type { OfficeTill } from "../../contract/office.ts";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId, TillId } from "../../domain/identifier.ts";
import type { Database } from "../store/database.ts";

/** Every till of the chain with its key in force and how far its journal is held. */
export async function officeTills(database: Database): Promise<OfficeTill[]> {
  const tills = await database
    .selectFrom("till")
    .innerJoin("store", "store.id", "till.store")
    .innerJoin("tag", "tag.till", "till.id")
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
