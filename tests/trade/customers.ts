import { sleep } from "../../src/domain/clock.ts";
import { dayAfter, momentOf } from "../../src/gateway/sandbox/settlement/days.ts";
import type { Dice } from "../simulation/seeded.ts";
import type { Shop } from "../simulation/shop.ts";
import {
  sellNoted,
  sellOddly,
  takeBackClosed,
  takeBackFromBalance,
  takeBackSome,
  takeBackStuck,
  takeBackUnfinished,
} from "./baits.ts";
import { causeOwnFault, ownKinds } from "./own-faults.ts";
import { bait, type Plan } from "./plan.ts";
import type { Scribe } from "./scribe.ts";
import { sell, type Payment, type TillHand } from "./till-hand.ts";
import { wallets } from "./truth.ts";

export type TradeDay = {
  readonly shop: Shop;
  readonly plan: Plan;
  readonly hands: readonly TillHand[];
  readonly scribe: Scribe;
  readonly wish: { readonly customers: number };
  readonly dice: Dice;
  readonly day: string;
  readonly nth: number;
};

const usual: readonly [Payment, ...Payment[]] = [
  { kind: "cash" },
  ...wallets.flatMap((wallet): Payment[] => [
    { kind: "code", wallet, play: "0000" },
    { kind: "code", wallet, play: "0000" },
    { kind: "shown", wallet, play: "usual" },
  ]),
];

/** Customers of the forenoon: what is usual, what is brought back, what looks odd. `isAway`: the second till sells for cash alone. */
export async function forenoon(day: TradeDay, isAway: boolean): Promise<void> {
  const { plan, hands, wish, nth } = day;
  for (const [at, hand] of hands.entries()) {
    const olderThan = hand.receipts.length;
    const isCashOnly = isAway && at === 1;
    for (let left = Math.ceil(wish.customers / 2); left > 0; left--) await sellUsually(hand, isCashOnly);
    if (isCashOnly) continue;
    for (let odd = 0; odd < 3; odd++) await sellOddly(hand, plan, nth * 7 + at * 4 + odd);
    await takeBackSome(hand, plan, day.day, olderThan);
  }
}

/** Customers around midnight, with what goes wrong on our own side. */
export async function evening(day: TradeDay, isAway: boolean): Promise<void> {
  const { plan, hands, wish, dice, nth, shop } = day;
  const [first, second] = hands;
  if (first === undefined || second === undefined) throw new Error("a till is missing");
  await sellUsually(second, isAway);
  for (let odd = 0; odd < 4; odd++) await sellOddly(first, plan, nth * 7 + 6 + odd);
  if (dice.chance(70)) await takeBackStuck(first, plan, day.day, "wechat");
  if (dice.chance(40)) await takeBackStuck(first, plan, day.day, "alipay");
  await takeBackUnfinished(first, plan);
  await takeBackFromBalance(first, plan);
  if (dice.chance(60)) await takeBackClosed(first, plan);
  await sellNoted(first, plan, day.day, dice.pick(wallets), dice.chance(60));
  for (const kind of ownKinds) if (dice.chance(65)) await causeOwnFault(day, kind);
  const midnight = momentOf(dayAfter(day.day), 0);
  await sleep(shop.time.clock, Math.max(0, midnight - 100_000 - shop.time.clock.now()));
  for (let left = Math.ceil(wish.customers / 3); left > 0; left--)
    for (const [at, hand] of hands.entries()) await sellUsually(hand, isAway && at === 1);
  bait(plan, "captures on both sides of midnight");
}

async function sellUsually(hand: TillHand, isCashOnly: boolean): Promise<void> {
  await sell(hand, isCashOnly ? { kind: "cash" } : hand.dice.pick(usual));
}
