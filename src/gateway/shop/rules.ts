import { isDeepStrictEqual } from "node:util";
import { audit } from "../audit/audit.ts";
import type { Configuration } from "../config.ts";
import type { GatewayParts } from "../parts.ts";
import { json } from "../store/database.ts";
import { rulesOf, sampleStores } from "../sample-shop/shop.ts";

/**
 * Sets what the owner's configuration says for every store, and all else as the house, or the sample shop, begins. Tills hear of it within a minute;
 * the audit log of what changed.
 */
export async function applyRules(
  parts: Pick<GatewayParts, "database" | "clock" | "random">,
  changed: NonNullable<Configuration["rules"]>,
): Promise<void> {
  await parts.database.transaction().execute(async (step) => {
    for (const row of await step.selectFrom("store").select(["id", "rules"]).orderBy("id").execute()) {
      const { id } = row;
      const sample = sampleStores.find((each) => each.id === id);
      const rules = { ...(sample === undefined ? {} : rulesOf(sample.id)), ...changed };
      if (isDeepStrictEqual(row.rules, JSON.parse(JSON.stringify(rules)))) continue;
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
