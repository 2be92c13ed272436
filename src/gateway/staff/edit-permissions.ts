import type { PermissionTables, RuleChange } from "../../contract/permissions.ts";
import { mayBeAlone, maySetLimit, ruleOf } from "../../domain/permissions.ts";
import { audit, wholeChain } from "../audit/audit.ts";
import type { GatewayParts } from "../parts.ts";
import { json, type Database } from "../store/database.ts";
import type { By } from "./edit-staff.ts";
import { asPermissions, permissionsIn } from "./permission-rules.ts";

/** What the chain and each of `stores` decided by themselves. */
export async function permissionTables(database: Database, stores: readonly string[]): Promise<PermissionTables> {
  const rows = await database.selectFrom("permission_rule").select(["store", "role", "act", "rule"]).execute();
  const of = (store: string) => asPermissions(rows.filter((row) => row.store === store));
  return { chain: of(wholeChain), stores: stores.map((store) => ({ store, own: of(store) })) };
}

/**
 * Why a rule may not be set by anybody: an owner who could no longer edit the table, or something that nobody ever does alone
 * (`books.md` 8).
 */
export function whyNever({ role, act, rule }: RuleChange): "locksOut" | "neverAlone" | null {
  if (rule?.alone !== null && rule?.alone !== undefined && !mayBeAlone(act)) return "neverAlone";
  if (rule !== null && !maySetLimit(act, rule.upTo)) return "neverAlone";
  const isOwners = role === "owner" && (act === "editPermissions" || act === "editStaff");
  return isOwners && rule?.upTo === "refused" ? "locksOut" : null;
}

/** Whether only the owner may set it: doing something alone is off until the owner says so. */
export async function isOwnersAlone(step: Database, { store, role, act, rule }: RuleChange): Promise<boolean> {
  const now = ruleOf(role, act, await permissionsIn(step, store ?? wholeChain)).alone;
  return JSON.stringify(now) !== JSON.stringify(rule?.alone ?? null);
}

/** Sets one rule, or takes it back; tills hear of it with their staff list. */
export async function setRule(
  step: Database,
  { clock, random }: Pick<GatewayParts, "clock" | "random">,
  { store, role, act, rule }: RuleChange,
  by: By,
): Promise<void> {
  const key = { store: store ?? wholeChain, role, act };
  const at = clock.now();
  const before = await step
    .selectFrom("permission_rule")
    .select("rule")
    .where("store", "=", key.store)
    .where("role", "=", role)
    .where("act", "=", act)
    .executeTakeFirst();
  await step
    .deleteFrom("permission_rule")
    .where("store", "=", key.store)
    .where("role", "=", role)
    .where("act", "=", act)
    .execute();
  if (rule !== null)
    await step
      .insertInto("permission_rule")
      .values({ ...key, rule: json(rule), set_by: by.who, set_at: at })
      .execute();
  await audit(step, random, {
    store: store ?? null,
    who: by.who,
    act: "permissionChanged",
    subject: `${role}/${act}`,
    before: before?.rule ?? null,
    after: rule,
    secondPerson: by.secondPerson,
    at,
  });
}
