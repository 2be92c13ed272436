import { isDeepStrictEqual } from "node:util";
import { audit } from "../audit/audit.ts";
import type { Configuration } from "../config.ts";
import type { GatewayParts } from "../parts.ts";
import { json } from "../store/database.ts";
import { rulesOf, sampleStores } from "./shop.ts";

/**
 * Sets what the owner's configuration says for every store, and all else as the sample shop began. Tills hear of it within a minute;
 * the audit log of what changed.
 */
export async function applyRules(
  parts: Pick<GatewayParts, "database" | "clock" | "random">,
  changed: NonNullable<Configuration["rules"]>,
): Promise<void> {
  await parts.database.transaction().execute(async (step) => {
    for (const { id } of sampleStores) {
      const rules = { ...rulesOf(id), ...changed };
      const row = await step.selectFrom("store").select("rules").where("id", "=", id).executeTakeFirst();
      if (row === undefined || isDeepStrictEqual(row.rules, JSON.parse(JSON.stringify(rules)))) continue;
      await step
        .updateTable("store")
        .set({ rules: json(rules) })
        .where("id", "=", id)
        .execute();
      const entry = {
        store: id,
        who: null,
        act: "rulesChanged",
        subject: id,
        before: row.rules,
        after: rules,
      } as const;
      await audit(step, parts.random, { ...entry, at: parts.clock.now() });
    }
  });
}
