import { claimMs, returnClaimAnswer } from "../../contract/returns.ts";
import { plusMs } from "../../domain/clock.ts";
import type { SaleId } from "../../domain/identifier.ts";
import { isCashOutAgreed } from "../../domain/cash-out.ts";
import { compare, type Money } from "../../domain/money.ts";
import { areLeft, returnedLines, returnedValue, splitBack } from "../../domain/returns.ts";
import { ok } from "../../domain/result.ts";
import { saleTotal } from "../../domain/sale-totals.ts";
import { saleAfter, type Sale } from "../../domain/sale.ts";
import type { Approval } from "../../domain/staff.ts";
import { awaitsApproval, breakOn, openLines, showSale, tell, type Core, type ReturnHeld, type Proof } from "../core.ts";
import { saveDraft } from "../draft.ts";
import { lookUpSale } from "./find-sale.ts";
import type { FoundSale } from "./found-sale.ts";
import { ownReturnsOf } from "./own-returns.ts";
import { permitted, rolesOf } from "../people/permit.ts";
import { backOf, originalOf, planCash, planReturn } from "./plan-return.ts";
import { soldSaleOf } from "./return-goods.ts";
import type { BackPlan, Counter, Notice } from "../state.ts";

const claimWithinMs = 6_000;
/** What is held for less than this is claimed anew before money moves: a commit alone may take ten seconds. */
const heldSpareMs = 15_000;

/**
 * Before a ticket with goods coming back is paid or paid out: looks at what is left of the original, works out where money
 * goes back to and what is carried into an exchange, has it allowed, and has the gateway hold it against other tills. Offline
 * only this till's own sales come back: cash within the shop's cap, everything else as a promise.
 */
export async function settleReturn(core: Core): Promise<void> {
  const { sale } = core.state.get();
  if (sale === null) return;
  const original = originalOf(sale);
  if (original === null) return settleEmpties(core, sale);
  const held = heldStill(core, sale);
  if (held !== null) return showPlan(core, sale, planReturn(sale, held.found), held.approval);
  await settle(core, sale, original, false);
}

/** Empties alone: no past sale says how much may go out, so the role's limit does. */
async function settleEmpties(core: Core, sale: Sale): Promise<void> {
  const out = backOf(sale);
  const { who } = core.state.get();
  if (who !== null && isCashOutAgreed(sale, out.amount, who.id, rolesOf(core), core.state.get().permissions))
    return showPlan(core, sale, planCash(sale), null);
  const ask = { act: "cashForEmpties", size: out.amount, amount: out, subject: sale.id } as const;
  await permitted(core, ask, async (proof) => {
    const now = core.state.get().sale;
    // the ticket may have changed while the second person was asked
    if (now === null || now.id !== sale.id || backOf(now).amount !== out.amount) return leaveUnsettled(core, "notNow");
    showPlan(core, now, planCash(now), proof?.approval ?? null);
  });
}

/**
 * Whether what the ticket on screen takes back is held for it still; asked before money moves. What has lapsed, or is about to, is
 * looked at and claimed anew first.
 *
 * @returns false when no money may move now: what stands in the way is on the screen, or the press is to be made again
 */
export async function isStillHeld(core: Core): Promise<boolean> {
  const { sale, counter } = core.state.get();
  const original = sale === null ? null : originalOf(sale);
  if (sale === null || original === null || awaitsApproval(core) || isHeld(core, sale)) return true;
  await settle(core, sale, original, true);
  const now = core.state.get();
  if (now.sale === null || !isHeld(core, now.sale)) return false;
  if (JSON.stringify(planOf(counter)) === JSON.stringify(planOf(now.counter))) return true;
  tell(core, { kind: "refused", why: "heldAnew" });
  return false;
}

/**
 * What is held for this ticket as it was when somebody looked away from it: what was agreed to holds for as long, while the same
 * person gives back the same goods and no more money.
 */
function heldStill(core: Core, sale: Sale): ReturnHeld | null {
  const { returnHeld: held, state } = core;
  const isSame = held !== null && isHeld(core, sale) && held.asker === state.get().who?.id;
  return isSame && sizeOf(sale).amount <= held.size ? held : null;
}

/** How much a return is about: all that comes back, and empties handed in beside the goods, which go out with the same yes. */
function sizeOf(sale: Sale): Money {
  const [returned, back] = [returnedValue(sale), backOf(sale)];
  return compare(back, returned) > 0 ? back : returned;
}

function isHeld({ returnHeld, ports, state }: Core, sale: Sale): boolean {
  if (returnHeld === null || returnHeld.sale !== sale.id || returnHeld.lines !== linesOf(sale)) return false;
  // worked out without the gateway, which is heard again: now it holds it, or another till has
  if (returnHeld.isApart && state.get().connection.online) return false;
  return ports.offset.gatewayNow() < plusMs(returnHeld.until, -heldSpareMs);
}

function linesOf(sale: Sale): string {
  return JSON.stringify(returnedLines(sale.lines));
}

function planOf(counter: Counter): BackPlan | null {
  return counter.kind === "giveBack" ? counter.plan : null;
}

