import type { ApprovalId, StaffId } from "./identifier.ts";
import type { Instant } from "./clock.ts";
import type { Money } from "./money.ts";

export type Role = "owner" | "manager" | "supervisor" | "cashier" | "accountant";

/** What a person may ask a till to do. */
export type Act =
  | "sell"
  | "reprint"
  | "voidSale"
  /** Sell for cash offline although the browser may drop the till's storage (for the rest of the shift). */
  | "sellOnFragileStorage"
  /** Free a sale from a payment in doubt while the gateway is out of reach: a promise of refund. */
  | "freeAttemptOffline"
  /** Sized by how much is taken off, in basis points. */
  | "discount"
  | "overridePrice"
  /** Take goods back, or money off a sale that is over. Sized by the money that goes back. */
  | "return"
  /** Give electronic money back as cash. */
  | "cashForElectronic"
  /** Take a captured tender off an open sale. */
  | "returnTender"
  /** Pay out cash for empties alone. */
  | "cashForEmpties"
  | "paidIn"
  | "paidOut"
  | "openDrawer"
  | "recount"
  | "closeShift"
  | "reportShift"
  /** Record a payment that nobody could ask about. */
  | "unverifiedTender";

export type Permission = "allowed" | "secondPerson" | "alone" | "refused";

/** A person at this till as the list of the gateway names them; the name is for the screen only and never in the journal. */
export type StaffMember = { readonly id: StaffId; readonly name: string; readonly role: Role };

/** A second person's yes to one act, used once. Never by the one who asks. */
export type Approval = {
  readonly id: ApprovalId;
  readonly act: Act;
  /** What it is for: a sale's or an attempt's id, or the session for a whole shift. */
  readonly subject: string;
  readonly amount: Money | null;
  /** How large the act was that was allowed: basis points of a reduction, else minor units. Approvals of older builds lack it. */
  readonly size?: number;
  readonly by: StaffId;
  readonly method: "pin";
  readonly at: Instant;
};

/** Wrong PINs before a person is locked out. */
export const pinTriesMax = 5;
export const pinLengthMin = 6;
export const pinLengthMax = 12;
const lockBaseMs = 60_000;
const lockMaxMs = 3_600_000;

/** Up to where a role does an act by itself: any size, up to a size (basis points, or minor units), or never alone. */
type Limit = "any" | number | "never" | "refused";
type Row = { readonly [R in Role]: Limit };

const sellers = (cashier: Limit, supervisor: Limit, manager: Limit, owner: Limit = manager): Row => ({
  cashier,
  supervisor,
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
  closeShift: sellers("any", "any", "any"),
  reportShift: sellers("any", "any", "any"),
  unverifiedTender: sellers("any", "any", "any"),
};

/** Roles whose yes counts when another person asks for it; a size above their own limit needs a higher one. */
const approverRoles: readonly Role[] = ["owner", "manager", "supervisor"];
const needsNobody: ReadonlySet<Act> = new Set<Act>([
  "sell",
  "reprint",
  "voidSale",
  "paidIn",
  "closeShift",
  "reportShift",
]);

/** Whether `role` may do `act` of this `size` by itself, with a second person, or not at all. */
export function permits(role: Role, act: Act, size = 0): Permission {
  const limit = table[act][role];
  if (limit === "refused") return "refused";
  if (limit === "any") return "allowed";
  return limit !== "never" && size <= limit ? "allowed" : "secondPerson";
}

/** Whether `by` may approve `act` of this `size` for `asker`: an entitled role, and never oneself. */
export function mayApprove(by: StaffMember, asker: StaffId, act: Act, size = 0): boolean {
  if (by.id === asker || needsNobody.has(act) || !approverRoles.includes(by.role)) return false;
  const limit = table[act][by.role];
  return typeof limit === "number" ? size <= limit : limit !== "refused";
}

/** Until when a person is locked after `wrongTries` wrong PINs in a row, the last at `at`; null while tries are left. Grows twofold. */
export function lockedUntil(wrongTries: number, at: Instant): Instant | null {
  if (wrongTries < pinTriesMax || wrongTries % pinTriesMax !== 0) return null;
  const rounds = wrongTries / pinTriesMax - 1;
  return (at + Math.min(lockBaseMs * 2 ** rounds, lockMaxMs)) as Instant;
}

/** True for a PIN of the right form: digits only, six or more. */
export function isPinForm(pin: string): boolean {
  return /^\d+$/.test(pin) && pin.length >= pinLengthMin && pin.length <= pinLengthMax;
}
