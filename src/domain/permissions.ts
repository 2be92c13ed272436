import type { StaffId } from "./identifier.ts";
import type { Act, Approval, Permission, Role, StaffMember } from "./staff.ts";

/** Up to where a role does an act by itself: any size, up to a size (basis points, or minor units), or never alone. */
export type Limit = "any" | number | "never" | "refused";

/**
 * What a role may. Beyond `upTo` another person is needed; where `alone` is set, one may go without up to `each`, so many `times` a
 * business day, with one's own secret again and a reason.
 */
export type Rule = {
  readonly upTo: Limit;
  readonly alone: { readonly each: number; readonly times: number } | null;
};

/** What a shop decides differently from the house's own table. */
export type Permissions = { readonly [R in Role]?: { readonly [A in Act]?: Rule } };

type Row = { readonly [R in Role]: Limit };

const sellers = (cashier: Limit, supervisor: Limit, manager: Limit, owner: Limit = manager): Row => ({
  cashier,
  supervisor,
  manager,
  owner,
  accountant: "refused",
});
const readers = (supervisor: Limit, manager: Limit, accountant: Limit): Row => ({
  cashier: "refused",
  supervisor,
  manager,
  owner: "any",
  accountant,
});
const changers = (manager: Limit, owner: Limit): Row => ({
  cashier: "refused",
  supervisor: "refused",
  manager,
  owner,
  accountant: "refused",
});

/** Who does what alone; sizes are the shop's until it sets its own. */
const table: { readonly [A in Act]: Row } = {
  sell: sellers("any", "any", "any"),
  reprint: sellers("any", "any", "any"),
  voidSale: sellers("any", "any", "any"),
  sellOnFragileStorage: sellers("never", "never", "never"),
  freeAttemptOffline: sellers("never", "never", "never"),
  discount: sellers(1_000, 3_000, "any"),
  overridePrice: sellers("never", 3_000, "any"),
  return: sellers("never", 50_000, "any"),
  cashForElectronic: sellers("never", "never", "never"),
  returnTender: sellers("never", 50_000, "any"),
  cashForEmpties: sellers(5_000, 50_000, "any"),
  paidIn: sellers("any", "any", "any"),
  paidOut: sellers("never", 50_000, "any"),
  openDrawer: sellers("never", "any", "any"),
  recount: sellers("never", "never", "never"),
  handOver: sellers("never", "never", "never"),
  closeShift: sellers("any", "any", "any"),
  reportShift: sellers("any", "any", "any"),
  unverifiedTender: sellers("any", "any", "any"),
  seeFigures: readers("any", "any", "any"),
  seeAudit: readers("refused", "any", "any"),
  exportBooks: readers("refused", "any", "any"),
  reviewAlone: readers("refused", "any", "any"),
  countSafe: changers("never", "never"),
  depositCash: changers(2_000_000, "any"),
  handInBill: changers("any", "any"),
  activateTill: changers("any", "any"),
  closeStore: changers("any", "any"),
  mend: changers("never", "never"),
  writeOff: changers("never", "never"),
  correctRate: changers("never", "never"),
  editStaff: changers("never", "never"),
  editPermissions: changers("never", "never"),
  lockMonth: changers("never", "any"),
  editApiKeys: changers("refused", "any"),
  editShop: changers("refused", "any"),
  replaceKeys: changers("refused", "never"),
  editProducts: changers("any", "any"),
};

const atTheCounter: readonly Role[] = ["owner", "manager", "supervisor"];
const inTheOffice: readonly Role[] = ["owner", "manager"];
const withTheBooks: readonly Role[] = ["owner", "manager", "accountant"];

/** Roles whose yes counts when another person asks for it; acts that nobody is asked about are missing. */
const approvers: { readonly [A in Act]?: readonly Role[] } = {
  sellOnFragileStorage: atTheCounter,
  freeAttemptOffline: atTheCounter,
  discount: atTheCounter,
  overridePrice: atTheCounter,
  return: atTheCounter,
  cashForElectronic: atTheCounter,
  returnTender: atTheCounter,
  cashForEmpties: atTheCounter,
  paidOut: atTheCounter,
  openDrawer: atTheCounter,
  recount: atTheCounter,
  handOver: atTheCounter,
  unverifiedTender: atTheCounter,
  mend: withTheBooks,
  writeOff: withTheBooks,
  correctRate: withTheBooks,
  lockMonth: withTheBooks,
  countSafe: withTheBooks,
  depositCash: inTheOffice,
  handInBill: inTheOffice,
  closeStore: inTheOffice,
  editStaff: inTheOffice,
  editPermissions: inTheOffice,
  activateTill: inTheOffice,
  editApiKeys: ["owner"],
  editShop: ["owner"],
  replaceKeys: withTheBooks,
  editProducts: inTheOffice,
};

/**
 * Acts that are two people's whatever their size (`books.md` 4 and 8): one asks, another agrees. A table may only take them from a
 * role, or say when one goes without.
 */
