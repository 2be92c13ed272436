import { money } from "../../src/domain/money.ts";
import { cashPlaceOf } from "../../src/gateway/cash/cash-place.ts";
import { makeDeposit } from "../../src/gateway/cash/deposit.ts";
import type { BankCredit } from "../../src/gateway/sandbox/settlement/bank.ts";
import { dayAfter, momentOf } from "../../src/gateway/sandbox/settlement/days.ts";
import { inTransaction } from "../../src/gateway/store/database.ts";
import type { Dice } from "../simulation/seeded.ts";
import type { Shop } from "../simulation/shop.ts";
import { bank, home, partsOf } from "./back-office.ts";
import { bait, moveSafe, ownFault, type Plan } from "./plan.ts";

/** The bank's counter opens. */
const bankMinute = 9 * 60 + 30;

/**
 * At a day's end somebody carries cash from the home store's safe to the bank, which credits it the next morning: mostly all of it, now
 * and then less or a note more; on the first day it may never arrive, so that its time is over before the last one.
 */
export async function carryToBank(
  { shop, plan }: { readonly shop: Shop; readonly plan: Plan },
  { day, nth, dice }: { readonly day: string; readonly nth: number; readonly dice: Dice },
): Promise<void> {
  const { database, clock } = partsOf(shop);
  const place = await cashPlaceOf(database, home, clock.now());
  if (place === null) throw new Error(`there is no store ${home}`);
  const amount = dice.between(100, 900) * 100;
  const slip = `CK-${day.replaceAll("-", "")}`;
  const fate = nth === 0 && dice.chance(50) ? "never" : dice.chance(30) ? "short" : dice.chance(30) ? "over" : "whole";
  const made = { bank, slip, amount, notes: [], takenBy: "staff-4", beyondBooks: false };
  const by = { who: "owner", secondPerson: null };
  const kept = await inTransaction(database, (step) =>
    makeDeposit(step, { random: dice }, place, made, by, clock.now()),
  );
  if (!kept.ok) throw new Error(`the deposit of ${day} is ${kept.refusal}`);
  const credited = fate === "never" ? 0 : amount + { short: -5_000, over: 10_000, whole: 0 }[fate];
  moveSafe(plan, home, -amount);
  plan.cash.transit += amount - credited;
  if (fate !== "never") plan.cash.credits.push(creditOf(slip, credited, dayAfter(day, 1), nth));
  if (fate === "whole") return bait(plan, "cash taken to the bank");
  const kind = { never: "depositMissing", short: "depositShort", over: "depositOver" }[fate];
  const off = money(credited - amount, "CNY").amount;
  ownFault(plan, { kind, day, wallet: null, number: kept.value, amount: off }, [
    { account: "cash", side: "deposit", number: kept.value, class: kind },
  ]);
}

function creditOf(slip: string, amount: number, day: string, nth: number): BankCredit {
  const words = { payer: "岭上便利", text: `现金存入 ${slip}`, number: `B77${String(nth).padStart(6, "0")}` };
  return { at: momentOf(day, bankMinute), amount, ...words, payout: null, plant: null };
}
