import { instant, plusMs, sleep } from "../../src/domain/clock.ts";
import { serveCustomer, tidyParked, toSelling, type Counter } from "./cashier.ts";
import type { Evidence } from "./evidence.ts";
import { dice, type Dice } from "./seeded.ts";
import { makeShop, type Shop } from "./shop.ts";
import { virtualTime } from "./virtual-time.ts";

/** A quarter of an hour before the business day is cut. */
export const opensAt = instant(Date.parse("2026-11-24T03:45:00+08:00"));
const dayMaxMs = 4 * 3_600_000;

export type ShopDay = { readonly seed: number; readonly sales: number };

/** Plays one till's day with the faults that `seed` draws, lets everything drain, and takes the evidence from outside. */
export async function playDay({ seed, sales }: ShopDay): Promise<Evidence> {
  const time = virtualTime(opensAt);
  const shop = await makeShop(time, seed);
  const day = (async (): Promise<void> => {
    await shop.open();
    const chaos: Chaos = { shop, dice: dice(seed, "chaos"), isOver: false };
    const counter = counterOf(shop, dice(seed, "cashier"), chaos);
    const faults = causeFaults(chaos);
    for (let served = 0; served < sales; served++) await serveCustomer(counter);
    chaos.isOver = true;
    shop.calm();
    await faults;
    await drain(shop, counter);
  })();
  await time.run(day, plusMs(opensAt, dayMaxMs)).catch((trouble: unknown) => {
    throw new Error(`seed ${seed}, ${sales} customers: ${String(trouble)}; the till shows ${screenOf(shop)}`, {
      cause: trouble,
    });
  });
  return time.run(shop.evidence(), plusMs(opensAt, 2 * dayMaxMs));
}

type Chaos = { readonly shop: Shop; readonly dice: Dice; isOver: boolean };

function counterOf(shop: Shop, hand: Dice, chaos: Chaos): Counter {
  return {
    time: shop.time,
    dice: hand,
    till: shop.till,
    pins: shop.pins,
    shown: { codes: 0 },
    beforePress() {
      if (chaos.isOver || !chaos.dice.chance(0.7)) return;
      const downMs = chaos.dice.between(1_000, 8_000);
      shop.time.interruptAfter(chaos.dice.between(0, 30), () => void shop.restartTill(downMs));
    },
  };
}

async function causeFaults(chaos: Chaos): Promise<void> {
  while (!chaos.isOver) {
    await sleep(chaos.shop.time.clock, chaos.dice.between(15_000, 120_000));
    if (!chaos.isOver) await causeOne(chaos);
  }
}

async function causeOne({ shop, dice: chaos }: Chaos): Promise<void> {
  const { network, database, time } = shop;
  switch (chaos.pick(["away", "stream", "silentStream", "gateway", "till", "slow"])) {
    case "away":
      network.cut();
      await sleep(time.clock, chaos.between(5_000, 180_000));
      return network.restore();
    case "stream":
      return network.cutStreams(false);
    case "silentStream":
      return network.cutStreams(true);
    case "slow":
      return database.stall(chaos.between(1_000, 14_000));
    case "gateway":
      return shop.restartGateway(chaos.between(500, 20_000));
    default:
      return shop.restartTill(chaos.between(1_000, 8_000));
  }
}

/** After the last customer: what stands aside is settled, the journal goes out, the gateway's jobs end. */
async function drain(shop: Shop, counter: Counter): Promise<void> {
  for (;;) {
    await sleep(shop.time.clock, 5_000);
    await toSelling(counter);
    if (shop.till()?.register.state.get().sale !== null) await serveCustomer(counter);
    const isTidy = await tidyParked(counter);
    const jobs = await shop.jobsLeft();
    const state = shop.till()?.register.state.get();
    if (isTidy && jobs === 0 && state?.connection.unsent === 0 && state.sale === null) return;
  }
}

/** What stands on the till's screen, for the report of a day that does not end. */
function screenOf(shop: Shop): string {
  const state = shop.till()?.register.state.get();
  if (state === undefined) return "nothing: it is gone";
  const { phase, counter, sale, parked, connection, storage, notice } = state;
  return JSON.stringify({ phase, counter, sale: sale?.state, parked, connection, fault: storage.fault, notice });
}
