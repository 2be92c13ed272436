import { countsAsYes, type Permissions } from "../../domain/permissions.ts";
import type { Act, Role } from "../../domain/staff.ts";
import { wholeChain } from "../audit/audit.ts";
import { ownerId } from "../office/owner.ts";
import { permissionsIn } from "../staff/permission-rules.ts";
import type { Database } from "../store/database.ts";
import type { ApprovalRow } from "../store/staff-tables.ts";

/** What somebody is asked to agree to, as far as it says whose yes counts. */
export type AskedOf = Pick<ApprovalRow, "store" | "act" | "size" | "asked_by"> &
  Partial<Pick<ApprovalRow, "stores" | "leaving">>;

/** Who says yes or no, with a role in each store. */
export type Decider = {
  /** `owner` or a staff id; of an owner who has one, the staff id. */
  readonly id: string;
  readonly roleIn: (store: string) => Role | null;
};

/** How widely somebody's yes counts: in every store that it is about, in some of them, in another of the chain. Widest first. */
const reaches = ["every", "some", "elsewhere"] as const;
export type Reach = (typeof reaches)[number];

/** The chain's stores with their tables, and every role at a till. */
export type Chain = {
  readonly stores: readonly string[];
  readonly tables: ReadonlyMap<string, Permissions>;
  readonly roles: ReadonlyMap<string, ReadonlyMap<string, Role>>;
};

/**
 * What gives power over the chain, whichever store it is about: where nobody counts there, somebody of another store does. Else the
 * first person of a new store would be the owner's own making, and that person's yes as well.
 */
export const ofTheChain: readonly Act[] = ["editStaff", "editPermissions", "replaceKeys", "correctRate"];

/** Reads what `reachOf` judges by. */
export async function readChain(step: Database): Promise<Chain> {
  const stores = (await step.selectFrom("store").select("id").orderBy("id").execute()).map(({ id }) => id);
  const tables = new Map<string, Permissions>();
  for (const store of stores) tables.set(store, await permissionsIn(step, store));
  const roles = new Map<string, Map<string, Role>>();
  const rows = await step
    .selectFrom("staff_role")
    .innerJoin("staff", "staff.id", "staff_role.staff")
    .select(["staff_role.staff", "staff_role.store", "staff_role.role"])
    .where("staff.left_at", "is", null)
    .execute();
  for (const { staff, store, role } of rows)
    roles.set(staff, (roles.get(staff) ?? new Map<string, Role>()).set(store, role as Role));
  return { stores, tables, roles };
}

/** The stores that it is about. */
export function storesAbout(chain: Pick<Chain, "stores">, { store, stores }: AskedOf): readonly string[] {
  return store === wholeChain ? (stores ?? chain.stores) : [store];
}

/** How widely `by`'s yes counts; null: not at all, and never one's own or that of who is being let go. */
export function reachOf(chain: Chain, asked: AskedOf, by: Decider): Reach | null {
  if (by.id === asked.asked_by || by.id === asked.leaving) return null;
  const counts = (store: string): boolean => {
    const role = by.roleIn(store);
    if (role === null || isSameOwner(chain, store, role, by.id, asked.asked_by)) return false;
    return countsAsYes(role, asked.act as Act, asked.size, chain.tables.get(store));
  };
  const about = storesAbout(chain, asked);
  if (about.every(counts)) return "every";
  if (about.some(counts)) return "some";
  return ofTheChain.includes(asked.act as Act) && chain.stores.some(counts) ? "elsewhere" : null;
}

/** The widest reach that anybody of `people` has; null where nobody's yes counts. */
export function widestOf(chain: Chain, asked: AskedOf, people: readonly Decider[]): Reach | null {
  const found = new Set(people.map((by) => reachOf(chain, asked, by)));
  return reaches.find((reach) => found.has(reach)) ?? null;
}

/** An owner without a till's PIN and somebody whose role is owner at the till are taken for one person: nobody says yes to oneself. */
function isSameOwner(chain: Chain, store: string, role: Role, by: string, asker: string): boolean {
  if (role !== "owner" || (by !== ownerId && asker !== ownerId)) return false;
  return asker === ownerId || chain.roles.get(asker)?.get(store) === "owner";
}
