import { plusMs, sleep } from "../../src/domain/clock.ts";
import type { StaffId } from "../../src/domain/identifier.ts";
import type { Register } from "../../src/register/register.ts";
import type { Evidence } from "./evidence.ts";
import { yuan } from "./hand.ts";
import { makeShop, type Plant, type Shop } from "./shop.ts";
import { opensAt } from "./shop-day.ts";
import { virtualTime } from "./virtual-time.ts";

const supervisor = "staff-4" as StaffId;

/** One sale for a wallet's money, and both tills that take all of it back in the same moment, on a line without a fault. */
export async function playReturnRace(plant: Plant = {}): Promise<Evidence> {
  const time = virtualTime(opensAt);
  const shop = await makeShop(time, 1, undefined, plant);
  shop.calm();
  const race = (async (): Promise<void> => {
    await shop.open();
    const tills = await Promise.all(shop.tills.map((_, nth) => opened(shop, nth)));
    const [first] = tills;
    const receipt = await sold(shop, first);
    await sleep(time.clock, 3_000);
    await Promise.all(tills.map((till) => takenBack(shop, till, receipt)));
    await sleep(time.clock, 600_000);
  })();
  await time.run(race, plusMs(opensAt, 3_600_000));
  return time.run(shop.evidence(), plusMs(opensAt, 2 * 3_600_000));
}

async function opened(shop: Shop, nth: number): Promise<Register> {
  const register = shop.tills[nth]?.running()?.register;
  if (register === undefined) throw new Error("the till is gone");
  await register.signOn(`staff-${nth + 1}` as StaffId, shop.pins.get(`staff-${nth + 1}`) ?? "");
  await register.openShift(yuan(200));
  return register;
}

/** One piece, paid at once by the payer's code; the receipt's number. */
async function sold(shop: Shop, register: Register | undefined): Promise<string> {
  const [category] = register?.state.get().catalog.categories ?? [];
  const product = register
    ?.inCategory(category?.id ?? "")
    .find(({ unit, deposit }) => unit === "piece" && deposit === null);
  if (register === undefined || product === undefined) throw new Error("there is nothing to sell");
  await register.add(product);
  await register.scan("280000000000000001");
  for (let tries = 0; tries < 100; tries++) {
    const { counter } = register.state.get();
    if (counter.kind === "done") return counter.receipt;
    await sleep(shop.time.clock, 100);
  }
  throw new Error("the sale is never paid");
}

async function takenBack(shop: Shop, register: Register, receipt: string): Promise<void> {
  await register.findSale(receipt);
  const { counter } = register.state.get();
  if (counter.kind !== "return") throw new Error(`the sale is not found: ${counter.kind}`);
  await register.returnGoods(counter.sale, [{ line: 1, thousandths: 1_000 }]);
  await register.beginTender();
  await register.approve(supervisor, shop.pins.get(supervisor) ?? "");
  if (register.state.get().counter.kind === "giveBack") await register.giveBack();
  else await register.voidSale();
}
