import { sql } from "kysely";
import type { MendingParameters } from "../../contract/mending.ts";
import type { StaffId } from "../../domain/identifier.ts";
import type { MendingAction } from "../../domain/reconciliation/mending.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { accounts } from "../books/ledger.ts";
import { feeRateBefore, setFeeRate } from "../office/fee-rates.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import type { MendingRow } from "../store/mending-tables.ts";
import { json, type Database } from "../store/database.ts";
import { adopt, type MendRefusal } from "./adopt.ts";
import { adoptRefund } from "./adopt-refund.ts";
import { isPayersAnyway } from "./adopt-unclaimed.ts";
import { completeLostSale } from "./complete-sale.ts";
import { giveBack } from "./give-back.ts";
import { planJudging } from "./judge-work.ts";
import { lockMended, postMending, sayMended, type MendBy, type MendItem } from "./mend-item.ts";
import { pairByHand } from "./pair-by-hand.ts";
import { payOtherwise, resendRefund } from "./stuck-refund.ts";
import { writeOffTransfers } from "./write-off.ts";

/** What came of a proposal: all of it or some; `stale` when nothing could be done, most often because it is not as it had been seen. */
export type Executed = {
  readonly state: "done" | "stale";
  readonly failed: readonly { readonly id: string; readonly why: MendRefusal }[];
};

/**
 * Does what was proposed, once: each item is read again, and one that is no break any more, or of another amount, is left alone. An
 * item that cannot be done leaves no trace of its own; the others stand.
 *
 * @param staff whose decision it is in the journal; null for somebody without a place in a store's staff
 */
export async function execute(
  step: Database,
  engine: PaymentEngine,
  proposal: MendingRow,
  decidedBy: string,
  staff: StaffId | null,
): Promise<Executed> {
  const at = engine.parts.clock.now();
  const by: MendBy = { mending: proposal.id, person: decidedBy, at };
  const seen = await step
    .selectFrom("mending_item")
    .selectAll()
    .where("store", "=", proposal.store)
    .where("mending", "=", proposal.id)
    .execute();
  const parameters = proposal.parameters as MendingParameters;
  const items = await lockMended(
    step,
    { action: proposal.action, parameters },
    seen.map((each) => ({ store: each.difference_store, id: each.difference })),
  );
  const failed: { id: string; why: MendRefusal }[] = seen
    .filter((each) => !items.some((item) => isAsSeen(item, each)))
    .map((each) => ({ id: each.difference, why: "changed" }));
  const fresh = items.filter((item) => seen.some((each) => isAsSeen(item, each)));
  // a rate that is set anew judges all of them again: once is enough
  const acted = proposal.action === "correctRate" ? fresh.slice(0, 1) : fresh;
  let state: Executed["state"] = "stale";
  for (const item of acted) {
    await sql`savepoint item`.execute(step);
    const done = await act(step, engine, proposal, item, staff, by);
    if (done.ok) {
      state = "done";
      await sql`release savepoint item`.execute(step);
    } else {
      await sql`rollback to savepoint item`.execute(step);
      failed.push({ id: item.row.id, why: done.refusal });
    }
  }
  await step
    .updateTable("mending")
    .set({ state, decided_by: decidedBy, decided_at: at, outcome: json({ failed }) })
    .where("store", "=", proposal.store)
    .where("id", "=", proposal.id)
    .execute();
  return { state, failed };
}

function isAsSeen(
  { row }: MendItem,
  seen: {
    readonly difference_store: string;
    readonly difference: string;
    readonly round: number;
    readonly amount: number;
  },
): boolean {
  return (
    row.store === seen.difference_store &&
    row.id === seen.difference &&
    row.round === seen.round &&
    row.amount === seen.amount
  );
}

function act(
  step: Database,
  engine: PaymentEngine,
  proposal: MendingRow,
  item: MendItem,
  staff: StaffId | null,
  by: MendBy,
): Promise<Result<null, MendRefusal>> {
  const { random, keys } = engine.parts;
  const parameters = proposal.parameters as MendingParameters;
  switch (proposal.action as MendingAction) {
    case "ask":
      // the asking itself is done outside of the transaction; what it finds closes the break by itself
      return Promise.resolve(ok(null));
    case "wait":
      return wait(step, item, parameters);
    case "adopt":
      return adopt(step, item, by);
    case "completeSale":
      return completeLostSale(step, keys, item, staff, by);
    case "refund":
      return giveBack(step, random, item, by);
    case "resendRefund":
      return resendRefund(step, random, item, by);
    case "payOtherwise":
      return payOtherwise(step, item, parameters, by);
    case "adoptRefund":
      return adoptRefund(step, random, item, by);
    case "takeFee":
      return settle(step, item, null, by);
    case "correctRate":
      return correctRate(step, engine, item, proposal, by);
    case "chargeToStaff":
      return settle(step, item, accounts.staffReceivable(parameters.staff ?? ""), by);
    case "found":
      return settle(step, item, accounts.safe, by);
    case "notOurs":
    case "writeOff":
    case "accept":
      return settle(step, item, accounts.loss, by);
    case "pair":
      return pairByHand(step, item, parameters.row ?? "", by);
  }
}

async function wait(
  step: Database,
  { row }: MendItem,
  { until }: MendingParameters,
): Promise<Result<null, MendRefusal>> {
  if (until === undefined) return refuse("badParameters");
  await step
    .updateTable("difference")
    .set({ state: "waiting", until })
    .where("store", "=", row.store)
    .where("id", "=", row.id)
    .execute();
  return ok(null);
}

/** What a difference leaves in the books goes where the decision sends it; the bill's fee stands in them already. */
async function settle(
  step: Database,
  item: MendItem,
  to: string | null,
  by: MendBy,
): Promise<Result<null, MendRefusal>> {
  // what the payer is owed anyway was no loss
  if (to !== null && (await isPayersAnyway(step, item))) return refuse("backOutside");
  if (to !== null) await postMending(step, item, writeOffTransfers(item, to), by);
  await sayMended(step, item, by);
  return ok(null);
}

/** The rate from a day on; every bill since is judged anew by jobs, and what it explains is no difference any more. */
async function correctRate(
  step: Database,
  { parts }: PaymentEngine,
  { row: { account } }: MendItem,
  proposal: MendingRow,
  { person, at }: MendBy,
): Promise<Result<null, MendRefusal>> {
  const { since, rate } = proposal.parameters as MendingParameters;
  if (since === undefined || rate === undefined) return refuse("badParameters");
  // whether refunds give the fee back is the contract's, not the rate's: it stays as it was
  const givesBack = (await feeRateBefore(step, { account, since }))?.givesBack ?? true;
  const who = proposal.proposed_by;
  const second = person === who ? null : person;
  await setFeeRate(step, parts.random, { account, since, rate, givesBack }, who, at, second);
  await planJudging(step, account, since, at);
  return ok(null);
}
