import type { JournalEntry } from "../../src/domain/journal.ts";
import { money, type Money } from "../../src/domain/money.ts";
import { LedgerDatabase } from "../../src/storage/database.ts";
import { startProcess } from "../simulation/virtual-time.ts";
import { entriesOf } from "../simulation/claims.ts";
import { moveSafe, ownFault, type Plan } from "./plan.ts";
import { stores } from "./back-office.ts";
import { openShift, pause, registerOf, stateOf, toGoods, until, type TillHand } from "./till-hand.ts";

const [home, other] = stores;
const storeOf = (till: string): string => (till === "till-a1" ? home : other);

/** What the till's own journal says came into the drawer since the last count. */
async function inDrawer(hand: TillHand): Promise<{ readonly fen: number; readonly session: string }> {
  const process = startProcess(hand.shop.time, 0);
  const ledger = new LedgerDatabase(hand.place.browser.platform(process));
  const entries = entriesOf(await ledger.entry.toArray());
  const from = entries.findLastIndex(({ kind }) => kind === "sessionClosed") + 1;
  const own = entries.slice(from);
  ledger.close();
  const session = own.find(({ kind }) => kind === "sessionOpened")?.session ?? "";
  return { fen: own.reduce((sum, entry) => sum + cashIn(entry), 0), session };
}

function cashIn(entry: JournalEntry): number {
  switch (entry.kind) {
    case "sessionOpened":
      return entry.body.carried ? 0 : entry.body.float.amount;
    case "saleCompleted":
      return entry.body.tenders.reduce((sum, tender) => sum + (tender.kind === "cash" ? tender.amount.amount : 0), 0);
    default:
      return 0;
  }
}

/**
 * Opens the shift with the usual float, or with what was left where that is more; now and then some of what was left is gone over night.
 * What lies there less than the float comes from the safe.
 */
export async function beginShift(hand: TillHand, plan: Plan, day: string, usual: Money): Promise<void> {
  const { id } = hand.place;
  const left = plan.cash.drawers[id] ?? 0;
  const gone = left > 0 && hand.drawerDice.chance(30) ? hand.drawerDice.pick([100, 2_000]) : 0;
  const float = gone > 0 ? left - gone : Math.max(usual.amount, left);
  await openShift(hand, money(float, "CNY"));
  if (gone === 0) moveSafe(plan, storeOf(id), left - float);
  plan.cash.drawers[id] = float;
  plan.cash.pending += gone;
  if (gone === 0) return;
  const number = `${(await inDrawer(hand)).session}.float`;
  const fault = { kind: "floatGone", day, wallet: null, number, amount: -gone };
  ownFault(plan, fault, [{ account: "cash", side: "drawer", number, class: "drawerShort" }]);
}

/**
 * Counts the drawer, `off` fen beside what is in it, and closes the shift: mostly a manager receives what is above the usual float and
 * puts it into the safe, else all stays.
 */
export async function closeShift(hand: TillHand, plan: Plan, day: string, off: number, usual: Money): Promise<void> {
  await toGoods(hand);
  const { fen, session } = await inDrawer(hand);
  await registerOf(hand).showShift();
  await until(hand, ({ counter }) => counter.kind === "shift");
  await registerOf(hand).beginCount();
  await until(hand, ({ counter }) => counter.kind === "count");
  await registerOf(hand).countDrawer(money(fen + off, "CNY"));
  await until(hand, ({ counter }) => counter.kind === "count" && counter.result !== null);
  const counted = fen + off;
  const kept = hand.drawerDice.chance(70) && counted > usual.amount ? usual.amount : counted;
  await pause(hand, 2_000);
  if (kept < counted) {
    registerOf(hand).beginHandOver();
    await registerOf(hand).handOver(money(kept, "CNY"), []);
    await until(hand, ({ phase }) => phase === "signOn");
  }
  for (let looks = 0; looks < 60 && stateOf(hand).phase === "selling"; looks++) {
    if (stateOf(hand).counter.kind === "secondPerson")
      await until(hand, ({ counter }) => counter.kind !== "secondPerson");
    await registerOf(hand).closeShift();
    await pause(hand, 2_000);
  }
  if (stateOf(hand).phase === "selling") throw new Error(`the shift of ${hand.place.id} does not close`);
  moveSafe(plan, storeOf(hand.place.id), counted - kept);
  plan.cash.drawers[hand.place.id] = kept;
  plan.cash.pending -= off;
  if (off === 0) return;
  const fault = { kind: off > 0 ? "drawerOver" : "drawerShort", day, wallet: null, number: session, amount: off };
  ownFault(plan, fault, [{ account: "cash", side: "drawer", number: session, class: fault.kind }]);
}
