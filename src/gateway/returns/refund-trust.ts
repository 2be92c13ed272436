import type { PaymentId, RefundId, SaleId, StaffId } from "../../domain/identifier.ts";
import type { CompletedSale, EntryEnvelope } from "../../domain/journal.ts";
import { plainRules, type ShopRules } from "../../domain/shop-rules.ts";
import { isYesOf, permits, type Permissions } from "../../domain/permissions.ts";
import type { Act, Approval, Role } from "../../domain/staff.ts";
import type { Carried } from "../../domain/returns.ts";
import { sql } from "kysely";
import type { Attempt } from "../payments/attempt.ts";
import type { Database } from "../store/database.ts";
import { permissionsIn } from "../staff/permission-rules.ts";
import { rolesIn } from "../staff/roles.ts";

/**
 * Why a refund that a till promised is not sent: its original has not arrived; more came back than was left; the payment is none
 * of the original's; nobody who may has agreed; the till's word is good for no more on this day.
 */
export type Doubt = "originalUnknown" | "aboveLeft" | "notOfOriginal" | "noSecondPerson" | "capReached";

/** How far a till's promise is believed: the gateway saw the second person itself, or it has the till's word alone. */
export type Trust = "seen" | "word" | "none";

/** Money that a till's entry promises back to a payer; minor units. */
type Asked = { readonly attempt: PaymentId; readonly amount: number };

/**
 * Whether somebody who may agreed to a return: in its claim, where the gateway checked role and PIN (`trust.md`, People), else by
 * the till's own word.
 */
export async function trustInReturn(
  step: Database,
  entry: EntryEnvelope,
  { sale, approvals }: Pick<CompletedSale, "sale" | "approvals">,
  original: SaleId,
  asked: readonly Asked[],
): Promise<Trust> {
  if (await isSeen(step, entry, original, sale.id, asked)) return "seen";
  const whole = asked.reduce((all, each) => all + each.amount, 0);
  return (await isAgreed(step, entry, "return", whole, sale.id, approvals)) ? "word" : "none";
}

/** Whether this till's claim on `original` (a sale, or a payment that is taken off) holds all of `asked` for `sale`. */
export async function isSeen(
  step: Database,
  { store, till }: Pick<EntryEnvelope, "store" | "till">,
  original: SaleId | PaymentId,
  sale: SaleId,
  asked: readonly Asked[],
): Promise<boolean> {
  const claim = await step
    .selectFrom("return_claim")
    .select("parts")
    .where("store", "=", store)
    .where("original", "=", original)
    .where("sale", "=", sale)
    .where("till", "=", till)
    .executeTakeFirst();
  return claim !== undefined && covers(claim.parts as readonly Carried[], asked);
}

function covers(parts: readonly Carried[], asked: readonly Asked[]): boolean {
  return asked.every(({ attempt, amount }) =>
    parts.some((part) => part.kind === "payment" && part.attempt === attempt && part.amount.amount >= amount),
  );
}

/** Whether the seller may do it alone, or the entry names somebody else who may, for this very sale; `size` in minor units. */
export async function isAgreed(
  step: Database,
  { store, staff }: Pick<EntryEnvelope, "store" | "staff">,
  act: Act,
  size: number,
  subject: SaleId,
  approvals: readonly Approval[],
): Promise<boolean> {
  const roles = await rolesIn(step, store);
  const role = staff === null ? null : (roles.get(staff) ?? null);
  if (staff === null || role === null) return false;
  const shop = await permissionsIn(step, store);
  if (permits(role, act, size, shop) === "allowed") return true;
  const isYes = (approval: Approval): boolean => isYesTo(approval, roles.get(approval.by), staff, { act, size, shop });
  return approvals.some((approval) => approval.subject === subject && isYes(approval));
}

function isYesTo(
  approval: Approval,
  role: Role | undefined,
  asker: StaffId,
  { act, size, shop }: { readonly act: Act; readonly size: number; readonly shop: Permissions },
): boolean {
  if (role === undefined || approval.act !== act || (approval.size ?? size) < size) return false;
  return isYesOf(approval, role, asker, act, size, shop);
}

/** Whether `amount` more on this till's word stays below what it is trusted with in one business day. */
export async function isWithinTrust(
  step: Database,
  { store, till, businessDate }: Pick<EntryEnvelope, "store" | "till" | "businessDate">,
  refund: RefundId | null,
  amount: number,
): Promise<boolean> {
  const { rules } = await step.selectFrom("store").select("rules").where("id", "=", store).executeTakeFirstOrThrow();
  const { refundsOnTrust } = { ...plainRules, ...(rules as Partial<ShopRules>) };
  const { sent } = await step
    .selectFrom("refund")
    .select(sql<number>`coalesce(sum(amount), 0)::bigint`.as("sent"))
    .where("store", "=", store)
    .where("till", "=", till)
    .where("business_date", "=", businessDate ?? "")
    .where("id", "<>", refund ?? "")
    .where(sql<boolean>`memo->>'onTrust' = 'true'`)
    .executeTakeFirstOrThrow();
  return sent + amount <= refundsOnTrust.day;
}

/** Whether a payment stands on a sale of this till that is still open: only there may its money be taken off again. */
export async function isOpenTender(
  step: Database,
  entry: Pick<EntryEnvelope, "store" | "till">,
  attempt: Attempt,
  sale: SaleId,
): Promise<boolean> {
  if (attempt.till !== entry.till || attempt.sale !== sale) return false;
  return !(await isCounted(step, entry.store, attempt.id));
}

/** Whether a completed sale counts this payment among its tenders. */
export async function isCounted(step: Database, store: string, attempt: PaymentId): Promise<boolean> {
  const row = await step
    .selectFrom("sale_tender")
    .select("sale")
    .where("store", "=", store)
    .where("attempt", "=", attempt)
    .where("kind", "=", "payment")
    .executeTakeFirst();
  return row !== undefined;
}