export const alwaysTwo: ReadonlySet<Act> = new Set<Act>([
  "writeOff",
  "editStaff",
  "editPermissions",
  "mend",
  "correctRate",
  "countSafe",
  "replaceKeys",
]);

/** Whether a table may let a role do `act` by itself up to `upTo`. */
export function maySetLimit(act: Act, upTo: Limit): boolean {
  return !alwaysTwo.has(act) || upTo === "never" || upTo === "refused";
}

/** What is done at a till; all else is the office's. */
export const tillActs: ReadonlySet<Act> = new Set<Act>([
  "sell",
  "reprint",
  "voidSale",
  "sellOnFragileStorage",
  "freeAttemptOffline",
  "discount",
  "overridePrice",
  "return",
  "cashForElectronic",
  "returnTender",
  "cashForEmpties",
  "paidIn",
  "paidOut",
  "openDrawer",
  "recount",
  "handOver",
  "closeShift",
  "reportShift",
  "unverifiedTender",
]);

/**
 * Whether a table may let somebody do `act` alone where another person is the rule (`books.md` 8): what is done at a till, with one's
 * own PIN again. What is done in the office waits for another person, who may be anywhere.
 */
export function mayBeAlone(act: Act): boolean {
  return tillActs.has(act);
}

/** Acts that come in one size: asked for with none, so that any limit would let them all through. */
export const withoutSize: ReadonlySet<Act> = new Set<Act>([
  "sellOnFragileStorage",
  "freeAttemptOffline",
  "openDrawer",
  "recount",
]);

/** The house's own rule, which holds until a shop sets another. */
export function usualRule(role: Role, act: Act): Rule {
  return { upTo: table[act][role], alone: null };
}

/** The rule that holds for `role` and `act` where a shop decided `shop`. */
export function ruleOf(role: Role, act: Act, shop: Permissions = {}): Rule {
  return shop[role]?.[act] ?? usualRule(role, act);
}

/**
 * Whether `role` may do `act` of this `size` by itself, with a second person (`alone`: or without one, as its rule says), or not at
 * all.
 */
export function permits(role: Role, act: Act, size = 0, shop: Permissions = {}): Permission {
  const { upTo, alone } = ruleOf(role, act, shop);
  if (upTo === "refused") return "refused";
  // a rule that an earlier build still took gives nobody such an act alone
  const isWithin = upTo === "any" || (upTo !== "never" && size <= upTo);
  if (isWithin && maySetLimit(act, upTo)) return "allowed";
  return alone !== null && mayBeAlone(act) && size <= alone.each ? "alone" : "secondPerson";
}

/** Whether a yes from `role` counts for `act` of this `size`. */
export function countsAsYes(role: Role, act: Act, size: number, shop: Permissions = {}): boolean {
  if (approvers[act]?.includes(role) !== true) return false;
  const { upTo } = ruleOf(role, act, shop);
  if (typeof upTo === "number") return size <= upTo;
  // whose yes the house counts though the act is only others' keeps it: who keeps the books, a manager for a merchant's keys
  return upTo !== "refused" || usualRule(role, act).upTo === "refused";
}

/**
 * Whether `by` may approve `act` of this `size` for `asker`: an entitled role by the shop's table, and never oneself.
 */
export function mayApprove(by: StaffMember, asker: StaffId, act: Act, size = 0, shop: Permissions = {}): boolean {
  return by.id !== asker && countsAsYes(by.role, act, size, shop);
}

/**
 * Whether an approval is a yes to `act` of `size` that `asker` asked for: somebody else's whose role counts, or the asker's own where
 * the table lets one do it alone. How often that may be in a day is counted by who keeps the list.
 *
 * @param role of `approval.by`
 */
export function isYesOf(
  approval: Pick<Approval, "by" | "method">,
  role: Role,
  asker: StaffId,
  act: Act,
  size: number,
  shop: Permissions = {},
): boolean {
  if (approval.method === "alone") return approval.by === asker && permits(role, act, size, shop) === "alone";
  return mayApprove({ id: approval.by, name: "", role }, asker, act, size, shop);
}

/** Whether `role` does anything at a till, if only with another or by a yes to what others ask. */
export function worksAtTill(role: Role, shop: Permissions = {}): boolean {
  return [...tillActs].some((act) => ruleOf(role, act, shop).upTo !== "refused");
}

/** Acts that another person can be asked about. */
export function asksSecondPerson(act: Act): boolean {
  return approvers[act] !== undefined;
}

/** A store's own decisions over the chain's: rule by rule. */
export function permissionsOver(chain: Permissions, store: Permissions): Permissions {
  const roles = new Set([...Object.keys(chain), ...Object.keys(store)]) as ReadonlySet<Role>;
  return Object.fromEntries([...roles].map((role) => [role, { ...chain[role], ...store[role] }]));
}
