import { money } from "../../src/domain/money.ts";
import { expect, test, vi } from "vitest";
import { plusMs, sleep } from "../../src/domain/clock.ts";
import { makeId, type PaymentId, type SaleId, type StaffId, type TillId } from "../../src/domain/identifier.ts";
import { makeActivationCode } from "../../src/gateway/tills/activation.ts";
import type { Register } from "../../src/register/register.ts";
import { sampleSale } from "../fakes/sample-sale.ts";
import { activatedTill } from "../fakes/signing-till.ts";
import { brokenPromises } from "./checks.ts";
import type { Evidence } from "./evidence.ts";
import { makeShop, type Shop } from "./shop.ts";
import { opensAt } from "./shop-day.ts";
import type { TillPlace } from "./till-place.ts";
import { virtualTime } from "./virtual-time.ts";

vi.spyOn(console, "warn").mockImplementation(() => undefined);

/** One moment of a shop without any drawn fault: what `does` makes happen is all that happens. */
async function playMoment(does: (shop: Shop, register: Register) => Promise<void>): Promise<Evidence> {
  const time = virtualTime(opensAt);
  const shop = await makeShop(time, 1, ["till-a1"]);
  shop.calm();
  const moment = (async (): Promise<void> => {
    await shop.open();
    await signOn(shop);
    await does(shop, registerOf(shop));
  })();
  await time.run(moment, plusMs(opensAt, 3_600_000));
  return time.run(shop.evidence(), plusMs(opensAt, 2 * 3_600_000));
}

function registerOf(shop: Shop): Register {
  return (placeOf(shop).running() ?? gone("the till")).register;
}

function placeOf(shop: Shop): TillPlace {
  return shop.tills[0] ?? gone("the counter");
}

async function signOn(shop: Shop): Promise<void> {
  while (registerOf(shop).state.get().phase !== "signOn") await sleep(shop.time.clock, 100);
  await registerOf(shop).signOn("staff-1" as StaffId, shop.pins.get("staff-1") ?? "");
  await registerOf(shop).openShift(money(0, "CNY"));
  expect(registerOf(shop).state.get().phase).toBe("selling");
}

/** One piece of something on the ticket, paid with a code that makes the sandbox do `play`. */
async function sell(register: Register, play: string): Promise<void> {
  const [{ id } = { id: "" }] = register.state.get().catalog.categories;
  const product = register.inCategory(id).find(({ unit }) => unit === "piece");
  if (product === undefined) throw new Error("there is nothing to sell");
  await register.add(product);
  await register.scan(`13${play}000000000001`);
}

async function until(shop: Shop, isSo: () => boolean, withinMs: number): Promise<number> {
  const began = shop.time.clock.now();
  while (!isSo() && shop.time.clock.now() - began < withinMs) await sleep(shop.time.clock, 100);
  expect(isSo(), `within ${withinMs} ms`).toBe(true);
  return shop.time.clock.now() - began;
}

const kindOf = (shop: Shop): string => registerOf(shop).state.get().counter.kind;

test("with the stream gone silent the till hears of a payment by asking, within ten seconds of it", async () => {
  let heardAfterMs = 0;
  await playMoment(async (shop, register) => {
    await sell(register, "0101");
    await until(shop, () => register.state.get().counter.kind === "waiting", 1_000);
    await sleep(shop.time.clock, 3_000);
    placeOf(shop).network.cutStreams(true);
    heardAfterMs = await until(shop, () => kindOf(shop) === "done", 60_000);
  });
  // the payer pays eight seconds after the charge, the gateway's query sees it at the latest five seconds later
  expect(heardAfterMs).toBeLessThan(20_000);
});

test("nothing leaves for the provider when storing the attempt took the gateway until after the deadline", async () => {
  const evidence = await playMoment(async (shop, register) => {
    shop.database.stall(11_000, 'insert into "payment_event"');
    await sell(register, "0000");
    await until(shop, () => kindOf(shop) === "declined", 60_000);
  });
  expect(evidence.provider.charges).toEqual([]);
  expect(evidence.gateway.attempts.map(({ state }) => state)).toEqual(["closed"]);
});

