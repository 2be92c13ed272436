import { returnClaimAnswer } from "../contract/returns.ts";
import { makeId, type RefundId, type SaleId } from "../domain/identifier.ts";
import { add, compare, money, negate, subtract, type Money } from "../domain/money.ts";
import { returnedValue, splitBack, tendersLess, type Carried } from "../domain/returns.ts";
import { saleTotal } from "../domain/sale-totals.ts";
import { balanceOf, saleAfter, type Sale } from "../domain/sale.ts";
import type { Approval } from "../domain/staff.ts";
import { cashBack, type Tender } from "../domain/tender.ts";
import { breakOn, countStep, openLines, showSale, stepsSoFar, tell, type Core } from "./core.ts";
import { completeSale } from "./complete-sale.ts";
import { finishSale } from "./finish-sale.ts";
import { lookUpSale } from "./find-sale.ts";
import type { FoundSale } from "./found-sale.ts";
import { permitted, type Proof } from "./permit.ts";
import { saveDraft } from "./draft.ts";
import type { BackPlan, Notice } from "./state.ts";
import { isShiftOver, refuseMoney } from "./shift-over.ts";

const claimWithinMs = 6_000;

/** The original that goods on the ticket come back from; null when none do. */
export function originalOf(sale: Sale): SaleId | null {
  return sale.lines.find((line) => line.returnOf !== null)?.returnOf?.sale ?? null;
}

/**
 * Before a ticket with goods coming back is paid or paid out: looks at what is left of the original, works out where money
 * goes back to and what is carried into an exchange, has it allowed, and has the gateway hold it against other tills. Offline
 * only this till's own sales come back: cash within the shop's cap, everything else as a promise.
 */
export async function settleReturn(core: Core): Promise<void> {
  const { sale } = core.state.get();
  if (sale === null) return;
  const original = originalOf(sale);
  if (original === null)
    return showPlan(core, sale, { parts: cashOnly(sale), carried: [], short: nothing(sale) }, null);
  const found = await lookUpSale(core, original);
  if (found === null) return leaveUnsettled(core, "saleNotFound");
  const plan = planBack(sale, found);
  if (plan.short.amount > 0) return leaveUnsettled(core, "nothingLeft");
  if (found.own && !(await isWithinCap(core, plan))) return leaveUnsettled(core, "offlineCap");
  const size = returnedValue(sale).amount;
  const ask = { act: "return", size, amount: returnedValue(sale), subject: sale.id } as const;
  await permitted(core, ask, (proof) => hold(core, sale, found, plan, proof));
}

/** Says why it does not go on; the ticket can be changed again. */
function leaveUnsettled(core: Core, why: Extract<Notice, { kind: "refused" }>["why"]): void {
  openLines(core);
  core.state.patch({ counter: { kind: "goods" } });
  tell(core, { kind: "refused", why });
}

/**
 * What comes back to the customer, what stays in the exchange, and what no tender has room for. What is above the goods of
 * the original (empties handed in with them) never was on its tenders: cash.
 */
function planBack(sale: Sale, found: FoundSale): BackPlan {
  const back = backOf(sale);
  const returned = returnedValue(sale);
  const ofOriginal = compare(back, returned) > 0 ? returned : back;
  const out = splitBack(ofOriginal, found.left);
  const kept = splitBack(subtract(returned, ofOriginal), tendersLess(found.left, out.parts));
  const above = subtract(back, ofOriginal);
  return {
    parts: above.amount === 0 ? out.parts : [...out.parts, { kind: "cash", amount: above }],
    carried: kept.parts,
    short: add(out.short, kept.short),
  };
}

async function hold(core: Core, sale: Sale, found: FoundSale, plan: BackPlan, proof: Proof | null): Promise<void> {
  const { who } = core.state.get();
  const now = core.state.get().sale;
  if (who === null || now?.id !== sale.id) return;
  let approval = proof?.approval ?? null;
  if (!found.own) {
    const answer = await core.ports.client.ask(
      { method: "POST", path: "/v1/returns", body: claimOf(sale, found, who.id, proof), withinMs: claimWithinMs },
      returnClaimAnswer,
    );
    if (answer.kind === "silence") return leaveUnsettled(core, "noAnswer");
    if (answer.kind === "problem")
      return leaveUnsettled(core, answer.problem.code === "nothingLeft" ? "nothingLeft" : "notPermitted");
    approval = answer.value.approval ?? approval;
  }
  showPlan(core, now, plan, approval);
}