async function settle(core: Core, sale: Sale, original: SaleId, isAnew: boolean): Promise<void> {
  const lookedAt = core.ports.clock.now();
  const found = await lookUpSale(core, original);
  if (found === null) return leaveUnsettled(core, "saleNotFound");
  const own = await core.ports.ledger.run((database) => ownReturnsOf(database, found));
  if (!own.ok) return breakOn(core, own.refusal);
  // what came back while it was looked up may not be in what was found
  const known = new Set(own.value.filter((row) => row.completedAt <= lookedAt).map((row) => row.id));
  const plan = planReturn(sale, found);
  const isThere = areLeft(soldSaleOf(found), found.returned, returnedLines(sale.lines));
  if (plan.short.amount > 0 || !isThere) return leaveUnsettled(core, "nothingLeft");
  if (found.own && !(await isWithinCap(core, plan))) return leaveUnsettled(core, "offlineCap");
  const amount = sizeOf(sale);
  const why = sale.lines.find((line) => line.returnOf?.reason !== undefined)?.returnOf?.reason;
  const chosen = why === undefined ? {} : { why };
  const ask = { act: "return", size: amount.amount, amount, subject: sale.id, ...chosen } as const;
  await permitted(core, ask, async (proof) => {
    await hold(core, sale, { found, known }, plan, proof);
    const now = core.state.get().sale;
    // the second person's yes is not the press that moves the money
    if (isAnew && proof !== null && now !== null && isHeld(core, now)) tell(core, { kind: "refused", why: "heldAnew" });
  });
}

/** Says why it does not go on; the ticket can be changed again where no money is in it. What was held is looked at anew. */
export function leaveUnsettled(core: Core, why: Extract<Notice, { kind: "refused" }>["why"]): void {
  core.returnHeld = null;
  openLines(core);
  const isPartPaid = core.state.get().sale?.state === "tendering";
  core.state.patch({ counter: isPartPaid ? { kind: "tender", method: "code" } : { kind: "goods" } });
  tell(core, { kind: "refused", why });
}

async function hold(
  core: Core,
  sale: Sale,
  { found, known }: Pick<ReturnHeld, "found" | "known">,
  plan: BackPlan,
  proof: Proof | null,
): Promise<void> {
  const { who } = core.state.get();
  const now = core.state.get().sale;
  if (who === null || now?.id !== sale.id) return;
  let approval = proof?.approval ?? null;
  // nobody else is asked about this till's own sale: what was looked at is as old as a claim may be
  let until = plusMs(core.ports.offset.gatewayNow(), claimMs);
  if (!found.own) {
    const answer = await core.ports.client.ask(
      { method: "POST", path: "/v1/returns", body: claimOf(sale, found, who.id, proof), withinMs: claimWithinMs },
      returnClaimAnswer,
    );
    if (answer.kind === "silence") return leaveUnsettled(core, "noAnswer");
    if (answer.kind === "problem") return leaveUnsettled(core, whyOf(answer.problem.code));
    approval = answer.value.approval ?? approval;
    until = answer.value.expiresAt;
  }
  const isApart = found.own && !core.state.get().connection.online;
  const agreed = { asker: who.id, size: sizeOf(sale).amount, approval };
  core.returnHeld = { sale: sale.id, lines: linesOf(sale), until, isApart, ...agreed, found, known };
  showPlan(core, now, plan, approval);
}

function whyOf(code: string): "nothingLeft" | "heldElsewhere" | "notPermitted" {
  return code === "nothingLeft" || code === "heldElsewhere" ? code : "notPermitted";
}

function claimOf(sale: Sale, found: FoundSale, asker: string, proof: Proof | null): object {
  return {
    v: 1,
    sale: sale.id,
    original: originalOf(sale),
    lines: returnedLines(sale.lines),
    parts: splitBack(returnedValue(sale), found.left).parts,
    back: backOf(sale).amount,
    electronicAsCash: 0,
    asker,
    approval: proof === null ? null : proof.asked,
  };
}

/** Remembers what is carried and approved; money to take goes on as usual, money to give waits for one press. */
function showPlan(core: Core, sale: Sale, plan: BackPlan, approval: Approval | null): void {
  const isPartPaid = sale.tenders.length > 0;
  // money is in it: what stays in the exchange cannot change any more
  if (isPartPaid && JSON.stringify(plan.carried) !== JSON.stringify(sale.carried)) {
    core.returnHeld = null;
    return leaveUnsettled(core, "nothingLeft");
  }
  const carried = isPartPaid ? ok(sale) : saleAfter(sale, { kind: "carry", carried: plan.carried });
  if (!carried.ok) return tell(core, { kind: "refused", why: carried.refusal });
  const isNoted = approval === null || sale.approvals.some(({ id }) => id === approval.id);
  const approved = isNoted ? carried : saleAfter(carried.value, { kind: "approve", approval });
  if (!approved.ok) return;
  showSale(core, approved.value);
  const { counter } = core.state.get();
  const paying: Counter = counter.kind === "tender" ? counter : { kind: "tender", method: "code" };
  core.state.patch({
    counter: saleTotal(approved.value).amount > 0 ? paying : { kind: "giveBack", plan },
    notice: null,
  });
  void saveDraft(core);
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
