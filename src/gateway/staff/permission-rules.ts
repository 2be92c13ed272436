import { permissionsField } from "../../contract/permissions.ts";
import { permissionsOver, type Permissions } from "../../domain/permissions.ts";
import { wholeChain } from "../audit/audit.ts";
import type { Database } from "../store/database.ts";

/** What `store` decides differently from the house's table: the chain's rules with its own in front. */
export async function permissionsIn(step: Database, store: string): Promise<Permissions> {
  const rows = await step
    .selectFrom("permission_rule")
    .select(["store", "role", "act", "rule"])
    .where("store", "in", [wholeChain, store])
    .execute();
  const of = (which: string): Permissions => asPermissions(rows.filter((row) => row.store === which));
  return permissionsOver(of(wholeChain), of(store));
}

/** Rows as a table; what this build does not know is left out. */
export function asPermissions(
  rows: readonly { readonly role: string; readonly act: string; readonly rule: unknown }[],
): Permissions {
  const raw: Record<string, Record<string, unknown>> = {};
  for (const { role, act, rule } of rows) (raw[role] ??= {})[act] = rule;
  const parsed = permissionsField.safeParse(raw);
  return parsed.success ? parsed.data : {};
}
