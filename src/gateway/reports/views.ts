import { savedViewsMax, savedReport, type SavedReport, type SavedViews } from "../../contract/reports.ts";
import type { Instant } from "../../domain/clock.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { inTransaction, json, type Database } from "../store/database.ts";

/** The views that `owner` has saved, by name. One that this build does not understand any more is left out. */
export async function readViews(database: Database, owner: string): Promise<SavedViews> {
  const rows = await database
    .selectFrom("saved_view")
    .select(["name", "view"])
    .where("owner", "=", owner)
    .orderBy("name")
    .execute();
  return {
    views: rows.flatMap(({ name, view }) => {
      const parsed = savedReport.safeParse(view);
      return parsed.success ? [{ name, view: parsed.data }] : [];
    }),
  };
}

/** Keeps `view` under `name`, in place of one of that name. */
export async function saveView(
  database: Database,
  owner: string,
  name: string,
  view: SavedReport,
  at: Instant,
): Promise<Result<null, "tooMany">> {
  return inTransaction(database, async (step) => {
    // the owner's row is locked: two saved at once are counted one after the other
    await step.selectFrom("office_person").select("id").where("id", "=", owner).forUpdate().execute();
    const names = await step.selectFrom("saved_view").select("name").where("owner", "=", owner).execute();
    if (names.length >= savedViewsMax && !names.some((row) => row.name === name)) return refuse("tooMany");
    const row = { view: json(view), saved_at: at };
    await step
      .insertInto("saved_view")
      .values({ owner, name, ...row })
      .onConflict((conflict) => conflict.columns(["owner", "name"]).doUpdateSet(row))
      .execute();
    return ok(null);
  });
}

/** Forgets the view; nothing when there is none. */
export async function removeView(database: Database, owner: string, name: string): Promise<void> {
  await database.deleteFrom("saved_view").where("owner", "=", owner).where("name", "=", name).execute();
}
