import { instant, plusMs, sleep } from "../../src/domain/clock.ts";
import { serveCustomer, tidyParked, tidyTickets } from "./cashier.ts";
import type { Evidence } from "./evidence.ts";
import { stateOf, toSelling, usualMix, type Floor, type Hand, type Mix } from "./hand.ts";
import { dice, type Dice } from "./seeded.ts";
import { closeShift } from "./shift-hand.ts";
import { makeShop, type Plant, type Shop } from "./shop.ts";
import type { TillPlace } from "./till-place.ts";
import { virtualTime } from "./virtual-time.ts";

/** Ten minutes before the business day is cut. */
export const opensAt = instant(Date.parse("2026-11-24T03:50:00+08:00"));
const dayMaxMs = 12 * 3_600_000;
/** What has not come to rest after so many looks never will. */
const tidyLooksMax = 160;
/** Nothing of the gateway's is due so soon when the day is over; what is asked about later stays as it is. */
const restMs = 400_000;

export type ShopDay = {
  readonly seed: number;
  /** Customers, of both tills together. */
  readonly sales: number;
  readonly mix?: Partial<Mix>;
  /** A planted bug. */
  readonly plant?: Plant;
};

/** Plays a day of two tills with the faults that `seed` draws, lets everything drain, and takes the evidence from outside. */
export async function playDay({ seed, sales, mix, plant = {} }: ShopDay): Promise<Evidence> {
  const time = virtualTime(opensAt);
  const shop = await makeShop(time, seed, undefined, plant);
  const floor: Floor = { codes: 0, receipts: [], wanted: null };
  let unsettled: readonly string[] = [];
  const day = (async (): Promise<void> => {
    await shop.open();
    const chaos: Chaos = { shop, dice: dice(seed, "chaos"), isOver: false };
    const hands = shop.tills.map((place) => handOf(chaos, place, seed, floor, { ...usualMix, ...mix }));
    const faults = causeFaults(chaos);
    let left = sales;
    await Promise.all(hands.map((hand) => serveAll(hand, () => left-- > 0)));
    chaos.isOver = true;
    shop.calm();
    await faults;
    unsettled = await drain(shop, hands);
  })();
  await time.run(day, plusMs(opensAt, dayMaxMs)).catch((trouble: unknown) => {
    const screens = shop.tills.map((place) => screenOf(place)).join(" | ");
    throw new Error(`seed ${seed}, ${sales} customers: ${String(trouble)}; the tills show ${screens}`, {
      cause: trouble,
    });
  });
  const evidence = await time.run(shop.evidence(), plusMs(opensAt, 2 * dayMaxMs));
  return { ...evidence, unsettled };
}

async function serveAll(hand: Hand, isNext: () => boolean): Promise<void> {
  while (isNext()) await serveCustomer(hand);
}

type Chaos = { readonly shop: Shop; readonly dice: Dice; isOver: boolean };

function handOf(chaos: Chaos, place: TillPlace, seed: number, floor: Floor, mix: Mix): Hand {
  const { shop } = chaos;
  return {
    time: shop.time,
    dice: dice(seed, `cashier ${place.id}`),
    till: () => place.running(),
    pins: shop.pins,
    floor,
    mix,
    beforePress() {
      if (chaos.isOver || !chaos.dice.chance(0.7)) return;
      const downMs = chaos.dice.between(1_000, 8_000);
      shop.time.interruptAfter(chaos.dice.between(0, 30), () => void shop.restartTill(place, downMs));
    },
  };
}

async function causeFaults(chaos: Chaos): Promise<void> {
  while (!chaos.isOver) {
    await sleep(chaos.shop.time.clock, chaos.dice.between(8_000, 60_000));
    if (!chaos.isOver) await causeOne(chaos);
  }
}

const faultKinds = ["away", "stream", "silentStream", "gateway", "till", "slow", "refund", "refund", "notice"] as const;

async function causeOne({ shop, dice: chaos }: Chaos): Promise<void> {
  const { provider, database, time } = shop;
  const place = shop.tills[chaos.below(shop.tills.length)];
  const wallet = chaos.pick(["wechat", "alipay"]);
  if (place === undefined) return;
  switch (chaos.pick(faultKinds)) {
    case "away":
      place.network.cut();
      await sleep(time.clock, chaos.between(5_000, 120_000));
      return place.network.restore();
    case "stream":
      return place.network.cutStreams(false);
    case "silentStream":
      return place.network.cutStreams(true);
    case "slow":
      return database.stall(chaos.between(1_000, 14_000));
    case "gateway":
      return shop.restartGateway(chaos.between(500, 20_000));
    case "refund":
      await provider.control("/refunds", { next: chaos.pick(["shopBalance", "busy", "stays"]), provider: wallet });
      return;
    case "notice":
      await provider.control("/notifications", { next: chaos.pick(["lost", "duplicate", "late"]), provider: wallet });
      return;
    default:
      return shop.restartTill(place, chaos.between(1_000, 8_000));
  }
}

/**
 * After the last customer: what stands aside is settled, the shifts are counted and closed, the journals go out, the gateway's
 * jobs end.
 *
 * @returns what never came to rest
 */
async function drain(shop: Shop, hands: readonly Hand[]): Promise<readonly string[]> {
  for (let look = 0; look < tidyLooksMax; look++) {
    await sleep(shop.time.clock, 10_000);
    const tidy = await Promise.all(hands.map((hand) => tidyTill(hand)));
    if (tidy.every((isTidy) => isTidy) && (await shop.jobsDue(restMs)) === 0) break;
  }
  await Promise.all(hands.map(async (hand) => ((await tidyTill(hand)) ? closeShift(hand) : undefined)));
  for (let look = 0; look < 60 && hands.some((hand) => stateOf(hand)?.connection.unsent !== 0); look++)
    await sleep(shop.time.clock, 5_000);
  const due = await shop.jobsDue(restMs);
  return [
    ...hands.flatMap((hand, nth) => {
      const state = stateOf(hand);
      const isOver = state?.phase === "signOn" && state.connection.unsent === 0;
      return isOver ? [] : [`${shop.tills[nth]?.id} shows ${screenOf(shop.tills[nth])}`];
    }),
    ...(due === 0 ? [] : [`${due} jobs of the gateway are never done`]),
  ];
}

/** True when nothing stands aside on this till and all of its journal has been sent. */
async function tidyTill(hand: Hand): Promise<boolean> {
  await toSelling(hand);
  if (stateOf(hand)?.sale !== null) await serveCustomer(hand);
  const isTidy = (await tidyParked(hand)) && (await tidyTickets(hand));
  const state = stateOf(hand);
  return isTidy && state?.connection.unsent === 0 && state.sale === null && state.counter.kind !== "waiting";
}

/** What stands on the till's screen, for the report of a day that does not end. */
function screenOf(place: TillPlace | undefined): string {
  const state = place?.running()?.register.state.get();
  if (state === undefined) return "nothing: it is gone";
  const { phase, counter, sale, parked, tickets, connection, storage, notice } = state;
  return JSON.stringify({
    phase,
    counter: counter.kind,
    sale: sale?.state,
    parked,
    tickets: tickets.length,
    connection,
    fault: storage.fault,
    notice,
  });
}
