import type { ApprovalId, StaffId } from "./identifier.ts";
import type { Instant } from "./clock.ts";
import type { Money } from "./money.ts";

export type Role = "owner" | "manager" | "supervisor" | "cashier" | "accountant";

/** What a person may ask a till or the office to do. */
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
  /** 缴款: cash leaves a counted drawer, and another person has it in hand; sized by the money. */
  | "handOver"
  | "closeShift"
  | "reportShift"
  /** Record a payment that nobody could ask about. */
  | "unverifiedTender"
  /** Look at sums: in the office, and of an open shift what would tell the count. */
  | "seeFigures"
  | "seeAudit"
  /** Take files away: reports, bills, vouchers, the audit log. */
  | "exportBooks"
  /** Look at what another did alone, and say so. */
  | "reviewAlone"
  /** Count a safe. */
  | "countSafe"
  /** Take cash out of the safe to the bank, or bring it back; sized by the money. */
  | "depositCash"
  | "handInBill"
  | "activateTill"
  | "closeStore"
  /** Put a difference right that leaves nobody poorer; sized by the money. */
  | "mend"
  /** Give a difference up as a loss; sized by the money. */
  | "writeOff"
  | "correctRate"
  | "editStaff"
  | "editPermissions"
  | "lockMonth"
  | "editApiKeys"
  /** Stores, tills and payment accounts. */
  | "editShop"
  /** Put other keys, or another merchant, in the place of a payment account that has taken money. */
  | "replaceKeys"
  | "editProducts";

export type Permission = "allowed" | "secondPerson" | "alone" | "refused";

/** A person at this till as the list of the gateway names them; the name is for the screen only and never in the journal. */
export type StaffMember = { readonly id: StaffId; readonly name: string; readonly role: Role };

/** How a person was known to say yes; `alone` is one's own secret again, where the shop's table lets one (`books.md` 8). */
export type ApprovalMethod = "pin" | "password" | "passkey" | "alone";

/** A second person's yes to one act, used once. Never by the one who asks. */
export type Approval = {
  readonly id: ApprovalId;
  readonly act: Act;
  /** What it is for: a sale's or an attempt's id, or the session for a whole shift. */
  readonly subject: string;
  readonly amount: Money | null;
  /** How large the act was that was allowed: basis points of a reduction, else minor units. Approvals of older builds lack it. */
  readonly size?: number;
  /** Another person, or who asked where `method` is `alone`. */
  readonly by: StaffId;
  readonly method: ApprovalMethod;
  /** Why it was done alone. */
  readonly reason?: string;
  readonly at: Instant;
};

/** What the office's owner is called in an approval where no staff id is theirs. */
export const officeOwner = "owner" as StaffId;

/** Wrong PINs before a person is locked out. */
export const pinTriesMax = 5;
export const pinLengthMin = 6;
export const pinLengthMax = 12;
const lockBaseMs = 60_000;
const lockMaxMs = 3_600_000;

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
