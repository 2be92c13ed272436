import type { MendingParameters } from "../../contract/mending.ts";
import { makeId, type RefundId, type StoreId, type Tag } from "../../domain/identifier.ts";
import type { Random } from "../../domain/clock.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { closeException } from "../books/exceptions.ts";
import { accounts } from "../books/ledger.ts";
import { lockAttempt } from "../payments/attempt-store.ts";
import { addJob } from "../jobs/jobs.ts";
import { applyLockedRefund } from "../refunds/apply-refund.ts";
import { oweRefund } from "../refunds/owe.ts";
import type { Refund } from "../refunds/refund.ts";
import { lockRefund, refundKind, saveRefund, tellRefund } from "../refunds/refund-store.ts";
import type { Database } from "../store/database.ts";
import type { MendRefusal } from "./adopt.ts";
import { postMending, sayMended, type MendBy, type MendItem } from "./mend-item.ts";

/**
 * Sends a refund that was never sent (it had waited for a person), or one that failed under a new number linked to it: so the same
 * money cannot go twice.
 */
export async function resendRefund(
  step: Database,
  random: Random,
  item: MendItem,
  by: MendBy,
): Promise<Result<null, MendRefusal>> {
  const refund = await lockRefund(step, item.row.store as StoreId, item.row.number as RefundId);
  if (refund === null) return refuse("nothingToGoBy");
  if (refund.state.kind === "owed") await letGo(step, refund, by);
  else if (refund.state.kind === "failed" || refund.state.kind === "abnormal") {
    const replaced = await replace(step, random, refund, by);
    if (!replaced.ok) return replaced;
  } else return refuse("stillAsked");
  await sayMended(step, item, by);
  return ok(null);
}

/** A second person has seen it: it is not a till's word any more. */
async function letGo(step: Database, refund: Refund, by: MendBy): Promise<void> {
  await tellRefund(step, refund, by.at, "letGo", { by: by.person, mending: by.mending });
  const kinds = ["refundAboveLeft", "refundUnapproved"] as const;
  await closeException(step, { store: refund.store, kinds, subject: refund.id }, `mended: ${by.mending}`, by.at);
  await addJob(step, {
    store: refund.store,
    id: `${refundKind}/${refund.id}`,
    kind: refundKind,
    subject: refund.id,
    payload: null,
    dueAt: by.at,
  });
}

async function replace(step: Database, random: Random, old: Refund, by: MendBy): Promise<Result<null, MendRefusal>> {
  const attempt = await lockAttempt(step, old.store, old.attempt);
  const captured = attempt?.memo.captured ?? null;
  if (captured === null || old.memo.replacedBy !== null) return refuse("changed");
  const { tag } = await step
    .selectFrom("tag")
    .select("tag")
    .where("store", "=", old.store)
    .where("holder", "=", "gateway")
    .executeTakeFirstOrThrow();
  const id = makeId<RefundId>(by.at, tag as Tag, random);
  await tellRefund(step, old, by.at, "replaced", { by: id });
  await saveRefund(step, { ...old, memo: { ...old.memo, replacedBy: id } }, by.at);
  await closeException(
    step,
    { store: old.store, kinds: ["refundStuck"], subject: old.id },
    `mended: ${by.mending}`,
    by.at,
  );
  await oweRefund(
    step,
    { ...old, id, captured: captured.order, replaces: old.memo.replaces + 1, onTrust: false },
    by.at,
  );
  return ok(null);
}

/** The payer has the money otherwise; `proof` says how it can be seen (a receipt's number, a transfer's reference). */
export async function payOtherwise(
  step: Database,
  item: MendItem,
  { paidFrom: from, proof }: MendingParameters,
  by: MendBy,
): Promise<Result<null, MendRefusal>> {
  if (from === undefined || proof === undefined) return refuse("badParameters");
  const refund = await lockRefund(step, item.row.store as StoreId, item.row.number as RefundId);
  if (refund === null) return refuse("nothingToGoBy");
  const told = { kind: "paidOtherwise", detail: { by: by.person, mending: by.mending, from, proof } };
  const after = await applyLockedRefund(step, refund, { kind: "paidOtherwise" }, told, by.at);
  if (after.refund.state.kind !== "paidOtherwise") return refuse("stillAsked");
  const account = { safe: accounts.safe, bank: accounts.bank("other"), owner: accounts.owner }[from];
  await postMending(
    step,
    item,
    [{ debit: accounts.refundsOwed(refund.account), credit: account, amount: refund.amount }],
    by,
  );
  await sayMended(step, item, by);
  return ok(null);
}
