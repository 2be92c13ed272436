import type { Product } from "../../src/domain/item.ts";
import { minorUnits } from "../../src/domain/money.ts";
import { putProducts } from "../../src/gateway/catalogue/catalogue.ts";
import type { GatewayParts } from "../../src/gateway/parts.ts";
import { emptyBottle } from "../../src/gateway/sample-shop/bottles.ts";
import { fillSampleShop } from "../../src/gateway/sample-shop/fill.ts";
import { sampleProducts } from "../../src/gateway/sample-shop/products.ts";
import { rulesOf, sampleStaff, sampleStores } from "../../src/gateway/sample-shop/shop.ts";
import { json } from "../../src/gateway/store/database.ts";
import { simulatedAccounts } from "./simulated-provider.ts";

/** How this shop's scales write a label with a price. */
export const labelRule = "21PPPPPAAAAAC";

/**
 * The sample shop with both wallets, and what it leaves out: more bottles with a deposit, tips, and unverified payments while a till
 * is cut off.
 *
 * @returns PINs by person
 */
export async function stockShop(parts: GatewayParts): Promise<ReadonlyMap<string, string>> {
  const products = sampleProducts(1, 200);
  const shown = await fillSampleShop(parts, { seed: 1, products: 200 }, simulatedAccounts);
  const withDeposit = products
    .filter(({ unit, category }) => unit === "piece" && category === "drinks")
    .slice(0, 12)
    .map((product): Product => ({ ...product, deposit: emptyBottle.id }));
  await putProducts(parts.database, withDeposit);
  const [store] = sampleStores;
  if (store === undefined) throw new Error("there is no store");
  const unverified = { each: minorUnits(50_000), day: minorUnits(400_000) };
  await parts.database
    .updateTable("store")
    .set({ rules: json({ ...rulesOf(store.id), unverified, tips: [500] }) })
    .where("id", "=", store.id)
    .execute();
  return new Map(sampleStaff.map(({ id, name }) => [id, shown.find((pin) => pin.name === name)?.pin ?? ""]));
}
