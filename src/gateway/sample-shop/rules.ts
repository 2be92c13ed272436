import type { Configuration } from "../config.ts";
import { json, type Database } from "../store/database.ts";
import { rulesOf, sampleStores } from "./shop.ts";

/** Sets what the owner's configuration says for every store, and all else as the sample shop began. Tills hear of it within a minute. */
export async function applyRules(database: Database, changed: NonNullable<Configuration["rules"]>): Promise<void> {
  for (const { id } of sampleStores) {
    const rules = json({ ...rulesOf(id), ...changed });
    await database.updateTable("store").set({ rules }).where("id", "=", id).execute();
  }
}
