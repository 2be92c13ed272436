import { linesLeft } from "../../src/domain/returns.ts";
import type { FoundSale } from "../../src/register/found-sale.ts";
import { soldSaleOf, type ReturnPick } from "../../src/register/return-goods.ts";
import { money } from "../../src/domain/money.ts";
import { pause, press, stateOf, type Hand } from "./hand.ts";

/**
 * Somebody brings back what one of the two tills sold: finds the sale and picks what comes back. Often it is the sale that the
 * other till is taking back at this moment.
 *
 * @returns whether something that comes back is on the ticket
 */
export async function takeBack(hand: Hand): Promise<boolean> {
  const { floor, dice } = hand;
  const receipt = floor.wanted ?? floor.receipts[floor.receipts.length - 1 - dice.below(6)];
  if (receipt === undefined) return false;
  floor.wanted = floor.wanted === null && dice.chance(60) ? receipt : null;
  await press(hand, (register) => register.openFind());
  await press(hand, (register) => register.findSale(receipt));
  const seen = stateOf(hand)?.counter;
  const [first] = seen?.kind === "find" ? (seen.found ?? []) : [];
  if (first !== undefined) await press(hand, (register) => register.openFound(first));
  const counter = stateOf(hand)?.counter;
  const picks = counter?.kind === "return" ? picksOf(hand, counter.sale) : [];
  await pause(hand, dice.between(300, 2_000));
  if (counter?.kind === "return" && picks.length > 0) {
    const { sale } = counter;
    await press(hand, (register) => register.returnGoods(sale, picks));
  }
  const after = stateOf(hand);
  if (after?.sale?.lines.some(({ returnOf }) => returnOf !== null) === true) return true;
  if (after !== null && after.counter.kind !== "goods" && after.phase === "selling")
    await press(hand, (register) => register.backToGoods());
  return false;
}

/** The whole sale, one line, a piece or a part of one, or money without goods. */
function picksOf(hand: Hand, found: FoundSale): ReturnPick[] {
  const { dice } = hand;
  const left = linesLeft(soldSaleOf(found), found.returned).filter(({ amount }) => amount.amount > 0);
  const whole = left.map(({ line, quantity, amount }): ReturnPick =>
    quantity.thousandths > 0 ? { line: line.line, thousandths: quantity.thousandths } : { line: line.line, amount },
  );
  const one = left[dice.below(Math.max(1, left.length))];
  if (one === undefined || dice.chance(45)) return whole;
  const { line, quantity, amount } = one;
  const isMoney = quantity.thousandths === 0 || dice.chance(25);
  if (isMoney) return [{ line: line.line, amount: money(Math.max(1, Math.floor(amount.amount / 2)), amount.currency) }];
  const some = quantity.unit === "piece" ? 1_000 : Math.max(1, Math.floor(quantity.thousandths / 2));
  return [{ line: line.line, thousandths: Math.min(some, quantity.thousandths) }];
}
