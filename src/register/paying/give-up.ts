import type { StaffId } from "../../domain/identifier.ts";
import { balanceOf, saleAfter } from "../../domain/sale.ts";
import { invariant } from "../../domain/assert.ts";
import type { AttemptRow } from "../../storage/database.ts";
import { breakOn, showSale, tell, type Core } from "../core.ts";
import { saveDraft } from "../draft.ts";
import { afterCommit } from "./finish-sale.ts";
import { refreshParked } from "./parked.ts";
import { askSecondPerson } from "../people/second-person.ts";

/** The cashier gives up waiting. A fact, sent at once: the gateway makes certain that no money is taken, and only its word frees the sale. */
export async function abandonPayment(core: Core): Promise<void> {
  const { counter } = core.state.get();
  if (counter.kind !== "waiting" || counter.stage === "undoing") return;
  if (core.ports.clock.now() < counter.abandonFrom) return tell(core, { kind: "refused", why: "tooEarly" });
  const written = await core.ports.ledger.transact(async (transaction) => {
    const row = await transaction.database.attempt.get(counter.attempt);
    if (row === undefined || row.resolved === 1 || row.abandoned !== "no") return;
    await transaction.append(
      { kind: "attemptAbandoned", body: { attempt: row.id, sale: row.sale.id, freed: false } },
      { staff: row.sale.staff },
    );
    await transaction.database.attempt.put({ ...row, abandoned: "asked" });
  });
  if (!written.ok) return breakOn(core, written.refusal);
  const now = core.state.get().counter;
  if (now.kind === "waiting" && now.attempt === counter.attempt)
    core.state.patch({ counter: { ...now, stage: "undoing" } });
  afterCommit(core);
}

/** Puts the sale in doubt aside, so that the next customer is served; its payment completes it by itself. */
export async function parkPayment(core: Core): Promise<void> {
  const { counter } = core.state.get();
  if (counter.kind !== "waiting") return;
  const written = await core.ports.ledger.transact(async (transaction) => {
    const row = await transaction.database.attempt.get(counter.attempt);
    if (row === undefined || row.resolved === 1) return false;
    await parkRow(row, transaction);
    return true;
  });
  if (!written.ok) return breakOn(core, written.refusal);
  if (!written.value) return;
  showSale(core, null);
  core.state.patch({ counter: { kind: "goods" }, newest: null, undo: null, notice: null });
  await refreshParked(core);
  afterCommit(core);
}

/** Parks one attempt's sale inside a transaction. */
export async function parkRow(
  row: AttemptRow,
  transaction: Parameters<Parameters<Core["ports"]["ledger"]["transact"]>[0]>[0],
): Promise<void> {
  const parked = saleAfter(row.sale, { kind: "park" });
  invariant(parked.ok, "a sale with a live attempt can be parked");
  await transaction.append(
    { kind: "saleParked", body: { sale: row.sale.id, attempt: row.id } },
    { staff: row.sale.staff },
  );
  await transaction.database.attempt.put({ ...row, sale: parked.value, parked: 1, parkedAt: transaction.at });
}

/** Asks for the second person who may free the sale; only while the gateway is out of reach and its time to answer is over. */
export function beginFreeing(core: Core): void {
  const { counter } = core.state.get();
  if (counter.kind !== "waiting") return;
  if (counter.gatewayHeard || core.ports.clock.now() < counter.abandonFrom)
    return tell(core, { kind: "refused", why: "tooEarly" });
  core.state.patch({
    counter: {
      kind: "secondPerson",
      act: "freeAttemptOffline",
      size: 0,
      amount: counter.amount,
      attempt: counter.attempt,
      refusal: null,
    },
  });
}

/**
 * With the gateway out of reach a second person frees the sale at once. The abandonment is a durable promise: if the money was
 * taken, it is given back, and the receipt of the new tender says so.
 */
export async function freeOffline(core: Core, approver: StaffId, pin: string): Promise<void> {
  const { counter, sale } = core.state.get();
  if (counter.kind !== "secondPerson" || counter.attempt === null) return;
  const { attempt } = counter;
  const approval = await askSecondPerson(
    core,
    { act: "freeAttemptOffline", size: 0, amount: sale === null ? null : balanceOf(sale), subject: attempt },
    approver,
    pin,
  );
  if (approval === null) return;
  const written = await core.ports.ledger.transact(async (transaction) => {
    const row = await transaction.database.attempt.get(attempt);
    if (row === undefined || row.resolved === 1) return null;
    const freed = saleAfter(row.sale, { kind: "attemptEnded", attempt });
    invariant(freed.ok, "a live attempt ends");
    await transaction.append(
      { kind: "attemptAbandoned", body: { attempt, sale: row.sale.id, freed: true } },
      { approval, staff: row.sale.staff },
    );
    await transaction.database.attempt.put({ ...row, abandoned: "freed" });
    return freed.value;
  });
  if (!written.ok) return breakOn(core, written.refusal);
  if (written.value === null) return;
  showSale(core, written.value);
  core.state.patch({ counter: { kind: "tender", method: "cash" }, notice: null });
  void saveDraft(core);
  afterCommit(core);
}