function claimOf(sale: Sale, found: FoundSale, asker: string, proof: Proof | null): object {
  return {
    v: 1,
    sale: sale.id,
    original: originalOf(sale),
    lines: sale.lines.flatMap((line) =>
      line.returnOf === null
        ? []
        : [
            {
              line: line.returnOf.line,
              thousandths: -line.quantity.thousandths,
              amount: -line.amount.amount,
              tax: -line.returnOf.tax.amount,
            },
          ],
    ),
    parts: splitBack(returnedValue(sale), found.left).parts,
    back: backOf(sale).amount,
    electronicAsCash: 0,
    asker,
    approval: proof === null ? null : { by: proof.by, pin: proof.pin },
  };
}

/** Remembers what is carried and approved; money to take goes on as usual, money to give waits for one press. */
function showPlan(core: Core, sale: Sale, plan: BackPlan, approval: Approval | null): void {
  const carried = saleAfter(sale, { kind: "carry", carried: plan.carried });
  if (!carried.ok) return tell(core, { kind: "refused", why: carried.refusal });
  const approved = approval === null ? carried : saleAfter(carried.value, { kind: "approve", approval });
  if (!approved.ok) return;
  showSale(core, approved.value);
  const total = saleTotal(approved.value);
  core.state.patch({
    counter: total.amount > 0 ? { kind: "tender", method: "code" } : { kind: "giveBack", plan },
    notice: null,
  });
  void saveDraft(core);
}

/** Gives back what the plan says, and completes: cash over the counter, the rest as refunds that the gateway keeps. */
export async function giveBack(core: Core): Promise<void> {
  const { sale, counter, settings } = core.state.get();
  if (sale === null || settings === null || counter.kind !== "giveBack") return;
  // the ticket was changed beside the plan
  if (backOf(sale).amount !== sumOf(counter.plan.parts)) return core.state.patch({ counter: { kind: "goods" } });
  const of = originalOf(sale);
  countStep(core);
  const steps = stepsSoFar(core);
  const written = await core.ports.ledger.transact(async (transaction) => {
    if (isShiftOver(transaction)) return null;
    const tenders = counter.plan.parts.map((part): Tender => {
      if (part.kind === "cash" || of === null) return cashBack(part.amount);
      const refund = makeId<RefundId>(transaction.at, settings.tag, core.ports.random);
      return {
        kind: "refund",
        amount: negate(part.amount),
        refund,
        attempt: part.attempt,
        channel: part.channel,
        of,
      };
    });
    return completeSale(transaction, sale, tenders, steps);
  });
  if (!written.ok) breakOn(core, written.refusal);
  else if (written.value === null) refuseMoney(core, "shiftOver");
  else finishSale(core, written.value);
}

/** What goes back to the customer; nothing when there is something to pay. */
function backOf(sale: Sale): Money {
  return money(Math.max(0, -balanceOf(sale).amount), sale.currency);
}

function cashOnly(sale: Sale): Carried[] {
  const amount = backOf(sale);
  return amount.amount === 0 ? [] : [{ kind: "cash", amount }];
}

function sumOf(parts: readonly Carried[]): number {
  return parts.reduce((all, part) => all + part.amount.amount, 0);
}

function nothing(sale: Sale): Money {
  return money(0, sale.currency);
}

/** Offline cash goes back only within the shop's caps a return and a day. */
async function isWithinCap(core: Core, plan: BackPlan): Promise<boolean> {
  const { settings, session } = core.state.get();
  const cash = plan.parts.reduce((all, part) => (part.kind === "cash" ? all + part.amount.amount : all), 0);
  if (cash === 0 || settings === null) return true;
  const caps = settings.rules.offlineCashBack;
  const read = await core.ports.ledger.run((database) =>
    database.sale.filter((row) => row.businessDate === session?.businessDate).toArray(),
  );
  if (!read.ok) return false;
  const given = read.value
    .filter((row) => row.body.sale.lines.some((line) => line.returnOf !== null))
    .flatMap((row) => row.body.tenders)
    .reduce(
      (all, tender) => (tender.kind === "cash" && tender.amount.amount < 0 ? all - tender.amount.amount : all),
      0,
    );
  return cash <= caps.each && given + cash <= caps.day;
}
