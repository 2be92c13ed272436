import { describe, expect, test } from "vitest";
import type { SaleId, TillId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import type { RegisterState } from "../../../src/register/state.ts";
import { counterGateway, heldElsewhere, id, type CounterGateway } from "../../fakes/counter-gateway.ts";
import { apples, milk, registerBench, type RegisterBench } from "../../fakes/register-bench.ts";

const milkCode = milk.barcodes[0] ?? "";
const other = "till-a2" as TillId;
const state = ({ register }: RegisterBench): RegisterState => register.state.get();

type Counter = { readonly gateway: CounterGateway; readonly bench: RegisterBench };

async function counter(): Promise<Counter> {
  const gateway = counterGateway();
  return { gateway, bench: await registerBench(gateway.answering) };
}

async function hold(bench: RegisterBench): Promise<SaleId> {
  await bench.register.scan(milkCode);
  const held = state(bench).sale?.id;
  await bench.register.holdSale();
  await rest(bench);
  return held ?? ("" as SaleId);
}

/** Lets what storage and the gateway still owe arrive. */
async function rest({ clock }: RegisterBench): Promise<void> {
  for (let i = 0; i < 10; i++) await clock.advance(10);
}

describe("a ticket set aside", () => {
  test("comes back with its goods, its price and its number, and the next customer is served meanwhile", async () => {
    const { bench } = await counter();
    const held = await hold(bench);
    expect(state(bench)).toMatchObject({
      sale: null,
      tickets: [{ kind: "held", sale: held, itemCount: 1, staff: "staff-1" }],
    });
    await bench.register.scan(milkCode);
    await bench.register.voidSale();
    await bench.register.takeUp(held);
    expect(state(bench)).toMatchObject({
      counter: { kind: "goods" },
      sale: { id: held, state: "open", lines: [{ product: milk.id }] },
      totals: { total: { amount: 1_280 } },
      tickets: [],
    });
  });

  test("is the eleventh that is refused in words and stays on the screen", async () => {
    const { bench } = await counter();
    for (let count = 0; count < 10; count++) await hold(bench);
    const eleventh = await hold(bench);
    expect(state(bench)).toMatchObject({ sale: { id: eleventh }, notice: { why: "tooManyHeld" } });
    expect(state(bench).tickets.length).toBe(10);
  });

  test("is not taken up over another open one", async () => {
    const { bench } = await counter();
    const held = await hold(bench);
    await bench.register.scan(milkCode);
    const open = state(bench).sale?.id;
    await bench.register.takeUp(held);
    expect(state(bench)).toMatchObject({ sale: { id: open }, notice: { why: "saleOpen" } });
    expect(state(bench).tickets.length).toBe(1);
  });

  test("is waiting again after the window that held it died", async () => {
    const { bench } = await counter();
    const held = await hold(bench);
    const next = await bench.reopened();
    expect(state(next)).toMatchObject({ sale: null, tickets: [{ sale: held }] });
  });

  test("that had been taken up is neither lost nor doubled when the window dies at once", async () => {
    const { bench } = await counter();
    const held = await hold(bench);
    await bench.register.takeUp(held);
    const next = await bench.reopened();
    expect(state(next)).toMatchObject({ sale: { id: held }, tickets: [] });
  });

  test("without goods is none: nothing is held", async () => {
    const { bench } = await counter();
    await bench.register.scan(milkCode);
    bench.register.remove(1);
    await bench.register.holdSale();
    expect(state(bench)).toMatchObject({ tickets: [], notice: { why: "noLines" } });
  });
});

describe("tickets of the store's other tills", () => {
  test("are listed beside this till's own, which are not listed twice", async () => {
    const { gateway, bench } = await counter();
    const mine = await hold(bench);
    const theirs = id<SaleId>();
    gateway.held.push(heldElsewhere(theirs), { ...heldElsewhere(mine), till: "till-a1" as TillId });
    await bench.register.showHeld();
    expect(state(bench)).toMatchObject({
      counter: { kind: "held", asked: "answered", others: [{ id: theirs }] },
      tickets: [{ sale: mine }],
    });
  });

  test("that were just taken are refused in words", async () => {
    const { gateway, bench } = await counter();
    const theirs = id<SaleId>();
    gateway.taken.push({ id: theirs, by: other });
    await bench.register.takeUpElsewhere(theirs);
    expect(state(bench)).toMatchObject({ sale: null, notice: { why: "takenElsewhere" } });
  });

  test("whose till does not answer are not opened, and wanted no more", async () => {
    const { gateway, bench } = await counter();
    const theirs = id<SaleId>();
    gateway.unanswered.add(theirs);
    const asked = bench.register.takeUpElsewhere(theirs);
    await bench.clock.advance(10_000);
    await asked;
    expect(state(bench)).toMatchObject({ sale: null, notice: { why: "holderSilent" } });
    expect(gateway.claimed.at(-1)).toEqual({ v: 1, ends: true });
    expect(await bench.ledger.database.ticket.count()).toBe(0);
    expect(gateway.claimed.length).toBeGreaterThan(5);
  });

  test("come over whole, to whoever is signed on here", async () => {
    const first = await counter();
    const held = await hold(first.bench);
    const second = await registerBench(first.gateway.answering);
    await second.register.takeUpElsewhere(held);
    expect(state(second)).toMatchObject({
      counter: { kind: "goods" },
      sale: { id: held, state: "open", staff: "staff-1", lines: [{ product: milk.id }] },
      totals: { total: { amount: 1_280 } },
    });
  });

  test("that were given and got lost on the way are still in the list, and what this till has is not", async () => {
    const { gateway, bench } = await counter();
    const [lost, open] = [id<SaleId>(), await hold(bench)];
    await bench.register.takeUp(open);
    await bench.clock.advance(1_000);
    gateway.held.push(heldElsewhere(lost), heldElsewhere(open));
    await bench.register.showHeld();
    expect(state(bench).counter).toMatchObject({ kind: "held", others: [{ id: lost }] });
  });

  test("are not shown while the gateway is silent; this till's own are taken up all the same", async () => {
    const { gateway, bench } = await counter();
    gateway.silent = true;
    const mine = await hold(bench);
    await bench.register.showHeld();
    expect(state(bench)).toMatchObject({ counter: { kind: "held", asked: "offline", others: [] } });
    await bench.register.takeUp(mine);
    expect(state(bench).sale?.id).toBe(mine);
  });

  test("of a till that was offline are shared when its list is opened again", async () => {
    const { gateway, bench } = await counter();
    gateway.silent = true;
    const mine = await hold(bench);
    gateway.silent = false;
    await bench.register.showHeld();
    await rest(bench);
    expect(gateway.heard).toContain(`PUT /v1/held-sales/${mine}`);
    expect((await bench.ledger.database.ticket.get(mine))?.shared).toBe(1);
  });

  test("cannot be taken up while nobody answers: nothing is opened, and it is told", async () => {
    const { gateway, bench } = await counter();
    gateway.silent = true;
    const asked = bench.register.takeUpElsewhere(id<SaleId>());
    await bench.clock.advance(20_000);
    await asked;
    expect(state(bench)).toMatchObject({ sale: null, notice: { why: "noAnswer" } });
  });
});

describe("a ticket that another till asks for", () => {
  async function asked(releaseTo: CounterGateway["releaseTo"]): Promise<Counter & { readonly mine: SaleId }> {
    const gateway = counterGateway();
    const bench = await registerBench(gateway.answering, true);
    const mine = await hold(bench);
    gateway.releaseTo = releaseTo;
    gateway.events.push({ kind: "heldWanted", sale: mine, by: other });
    return { gateway, bench, mine };
  }
  const untilReleased = async ({ gateway, bench }: Counter): Promise<void> => {
    for (let i = 0; i < 60 && gateway.releases.length === 0; i++) await bench.clock.advance(200);
    await rest(bench);
  };

  test("is let go as it is now, and nobody here takes it up any more", async () => {
    const { gateway, bench, mine } = await asked(other);
    await untilReleased({ gateway, bench });
    expect(gateway.releases).toMatchObject([{ to: other, ticket: { id: mine, lines: [{ product: milk.id }] } }]);
    expect(state(bench).tickets).toEqual([]);
    await bench.register.takeUp(mine);
    expect(state(bench)).toMatchObject({ sale: null, notice: { why: "takenElsewhere" } });
    expect(state(await bench.reopened()).sale).toBe(null);
  });

  test("and whose leaving nobody confirms is nobody's here, until it is known that the other does not have it", async () => {
    const { gateway, bench, mine } = await asked("silent");
    await untilReleased({ gateway, bench });
    expect(state(bench).tickets).toMatchObject([{ kind: "leaving", sale: mine }]);
    await bench.register.takeUp(mine);
    expect(state(bench)).toMatchObject({ sale: null, notice: { why: "takenElsewhere" } });
    gateway.releaseTo = null;
    await bench.clock.advance(70_000);
    await rest(bench);
    expect(state(bench).tickets).toMatchObject([{ sale: mine }]);
    await bench.register.takeUp(mine);
    expect(state(bench).sale?.id).toBe(mine);
  });

  test("is not given away once it was taken up here, whatever the gateway has heard", async () => {
    const { gateway, bench, mine } = await asked(null);
    gateway.events.length = 0;
    await bench.register.takeUp(mine);
    gateway.events.push({ kind: "heldWanted", sale: mine, by: other });
    await untilReleased({ gateway, bench });
    expect(gateway.releases).toEqual([{ v: 1, to: other, ticket: null }]);
    expect(state(bench).sale?.id).toBe(mine);
  });
});

describe("a ticket with money in it", () => {
  async function partPaid(): Promise<RegisterBench> {
    const { bench } = await counter();
    await bench.register.scan(milkCode);
    await bench.register.beginTender();
    bench.register.chooseMethod("cash");
    await bench.register.takeCash(money(500, "CNY"), "part");
    await rest(bench);
    return bench;
  }

  test("is found after a crash with what is still due, and taken up at paying", async () => {
    const bench = await partPaid();
    const sale = state(bench).sale?.id ?? ("" as SaleId);
    const next = await bench.reopened();
    expect(state(next)).toMatchObject({ sale: null, tickets: [{ kind: "partPaid", sale, due: { amount: 780 } }] });
    await next.register.takeUp(sale);
    expect(state(next)).toMatchObject({ counter: { kind: "tender" }, sale: { id: sale, tenders: { length: 1 } } });
    next.register.chooseMethod("cash");
    await next.register.takeCash(money(780, "CNY"));
    await rest(next);
    expect(state(next)).toMatchObject({ counter: { kind: "done" }, tickets: [] });
    expect(await next.ledger.database.ticket.count()).toBe(0);
  });

  test("cannot be held, and the way back from a list is to paying", async () => {
    const bench = await partPaid();
    await bench.register.holdSale();
    expect(state(bench)).toMatchObject({ notice: { why: "notNow" }, sale: { state: "tendering" } });
    await bench.register.showHeld();
    bench.register.backToGoods();
    expect(state(bench)).toMatchObject({ counter: { kind: "tender" }, sale: { tenders: { length: 1 } } });
  });
});

test("goods that wait for their weight keep the list of held tickets one step away", async () => {
  const { bench } = await counter();
  await bench.register.scan(apples.barcodes[0] ?? "");
  await bench.register.showHeld();
  bench.register.backToGoods();
  expect(state(bench).counter.kind).toBe("goods");
});
