import { claimMs, type ReturnClaim, type ReturnClaimAnswer } from "../../contract/returns.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import { tagOf, type SaleId, type StaffId } from "../../domain/identifier.ts";
import { linesLeft, tendersLess, type Carried, type ReturnedLine } from "../../domain/returns.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { Act, Approval } from "../../domain/staff.ts";
import type { GatewayParts } from "../parts.ts";
import type { TillPass } from "../routes/passes.ts";
import { inTransactionAgain } from "../store/again.ts";
import { json, type Database } from "../store/database.ts";
import { isWith } from "../held/held-with.ts";
import { soldOf } from "./find-sales.ts";
import { checkSecondPerson, type SecondPersonRefusal } from "./second-person.ts";

type Parts = Pick<GatewayParts, "clock" | "random" | "database" | "keys">;
export type ClaimRefusal =
  | { readonly kind: "notFound" | "otherTag" | "nothingLeft" | "heldElsewhere" }
  | SecondPersonRefusal;

/**
 * Holds a part of a completed sale for one return against every other till, and checks the second person where the asker may
 * not do it alone. The original's row is locked, so that two tills are answered one after the other.
 *
 * @param asker who is signed on at the till, as it says
 */
export async function claimReturn(
  parts: Parts,
  till: TillPass,
  asker: StaffId,
  claim: ReturnClaim,
): Promise<Result<ReturnClaimAnswer, ClaimRefusal>> {
  if (tagOf(claim.sale) !== till.tag && !(await wasHandedTo(parts.database, till, claim.sale)))
    return refuse({ kind: "otherTag" });
  const asked = { asker, approval: claim.approval, subject: claim.sale, amount: claim.back };
  const approved = await checkSecondPerson(parts, till.store, actsOf(claim), asked);
  if (!approved.ok) return approved;
  const at = parts.clock.now();
  const expiresAt = plusMs(at, claimMs);
  const held = await inTransactionAgain(parts.database, (step) =>
    hold(step, till, claim, approved.value, at, expiresAt),
  );
  return held.ok ? ok({ approval: approved.value, expiresAt }) : held;
}

/** A held ticket with goods coming back keeps its number at the till that took it up. */
async function wasHandedTo(database: Database, till: TillPass, sale: SaleId): Promise<boolean> {
  const row = await database
    .selectFrom("held_sale")
    .select("id")
    .where("store", "=", till.store)
    .where("id", "=", sale)
    .where(isWith(till.id))
    .executeTakeFirst();
  return row !== undefined;
}

async function hold(
  step: Database,
  till: TillPass,
  claim: ReturnClaim,
  approval: Approval | null,
  at: Instant,
  expiresAt: Instant,
): Promise<Result<null, ClaimRefusal>> {
  const row = await step
    .selectFrom("sale")
    .select(["body", "currency"])
    .where("store", "=", till.store)
    .where("id", "=", claim.original)
    .where("state", "=", "completed")
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return refuse({ kind: "notFound" });
  const sold = await soldOf(step, till.store, row.body);
  const others = await claimsOf(step, till, claim, at);
  if (!isThere(sold, [], claim)) return refuse({ kind: "nothingLeft" });
  if (!isThere(sold, others, claim)) return refuse({ kind: "heldElsewhere" });
  await step
    .insertInto("return_claim")
    .values({
      store: till.store,
      original: claim.original,
      sale: claim.sale,
      till: till.id,
      lines: json(claim.lines),
      parts: json(claim.parts),
      approval: json(approval),
      at,
      expires_at: expiresAt,
    })
    .onConflict((conflict) =>
      conflict.columns(["store", "original", "sale"]).doUpdateSet({
        till: till.id,
        lines: json(claim.lines),
        parts: json(claim.parts),
        approval: json(approval),
        at,
        expires_at: expiresAt,
      }),
    )
    .execute();
  return ok(null);
}

/** Whether what is asked for is left of the sale, beside what `others` hold of it. */
function isThere(sold: Awaited<ReturnType<typeof soldOf>>, others: readonly Claimed[], claim: ReturnClaim): boolean {
  const { sale, tenders } = sold.body;
  const original = { ...sale, tenders, currency: sale.total.currency };
  const lines = linesLeft(original, [...sold.returned, ...others.flatMap((each) => each.lines)]);
  const isTooMuch = claim.lines.some((asked) => {
    const left = lines.find((each) => each.line.line === asked.line);
    return left === undefined || asked.thousandths > left.quantity.thousandths || asked.amount > left.amount.amount;
  });
  const leftOver = tendersLess(sold.left, [...others.flatMap((each) => each.parts), ...claim.parts]);
  return !isTooMuch && leftOver.every((each) => each.left.amount >= 0);
}

type Claimed = { readonly lines: readonly ReturnedLine[]; readonly parts: readonly Carried[] };

/**
 * What returns at other tills hold at this moment. A till's own earlier claim, of a ticket that it threw away or has in another
 * window, holds nothing against it: its ledger knows what it has given back.
 */
async function claimsOf(step: Database, till: TillPass, claim: ReturnClaim, at: Instant): Promise<Claimed[]> {
  const rows = await step
    .selectFrom("return_claim")
    .select(["lines", "parts"])
    .where("store", "=", till.store)
    .where("original", "=", claim.original)
    .where("till", "<>", till.id)
    .where("sale", "<>", claim.sale)
    .where("expires_at", ">", at)
    .execute();
  return rows.map((row) => ({ lines: row.lines as ReturnedLine[], parts: row.parts as Carried[] }));
}

/** The acts of a claim, each with its size in minor units. */
function actsOf(claim: ReturnClaim): readonly { readonly act: Act; readonly size: number }[] {
  const whole = claim.lines.reduce((all, line) => all + line.amount, 0);
  return [
    { act: "return", size: Math.max(claim.back, whole) },
    ...(claim.electronicAsCash > 0 ? [{ act: "cashForElectronic", size: claim.electronicAsCash } as const] : []),
  ];
}