test("a capture whose sale was freed offline is given back, and the cash that paid instead stays", async () => {
  const evidence = await playMoment(async (shop, register) => {
    await sell(register, "0101");
    await sleep(shop.time.clock, 2_000);
    placeOf(shop).network.cut();
    await until(
      shop,
      () =>
        register.state.get().counter.kind === "waiting" &&
        !(register.state.get().counter as { gatewayHeard: boolean }).gatewayHeard,
      60_000,
    );
    await sleep(shop.time.clock, 15_000);
    register.beginFreeing();
    await register.freeOffline("staff-4" as StaffId, shop.pins.get("staff-4") ?? "");
    const { totals } = register.state.get();
    if (totals === null) throw new Error("the freed sale is gone");
    await register.takeCash(totals.total);
    if (register.state.get().counter.kind === "secondPerson") {
      await register.allowFragileStorage("staff-4" as StaffId, shop.pins.get("staff-4") ?? "");
      await register.takeCash(totals.total);
    }
    expect(register.state.get().counter.kind).toBe("done");
    placeOf(shop).network.restore();
    await sleep(shop.time.clock, 600_000);
  });
  expect(brokenPromises(evidence)).toEqual([]);
  expect(evidence.tills[0]?.sales.map(({ body }) => body.tenders.map(({ kind }) => kind))).toEqual([["cash"]]);
  const [order] = evidence.provider.orders;
  expect(order?.paid).toBe(1);
  expect(order?.back).toBe(order?.total);
});

test("a sale with money in it is not taken up from an old list while its payment stands aside", async () => {
  const evidence = await playMoment(async (shop, register) => {
    const [{ id } = { id: "" }] = register.state.get().catalog.categories;
    const [product] = register.inCategory(id);
    if (product === undefined) throw new Error("there is nothing to sell");
    await register.add(product);
    await register.beginTender();
    await register.takeCash(money(100, "CNY"), "part");
    const sale = register.state.get().sale?.id ?? gone("the sale");
    await register.scan("130101000000000001");
    await register.parkPayment();
    await register.takeUp(sale);
    expect(register.state.get().sale).toBeNull();
    await sleep(shop.time.clock, 600_000);
  });
  expect(evidence.tills[0]?.sales.map(({ body }) => body.tenders.map(({ kind }) => kind))).toEqual([
    ["cash", "payment"],
  ]);
});

test("a charge that arrives after its abandonment finds the id closed: the tombstone", async () => {
  let answered: unknown = null;
  const evidence = await playMoment(async (shop) => {
    const { gateway, parts } = shop.gateway() ?? gone("the gateway");
    const { code } = await makeActivationCode(parts, "till-a2" as TillId);
    const till = await activatedTill(gateway.app.server, shop.time.clock, code);
    const { tag, store } = till.answer.settings;
    const attempt = makeId<PaymentId>(shop.time.clock.now(), tag, parts.random);
    const { sale } = sampleSale(makeId<SaleId>(shop.time.clock.now(), tag, parts.random), 1_280);
    await till.drain([
      till.write({ kind: "attemptAbandoned", body: { attempt, sale: sale.id, freed: false } }, { store: store.id }),
    ]);
    await sleep(shop.time.clock, 1_000);
    const body = {
      v: 1,
      deadline: shop.time.clock.now() + 9_000,
      amount: 1_280,
      currency: "CNY",
      channel: "wechat",
      code: "130000000000000001",
      sale,
      entry: { series: 1, number: 1 },
    };
    const put = till.ask({ method: "PUT", path: `/v1/payments/${attempt}`, body });
    answered = (await put).json();
  });
  expect(answered).toMatchObject({ state: "closed" });
  expect(evidence.provider.charges).toEqual([]);
});

function gone(what: string): never {
  throw new Error(`${what} is gone`);
}
