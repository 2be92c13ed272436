import * as z from "zod/mini";
import { actField } from "./approval.ts";
import { roleField } from "./fields.ts";
import type { Permissions, Rule } from "../domain/permissions.ts";

/** Sizes are basis points or minor units; far above what anybody would allow. */
const sizeField = z.number().check(z.int(), z.gte(0), z.lte(100_000_000));
/** So many acts alone in one business day at most. */
export const timesAloneMax = 50;

export const ruleSchema = z.object({
  upTo: z.union([z.enum(["any", "never", "refused"]), sizeField]),
  alone: z.nullable(z.object({ each: sizeField, times: z.number().check(z.int(), z.gte(1), z.lte(timesAloneMax)) })),
}) satisfies z.ZodMiniType<Rule>;

const role = z.string();
const act = z.string();

/**
 * What a shop decides differently from the house's own table, by role and act. Roles, acts and rules that this build does not know
 * are left out: a gateway may be newer than its tills.
 */
export const permissionsField = z.pipe(
  z.record(role, z.record(act, z.unknown())),
  z.transform((raw): Permissions => {
    const kept: Record<string, Record<string, Rule>> = {};
    for (const [forRole, rules] of Object.entries(raw)) {
      if (!roleField.safeParse(forRole).success) continue;
      for (const [forAct, rule] of Object.entries(rules)) {
        const parsed = ruleSchema.safeParse(rule);
        if (actField.safeParse(forAct).success && parsed.success) (kept[forRole] ??= {})[forAct] = parsed.data;
      }
    }
    return kept as Permissions;
  }),
);

/** A store's rule, or the chain's (`store` null), for a role and an act; null takes it back to what holds above it. */
export const ruleChange = z.object({
  v: z.literal(1),
  store: z.optional(z.string().check(z.maxLength(64))),
  role: roleField,
  act: actField,
  rule: z.nullable(ruleSchema),
  approval: z.optional(z.string().check(z.maxLength(64))),
});
export type RuleChange = z.infer<typeof ruleChange>;

/** GET /v1/office/permissions: what each store, and the chain, decided differently from the house's table. */
export const permissionTables = z.object({
  chain: permissionsField,
  stores: z.array(z.object({ store: z.string(), own: permissionsField })),
});
export type PermissionTables = z.infer<typeof permissionTables>;
