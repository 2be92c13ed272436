import { writeLabel } from "../../src/domain/label.ts";
import type { Product } from "../../src/domain/item.ts";
import { emptyBottle } from "../../src/gateway/sample-shop/bottles.ts";
import { quantity } from "../../src/domain/quantity.ts";
import { pause, press, stateOf, yuan, type Hand } from "./hand.ts";
import { labelRule } from "./stocked-shop.ts";

/** Scans one to four things: pieces, goods with a deposit, weighed goods by keypad or by the scale's label, and empties. */
export async function scanGoods(hand: Hand): Promise<void> {
  const products = goodsOf(hand);
  for (let left = hand.dice.between(1, 4); left > 0; left--) {
    const product = products[hand.dice.below(Math.max(1, products.length))];
    if (product === undefined) return pause(hand, 2_000);
    await scanOne(hand, product);
    await pause(hand, hand.dice.between(100, 700));
  }
  if (hand.dice.chance(6)) await press(hand, (register) => register.scan(emptyBottle.barcodes[0] ?? ""));
  const line = stateOf(hand)?.sale?.lines[0];
  if (line?.quantity.unit === "piece" && hand.dice.chance(18))
    await press(hand, (register) => register.setQuantity(line.line, hand.dice.between(2, 4)));
}

async function scanOne(hand: Hand, product: Product): Promise<void> {
  const [barcode] = product.barcodes;
  const grams = hand.dice.between(50, 3_000);
  const isLabelled = hand.dice.chance(50);
  if (product.isDeposit || barcode === undefined) return;
  if (product.unit === "piece") return press(hand, (register) => register.scan(barcode));
  if (!isLabelled) return press(hand, (register) => register.add(product, quantity(grams, "kg")));
  const amount = Math.min(99_999, Math.round((product.price * grams) / 1_000));
  const label = writeLabel(labelRule, { plu: barcode, amount, weight: null, count: null });
  await press(hand, (register) => register.scan(label));
}

/** A discount on the ticket or a line, or another price; a cashier may need a second person for it. */
export async function reduce(hand: Hand): Promise<void> {
  const line = stateOf(hand)?.sale?.lines.find(
    (each) => each.returnOf === null && !each.isDeposit && each.quantity.thousandths > 0,
  );
  if (line === undefined) return;
  const basisPoints = hand.dice.pick([500, 1_000, 2_000, 3_500]);
  switch (hand.dice.pick(["sale", "line", "amount", "price"])) {
    case "sale":
      return press(hand, (register) => register.discountSale({ kind: "percent", basisPoints }));
    case "line":
      return press(hand, (register) => register.discountLine(line.line, { kind: "percent", basisPoints }));
    case "amount":
      return press(hand, (register) => register.discountSale({ kind: "amount", amount: yuan(0, 137) }));
    default: {
      const less = Math.max(1, Math.floor(line.unitPrice.amount * 0.83));
      return press(hand, (register) => register.overridePrice(line.line, yuan(0, less), "damaged"));
    }
  }
}

function goodsOf(hand: Hand): readonly Product[] {
  const register = hand.till()?.register;
  return (stateOf(hand)?.catalog.categories ?? []).flatMap(({ id }) => register?.inCategory(id) ?? []);
}
