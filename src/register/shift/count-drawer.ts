import { plusMs } from "../../domain/clock.ts";
import type { CountBegun } from "../../domain/denominations.ts";
import type { SessionId } from "../../domain/identifier.ts";
import type { Money } from "../../domain/money.ts";
import { emptyTally, type SessionRow } from "../../storage/database.ts";
import { breakOn, hasTicket, tell, type Core, type Proof } from "../core.ts";
import { permitted } from "../people/permit.ts";
import { cashInTickets } from "./close-shift.ts";
import { atDrawer, currentTotals } from "./shift.ts";

/**
 * The key that closes the shift stands where the one that ends the count stood: the second press of a double one, half a second
 * at most after the first, must not close it before anybody has seen by how much the drawer is off.
 */
export const resultSeenMs = 800;

/**
 * To the blind count of the drawer; not while a sale is open, nor while cash of a sale that is not complete lies in the drawer:
 * the shift's figures come from complete sales (`books.md` 7), so that sale is ended or its cash given back first. A count that still holds is shown with what it came to; after one
 * that does not (money moved since), what must be there has been seen, so that the next count needs a second person.
 */
export async function beginCount(core: Core): Promise<void> {
  const { counter } = core.state.get();
  if (counter.kind !== "shift") return;
  if (hasTicket(core)) return tell(core, { kind: "refused", why: "saleOpen" });
  const cash = await core.ports.ledger.run(cashInTickets);
  if (cash.ok && cash.value) return tell(core, { kind: "refused", why: "cashInTicket" });
  const row = await core.ports.ledger.run((database) => database.session.get("session"));
  if (!row.ok) return breakOn(core, row.refusal);
  if (row.value === undefined) return;
  const counts = countsOf(row.value);
  const [last] = counts.slice(-1);
  if (row.value.session.state === "counting" && last !== undefined) return showCount(core, counts.length, last);
  await showCounting(core, counts.length + 1);
}

async function showCounting(core: Core, nth: number): Promise<void> {
  const { session } = core.state.get();
  const begun = session === null ? null : await core.ports.draft.countBegun(countName(session.id, nth));
  core.state.patch({ counter: { kind: "count", nth, result: null, ...(begun !== null && { begun }) }, notice: null });
}

/** Keeps what is typed of the count on screen: a reload, or a second person who is asked, loses none of it. */
export async function keepCount(core: Core, begun: CountBegun): Promise<void> {
  const { counter, session } = core.state.get();
  if (counter.kind !== "count" || counter.result !== null || session === null) return;
  core.state.patch({ counter: { ...counter, begun } });
  await core.ports.draft.keepCount(countName(session.id, counter.nth), begun);
}

function countName(session: SessionId, nth: number): string {
  return `${session}/${nth}`;
}

/** What was counted; what must be there shows only now. A second count needs a second person. */
export async function countDrawer(core: Core, counted: Money): Promise<void> {
  const { counter, session } = core.state.get();
  if (counter.kind !== "count" || counter.result !== null || session === null || counted.amount < 0) return;
  const { nth } = counter;
  const take = async (proof: Proof | null): Promise<void> => {
    const body = { session: session.id, counted, nth };
    const done = await atDrawer(core, { kind: "drawerCounted", body }, proof, (tally) => ({
      ...tally,
      counts: [...tally.counts, counted],
    }));
    if (!done) return;
    await core.ports.draft.keepCount(countName(session.id, nth), null);
    await showCount(core, nth, counted);
  };
  if (nth === 1) return take(null);
  await permitted(core, { act: "recount", size: 0, amount: counted, subject: session.id }, take);
}

/** Counts once more, blind again. One recount and no more. */
export async function recountDrawer(core: Core): Promise<void> {
  const { counter } = core.state.get();
  if (counter.kind === "count" && counter.result !== null && counter.nth === 1) await showCounting(core, 2);
}

async function showCount(core: Core, nth: number, counted: Money): Promise<void> {
  const totals = await currentTotals(core);
  if (totals === null) return;
  const closeFrom = plusMs(core.ports.clock.now(), resultSeenMs);
  const result = { counted, expected: totals.cash.expected, closeFrom };
  core.state.patch({ counter: { kind: "count", nth, result }, notice: null });
}

/** Blind counts of the shift so far, in order. */
export function countsOf(row: SessionRow): readonly Money[] {
  return (row.drawer ?? emptyTally).counts;
}
