import type { Hand } from "./hand.ts";

/** What a customer wants, and how long he waits. */
export type Customer = {
  readonly wants: "buys" | "returns" | "exchanges";
  readonly pays: "cash" | "code" | "shown";
  readonly wallet: "wechat" | "alipay";
  readonly splits: boolean;
  readonly tips: boolean;
  readonly holds: boolean;
  readonly patienceMs: number;
  readonly parksMs: number;
};

/** The next customer, as the dice have it. */
export function nextCustomer({ dice, mix, floor }: Hand): Customer {
  // somebody at the other till holds a receipt whose owner has just come in here
  const returns = dice.chance(floor.wanted === null ? mix.returns : 90);
  const isCash = dice.chance(mix.cash);
  const isShown = dice.chance(mix.shownCodes);
  return {
    wants: returns ? (dice.chance(30) ? "exchanges" : "returns") : "buys",
    pays: isCash ? "cash" : isShown ? "shown" : "code",
    wallet: dice.pick(["wechat", "alipay"]),
    splits: dice.chance(mix.splits),
    tips: dice.chance(10),
    holds: dice.chance(mix.holds),
    patienceMs: dice.between(8_000, 60_000),
    parksMs: dice.chance(30) ? dice.between(3_000, 30_000) : 150_000,
  };
}
