import { linesLeft } from "../../src/domain/returns.ts";
import type { FoundSale } from "../../src/register/returning/found-sale.ts";
import { soldSaleOf, type ReturnPick } from "../../src/register/returning/return-goods.ts";
import { money } from "../../src/domain/money.ts";
import { pause, press, stateOf, type Hand } from "./hand.ts";

/** How long a customer waits for the one at the other till who wants the same. */
const meetingMaxMs = 45_000;

/**
 * Somebody brings back what one of the two tills sold: finds the sale and picks what comes back. Often it is the sale that the
 * other till takes back at this moment.
 *
 * @returns whether something that comes back is on the ticket, and whether the other till has the same before it
 */
export async function takeBack(hand: Hand): Promise<"nothing" | "back" | "met"> {
  const { floor, dice } = hand;
  const wanted = floor.wanted;
  floor.wanted = null;
  const receipt = wanted ?? floor.receipts[floor.receipts.length - 1 - dice.below(6)];
  if (receipt === undefined) return "nothing";
  const hasMet = wanted !== null || (dice.chance(50) && (await meet(hand, receipt)));
  await press(hand, (register) => register.openFind());
  await press(hand, (register) => register.findSale(receipt));
  const seen = stateOf(hand)?.counter;
  const [first] = seen?.kind === "find" ? (seen.found ?? []) : [];
  if (first !== undefined) await press(hand, (register) => register.openFound(first));
  const counter = stateOf(hand)?.counter;
  const picks = counter?.kind === "return" ? picksOf(hand, counter.sale, hasMet) : [];
  if (!hasMet) await pause(hand, dice.between(300, 2_000));
  if (counter?.kind === "return" && picks.length > 0) {
    const { sale } = counter;
    await press(hand, (register) => register.returnGoods(sale, picks));
  }
  const after = stateOf(hand);
  if (after?.sale?.lines.some(({ returnOf }) => returnOf !== null) === true) return hasMet ? "met" : "back";
  if (after !== null && after.counter.kind !== "goods" && after.phase === "selling")
    await press(hand, (register) => register.backToGoods());
  return "nothing";
}

/** Waits until somebody at the other till wants `receipt` too, or for so long. */
async function meet(hand: Hand, receipt: string): Promise<boolean> {
  const { floor } = hand;
  floor.wanted = receipt;
  for (let waitedMs = 0; waitedMs < meetingMaxMs && floor.wanted === receipt; waitedMs += 250) await pause(hand, 250);
  const hasMet = floor.wanted !== receipt;
  if (!hasMet) floor.wanted = null;
  return hasMet;
}

/** The whole sale, one line, a piece or a part of one, or money without goods. */
function picksOf(hand: Hand, found: FoundSale, isWhole: boolean): ReturnPick[] {
  const { dice } = hand;
  const left = linesLeft(soldSaleOf(found), found.returned).filter(({ amount }) => amount.amount > 0);
  const whole = left.map(({ line, quantity, amount }): ReturnPick =>
    quantity.thousandths > 0 ? { line: line.line, thousandths: quantity.thousandths } : { line: line.line, amount },
  );
  const one = left[dice.below(Math.max(1, left.length))];
  if (one === undefined || isWhole || dice.chance(45)) return whole;
  const { line, quantity, amount } = one;
  const isMoney = quantity.thousandths === 0 || dice.chance(25);
  if (isMoney) return [{ line: line.line, amount: money(Math.max(1, Math.floor(amount.amount / 2)), amount.currency) }];
  const some = quantity.unit === "piece" ? 1_000 : Math.max(1, Math.floor(quantity.thousandths / 2));
  return [{ line: line.line, thousandths: Math.min(some, quantity.thousandths) }];
}
