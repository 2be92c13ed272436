import { cashPlaceOf } from "../../src/gateway/cash/cash-place.ts";
import { countSafe } from "../../src/gateway/cash/safe-count.ts";
import { inTransaction } from "../../src/gateway/store/database.ts";
import type { Dice } from "../simulation/seeded.ts";
import type { Shop } from "../simulation/shop.ts";
import { home, partsOf } from "./back-office.ts";
import { ownFault, type Plan } from "./plan.ts";

/** What lay in the home store's safe before its books began. */
const opening = 400_000;

/**
 * Counts the home store's safe at night. On the first day what lay there from the start is found; later some of it is gone, or more is there
 * than was put in.
 */
export async function countSafeAtNight(
  { shop, plan }: { readonly shop: Shop; readonly plan: Plan },
  { day, nth, dice }: { readonly day: string; readonly nth: number; readonly dice: Dice },
): Promise<void> {
  const { database, clock } = partsOf(shop);
  const place = await cashPlaceOf(database, home, clock.now());
  if (place === null) throw new Error(`there is no store ${home}`);
  const isFirst = nth === 0;
  if (isFirst) {
    plan.cash.opening += opening;
    plan.cash.safes[home] = (plan.cash.safes[home] ?? 0) + opening;
  }
  const off = !isFirst && dice.chance(60) ? dice.pick([-2_000, 350]) : 0;
  const counted = (plan.cash.safes[home] ?? 0) + off;
  const by = { who: "staff-4", secondPerson: "owner" };
  const told = { counted, notes: [], opening: isFirst };
  const found = await inTransaction(database, (step) =>
    countSafe(step, { random: dice }, place, told, by, clock.now()),
  );
  plan.cash.safes[home] = counted;
  plan.cash.pending -= off;
  if (off === 0) return;
  const fault = { kind: off > 0 ? "safeOver" : "safeShort", day, wallet: null, number: found.id, amount: off };
  ownFault(plan, fault, [{ account: "cash", side: "safe", number: found.id, class: fault.kind }]);
}
