import type { CashReason } from "../../src/domain/journal.ts";
import { looksMax, pause, press, readsMs, secondPerson, stateOf, toSelling, yuan, type Hand } from "./hand.ts";

const reasons: readonly [CashReason, ...CashReason[]] = ["change", "supplies", "safe", "other"];

/** Something at the drawer beside the sales: money in or out, a look inside, the figures so far, or a new shift. */
export async function atTheDrawer(hand: Hand): Promise<void> {
  const { dice } = hand;
  await press(hand, (register) => register.showShift());
  if (stateOf(hand)?.counter.kind !== "shift") return;
  switch (dice.pick(["in", "out", "open", "report", "close"])) {
    case "in":
    case "out": {
      const move = dice.chance(50) ? "paidIn" : "paidOut";
      const amount = yuan(dice.between(5, 60));
      const reason = dice.pick(reasons);
      await press(hand, (register) => register.beginCashMove(move));
      await press(hand, (register) => register.moveCash(move, amount, reason, "slip 7"));
      if (stateOf(hand)?.notice?.kind === "slip") {
        await pause(hand, readsMs);
        await press(hand, (register) => register.moveCash(move, amount, reason, "slip 7"));
      }
      break;
    }
    case "open":
      await press(hand, (register) => register.openDrawer("checkCash"));
      break;
    case "report":
      await press(hand, (register) => register.reportShift());
      break;
    default:
      if (dice.chance(40)) return closeShift(hand);
  }
  await leave(hand);
}

/** Counts and closes the shift, whatever the count comes to; true when it is closed. Nothing may be on the ticket. */
export async function closeShift(hand: Hand): Promise<void> {
  const { dice } = hand;
  const counted = yuan(dice.between(150, 900), dice.between(0, 99));
  for (let look = 0; look < looksMax; look++) {
    const state = stateOf(hand);
    if (state?.phase === "signOn") return;
    if (state !== null && state.phase === "selling" && (state.sale !== null || state.counter.kind === "waiting"))
      return;
    await step(hand, counted);
    await pause(hand, 500);
  }
  throw new Error("the shift does not close");
}

async function step(hand: Hand, counted: ReturnType<typeof yuan>): Promise<void> {
  const state = stateOf(hand);
  if (state === null) return;
  const { counter } = state;
  if (state.phase !== "selling") return toSelling(hand);
  if (counter.kind === "shift") return press(hand, (register) => register.beginCount());
  if (counter.kind === "secondPerson") return secondPerson(hand, state);
  if (counter.kind === "handOver")
    return press(hand, (register) => register.handOver(yuan(100), [])).then(() => leaveUnreceived(hand));
  if (counter.kind !== "count") return press(hand, (register) => register.showShift());
  if (counter.result === null) return press(hand, (register) => register.countDrawer(counted));
  if (counter.nth === 1 && hand.dice.chance(25)) return press(hand, (register) => register.recountDrawer());
  // by what was counted, so that it moves no day of an older seed
  const isReceived = counter.result.counted.amount % 2 === 0;
  return press(hand, (register) => (isReceived ? register.beginHandOver() : register.closeShift()));
}

/** Nobody came to receive it: the shift closes and all stays. */
async function leaveUnreceived(hand: Hand): Promise<void> {
  if (stateOf(hand)?.counter.kind === "handOver") await press(hand, (register) => register.closeShift());
}

async function leave(hand: Hand): Promise<void> {
  for (let look = 0; look < 20; look++) {
    const state = stateOf(hand);
    if (state === null || state.phase !== "selling") return;
    if (state.counter.kind === "goods" || state.counter.kind === "waiting") return;
    if (state.counter.kind === "secondPerson") await secondPerson(hand, state);
    else await press(hand, (register) => register.backToGoods());
    await pause(hand, 300);
  }
}
