import type { Instant } from "../../domain/clock.ts";
import type { ApprovalId, PaymentId, StaffId } from "../../domain/identifier.ts";
import type { Money } from "../../domain/money.ts";
import type { Act, StaffMember } from "../../domain/staff.ts";

/** Who may sign on here. */
export type Person = StaffMember & {
  readonly lockedUntil: Instant | null;
  /** Who had this person's PIN made and knows it. */
  readonly pinKnownTo: readonly StaffId[];
};

export type SignOnRefusal = "wrongPin" | "locked" | "listExpired" | "unknownPerson" | "badForm";
/** What became of choosing another PIN; `offline`: nobody answered, it may hold already. */
export type PinChange = "changed" | "offline" | "notNew" | SignOnRefusal;

/** People entitled could be asked on their phones; asked, until then; or it came to nothing. */
export type PhoneAsk =
  | { readonly kind: "offered" | "refused" | "over" | "notReached" }
  | { readonly kind: "asking"; readonly id: ApprovalId; readonly until: Instant };

/** A second person is needed for what the cashier may not do alone. */
export type SecondPersonCounter = {
  readonly kind: "secondPerson";
  readonly act: Act;
  /** How large it is: basis points of a reduction, or minor units. */
  readonly size: number;
  readonly amount: Money | null;
  readonly attempt: PaymentId | null;
  readonly refusal: SignOnRefusal | "notEntitled" | "knownPin" | null;
  /** The shop's table lets the cashier do it alone, with a reason. */
  readonly mayBeAlone?: boolean;
  /** It lets them so many times, and so many have been. */
  readonly aloneUsedUp?: number;
  /** Whether others can be asked on their phones, and what became of it. */
  readonly phone?: PhoneAsk;
};
