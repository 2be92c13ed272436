import { sql } from "kysely";
import type { MendingParameters } from "../../contract/mending.ts";
import { permitsInOffice } from "../office/entitled.ts";
import { storesOf } from "../bills/account-stores.ts";
import type { MendingAction } from "../../domain/reconciliation/mending.ts";
import type { Act } from "../../domain/staff.ts";
import type { About } from "../approvals/approval.ts";
import type { OfficePass } from "../routes/passes.ts";
import type { MendingRow } from "../store/mending-tables.ts";
import type { Database } from "../store/database.ts";

type Named = { readonly store: string; readonly id: string };
/** What is about the whole account: its bills, payouts and what came of them. */
const wholeSides: readonly string[] = ["bill", "payout"];

/** What the table of who may do what calls an action. */
export function actOf(action: MendingAction): Act {
  if (action === "writeOff" || action === "chargeToStaff") return "writeOff";
  return action === "correctRate" ? "correctRate" : "mend";
}

/**
 * What mending `items` is about: their stores, all of an account's where it is about the whole account, that of the row which a tender is
 * paired with, and the chain where it changes what an account costs, as on the rates' own page.
 */
export async function aboutMending(
  step: Database,
  action: MendingAction,
  items: readonly Named[],
  { row: paired }: Pick<MendingParameters, "row">,
): Promise<About> {
  if (action === "correctRate") return null;
  const { rows } = await sql<{ readonly store: string; readonly account: string; readonly side: string }>`
    select distinct d.store, d.account, d.side from difference d
    join unnest(${items.map(({ store }) => store)}::text[], ${items.map(({ id }) => id)}::text[]) as w (store, id)
      on w.store = d.store and w.id = d.id
  `.execute(step);
  const stores = new Set<string>();
  for (const { store, account, side } of rows)
    for (const each of wholeSides.includes(side) ? await storesOf(step, { account, store }) : [store]) stores.add(each);
  if (action === "pair" && paired !== undefined)
    for (const row of rows) for (const each of await storesOfRow(step, row, paired)) stores.add(each);
  return [...stores];
}

/** Where a row of an account's stands: pairing posts there too. */
async function storesOfRow(
  step: Database,
  of: { readonly account: string; readonly store: string },
  number: string,
): Promise<readonly string[]> {
  const rows = await step
    .selectFrom("bill_row")
    .select("store")
    .distinct()
    .where("store", "in", await storesOf(step, of))
    .where("account", "=", of.account)
    .where("side", "=", "payment")
    .where("number", "=", number)
    .where("own", "=", false)
    .where("gone_with", "is", null)
    .execute();
  return rows.map(({ store }) => store);
}

/** The same of what was proposed. */
export async function aboutProposal(step: Database, { store, id, action, parameters }: MendingRow): Promise<About> {
  const items = await step
    .selectFrom("mending_item")
    .select(["difference_store as store", "difference as id"])
    .where("store", "=", store)
    .where("mending", "=", id)
    .execute();
  return aboutMending(step, action as MendingAction, items, parameters as MendingParameters);
}

/** Whether somebody may propose it: in each of the stores, if only with another's yes. */
export function mayMend(pass: Pick<OfficePass, "roles" | "permissions">, action: MendingAction, about: About): boolean {
  const stores = about === null ? [...pass.permissions.keys()] : typeof about === "string" ? [about] : about;
  return stores.every((store) =>
    ["mend" as const, actOf(action)].every((act) => permitsInOffice(pass, store, act) !== "refused"),
  );
}
