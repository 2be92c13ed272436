import type { JournalEntry } from "../../src/domain/journal.ts";
import { money } from "../../src/domain/money.ts";
import { LedgerDatabase } from "../../src/storage/database.ts";
import { startProcess } from "../simulation/virtual-time.ts";
import { entriesOf } from "../simulation/claims.ts";
import { ownFault, type Plan } from "./plan.ts";
import { pause, registerOf, stateOf, toGoods, until, type TillHand } from "./till-hand.ts";

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

/** Counts the drawer, `off` fen beside what is in it, and closes the shift; what was counted goes to the safe. */
export async function closeShift(hand: TillHand, plan: Plan, day: string, off: number): Promise<void> {
  await toGoods(hand);
  const { fen, session } = await inDrawer(hand);
  await registerOf(hand).showShift();
  await until(hand, ({ counter }) => counter.kind === "shift");
  await registerOf(hand).beginCount();
  await until(hand, ({ counter }) => counter.kind === "count");
  await registerOf(hand).countDrawer(money(fen + off, "CNY"));
  await until(hand, ({ counter }) => counter.kind === "count" && counter.result !== null);
  for (let looks = 0; looks < 60 && stateOf(hand).phase === "selling"; looks++) {
    if (stateOf(hand).counter.kind === "secondPerson")
      await until(hand, ({ counter }) => counter.kind !== "secondPerson");
    await registerOf(hand).closeShift();
    await pause(hand, 2_000);
  }
  if (stateOf(hand).phase === "selling") throw new Error(`the shift of ${hand.place.id} does not close`);
  plan.cash.safe += fen + off;
  plan.cash.pending -= off;
  if (off === 0) return;
  const fault = { kind: off > 0 ? "drawerOver" : "drawerShort", day, wallet: null, number: session, amount: off };
  ownFault(plan, fault, [{ account: "cash", side: "drawer", number: session, class: fault.kind }]);
}
