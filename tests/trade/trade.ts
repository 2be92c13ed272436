import { plusMs, sleep, type Instant } from "../../src/domain/clock.ts";
import type { StaffId } from "../../src/domain/identifier.ts";
import { money } from "../../src/domain/money.ts";
import { dayAfter, momentOf } from "../../src/gateway/sandbox/settlement/days.ts";
import { dice } from "../simulation/seeded.ts";
import { makeShop, type Shop } from "../simulation/shop.ts";
import { virtualTime } from "../simulation/virtual-time.ts";
import { availableRefunds, type AvailableRefund } from "./available-refund.ts";
import { beginShift, closeShift } from "./drawer.ts";
import { carryToBank } from "./deposits.ts";
import { agreeFees, billsFetched, closeBooksOf, handInStatement, proveDay } from "./back-office.ts";
import { evening, forenoon, type TradeDay } from "./customers.ts";
import { judge, type Judgement } from "./judge.ts";
import { tradePhones, type TradePhones } from "./phones.ts";
import { emptyPlan, type Plan } from "./plan.ts";
import { plant, plantNight } from "./plants.ts";
import { recount, type Recount } from "./recount.ts";
import { countSafeAtNight } from "./safe.ts";
import { openScribe, type Scribe } from "./scribe.ts";
import { openShift, type TillHand } from "./till-hand.ts";
import { wallets } from "./truth.ts";

export type TradeWish = { readonly seed: number; readonly days: number; readonly customers: number };
export type Trade = {
  readonly wish: TradeWish;
  readonly plan: Plan;
  readonly judgement: Judgement;
  readonly recount: Recount;
  readonly isRight: boolean;
};

/** The first day, a Tuesday. */
export const firstDay = "2026-11-24";
/** After the last day the bank and the providers have so many mornings for what is on its way. */
const tailDays = 5;
/** As long as whatever comes after the judgement may take. */
const afterDaysMax = 30;
const opensMinute = 10 * 60;
const noonMinute = 12 * 60 + 41;
const eveningMinute = 23 * 60 + 51;
const float = money(20_000, "CNY");

type Street = {
  readonly shop: Shop;
  readonly plan: Plan;
  readonly wish: TradeWish;
  readonly hands: readonly TillHand[];
  readonly scribe: Scribe;
};

/** The street after its last morning, when everything planted has been found or has not. */
export type TradedShop = {
  readonly shop: Shop;
  readonly plan: Plan;
  readonly firstDay: string;
  readonly lastDay: string;
};

/**
 * Plays so many days of two stores with differences that the seed plants, and judges what was found of them.
 *
 * @param after what is done with the shop when it has been judged, in the same time
 */
export async function playTrade(
  wish: TradeWish,
  after: (traded: TradedShop) => Promise<void> = async () => undefined,
): Promise<Trade> {
  const opensAt = momentOf(firstDay, opensMinute);
  const time = virtualTime(opensAt);
  const available: AvailableRefund = { isNext: false };
  const phones: { own: TradePhones | null } = { own: null };
  const shop = await makeShop(time, wish.seed, ["till-a1", "till-b1"], {
    provider: availableRefunds(available, dice(wish.seed, "available")),
    phones: (at, _, provider) => (phones.own = tradePhones(at, provider)),
  });
  shop.calm();
  const plan = emptyPlan();
  const until = plusMs(opensAt, (wish.days + tailDays + 2) * 86_400_000);
  const days = (async (): Promise<void> => {
    await shop.open();
    await agreeFees(shop, firstDay);
    const own = phones.own;
    if (own === null) throw new Error("nobody has a phone");
    const hands = shop.tills.map((place, nth): TillHand => ({
      shop,
      place,
      staff: (nth === 0 ? "staff-1" : "staff-3") as StaffId,
      dice: dice(wish.seed, `hand ${place.id}`),
      drawerDice: dice(wish.seed, `drawer ${place.id}`),
      phones: own,
      available,
      receipts: [],
    }));
    const scribe = await openScribe(shop, dice(wish.seed, "scribe"));
    await playDays({ shop, plan, wish, hands, scribe });
  })();
  await time.run(days, until);
  const last = dayAfter(firstDay, wish.days + tailDays - 1);
  const at = { shop, plan, firstDay, lastDay: last };
  const judgement = await time.run(judge(at), until);
  const counted = await time.run(recount(at), until);
  await time.run(after(at), plusMs(until, afterDaysMax * 86_400_000));
  const isRight = judgement.isRight && counted.isRight;
  return { wish, plan, judgement, recount: counted, isRight };
}

async function playDays(street: Street): Promise<void> {
  const { shop, wish } = street;
  for (let nth = 0; nth < wish.days + tailDays; nth++) {
    const day = dayAfter(firstDay, nth);
    if (nth > 0) await closedUntil(shop, momentOf(day, opensMinute));
    await billsFetched(shop);
    await sleep(shop.time.clock, momentOf(day, 10 * 60 + 1) - shop.time.clock.now());
    await handInStatement(shop, firstDay, day, street.plan.cash.credits);
    if (nth >= wish.days) await tailDay(street, day);
    else await tradingDay(street, day, nth);
    if (nth > 0) await closeBooksOf(street, dayAfter(day, -1));
    await proveDay(street, day);
  }
}

/** No business, but other business goes through the accounts, so that payouts go on. */
async function tailDay({ shop, plan }: Street, day: string): Promise<void> {
  for (const provider of wallets)
    await plant(shop, { kind: "foreignPayment", provider, amount: 10_000, at: momentOf(day, 12 * 60) });
  plan.baits["other business"] = (plan.baits["other business"] ?? 0) + 1;
}

async function tradingDay(street: Street, day: string, nth: number): Promise<void> {
  const { shop, plan, hands, wish } = street;
  const own: TradeDay = { ...street, day, nth, dice: dice(wish.seed, `day ${nth}`) };
  // the second store's line is down from the evening of the first day to the morning of the third
  const isAway = wish.days >= 3 && nth === 1;
  if (wish.days >= 3 && nth === 2) hands[1]?.place.network.restore();
  for (const hand of hands) await beginShift(hand, plan, day, float);
  await forenoon(own, isAway);
  await closedUntil(shop, momentOf(day, noonMinute));
  await billsFetched(shop);
  await closedUntil(shop, momentOf(day, eveningMinute));
  await billsFetched(shop);
  for (const hand of hands) await openShift(hand, float);
  await evening(own, isAway);
  for (const hand of hands) {
    const off = own.dice.chance(60) ? own.dice.pick([-100, 50, 310, -5, 1_200, -640]) : 0;
    await closeShift(hand, plan, day, off, float);
  }
  await carryToBank(street, { day, nth, dice: dice(wish.seed, `bank ${nth}`) });
  await plantNight(own);
  if (wish.days >= 3 && nth === 0) {
    hands[1]?.place.network.cut();
    plan.baits["a till without its line for a day and more"] = 1;
  }
  await sleep(shop.time.clock, 30_000);
  await countSafeAtNight(street, { day, nth, dice: dice(wish.seed, `safe ${nth}`) });
}

/** Both sides are switched off until then. */
export async function closedUntil(shop: Shop, at: Instant): Promise<void> {
  const ms = at - shop.time.clock.now();
  if (ms <= 0) return;
  await Promise.all([shop.restartGateway(ms), ...shop.tills.map((place) => shop.restartTill(place, ms + 1_000))]);
  await sleep(shop.time.clock, 3_000);
}
