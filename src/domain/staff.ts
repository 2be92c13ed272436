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
  | "freeAttemptOffline";

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

const table: { readonly [A in Act]: { readonly [R in Role]: Permission } } = {
  sell: { owner: "allowed", manager: "allowed", supervisor: "allowed", cashier: "allowed", accountant: "refused" },
  reprint: { owner: "allowed", manager: "allowed", supervisor: "allowed", cashier: "allowed", accountant: "refused" },
  voidSale: { owner: "allowed", manager: "allowed", supervisor: "allowed", cashier: "allowed", accountant: "refused" },
  sellOnFragileStorage: {
    owner: "secondPerson",
    manager: "secondPerson",
    supervisor: "secondPerson",
    cashier: "secondPerson",
    accountant: "refused",
  },
  freeAttemptOffline: {
    owner: "secondPerson",
    manager: "secondPerson",
    supervisor: "secondPerson",
    cashier: "secondPerson",
    accountant: "refused",
  },
};

/** Roles whose yes counts when another person asks for it. */
const approvers: { readonly [A in Act]: readonly Role[] } = {
  sell: [],
  reprint: [],
  voidSale: [],
  sellOnFragileStorage: ["owner", "manager", "supervisor"],
  freeAttemptOffline: ["owner", "manager", "supervisor"],
};

/** Whether `role` may do `act` by itself, with a second person, or not at all. */
export function permits(role: Role, act: Act): Permission {
  return table[act][role];
}

/** Whether `by` may approve `act` for `asker`: an entitled role, and never oneself. */
export function mayApprove(by: StaffMember, asker: StaffId, act: Act): boolean {
  return by.id !== asker && approvers[act].includes(by.role);
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
