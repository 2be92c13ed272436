import { beforeEach, describe, expect, test } from "vitest";
import { claimMs } from "../../../src/contract/returns.ts";
import type { CompletedSale } from "../../../src/domain/journal.ts";
import { pastSale } from "../../fakes/counter-gateway.ts";
import { paymentAnswer, paymentIn, type PaymentAsked } from "../../fakes/payment-answer.ts";
import { registerBench } from "../../fakes/register-bench.ts";
import {
  bringBack,
  completed,
  counter,
  fen,
  milkCode,
  one,
  pin,
  settle,
  state,
  supervisor,
  type Counter,
} from "../../fakes/returning-till.ts";

/** The other till has taken what this one's lapsed claim no longer held, and given it back in cash. */
function givenElsewhere({ gateway }: Counter, sold: CompletedSale): void {
  const amount = sold.sale.total.amount;
  gateway.knows(sold, {
    returned: [{ line: 1, thousandths: 1_000, amount, tax: 0 }],
    parts: [{ kind: "cash", amount: fen(amount) }],
  });
  gateway.refuseReturn = "nothingLeft";
}

async function count({ bench }: Counter): Promise<readonly number[]> {
  const { database } = bench.ledger;
  return Promise.all([database.sale.count(), database.attempt.count(), database.ticket.count()]);
}

describe("a claim that lapsed while the cashier stood on Give back", () => {
  let sold: CompletedSale;
  let till: Counter;
  beforeEach(async () => {
    sold = pastSale(1, 10_000, 0);
    till = await counter(sold);
    await bringBack(till.bench, sold.receipt, one(1_000));
    await settle(till.bench);
  });

  test("gives nothing back that another till has given back since", async () => {
    await till.bench.clock.advance(claimMs + 60_000);
    givenElsewhere(till, sold);
    await till.bench.register.giveBack();
    expect(state(till.bench)).toMatchObject({
      counter: { kind: "goods" },
      sale: { state: "open" },
      notice: { why: "nothingLeft" },
    });
    expect(await count(till)).toEqual([0, 0, 0]);
  });

  test.each([
    ["is made anew, with the second person's yes and one more press", claimMs, 2],
    ["so nearly that a commit could outlast it, too", claimMs - 10_000, 2],
    ["not yet gives back at the first press", claimMs - 30_000, 1],
  ])("%s", async (_name, waitedMs, claims) => {
    const { bench, gateway } = till;
    await bench.clock.advance(waitedMs);
    await bench.register.giveBack();
    if (claims === 2) {
      expect(state(bench).counter).toMatchObject({ kind: "secondPerson", act: "return" });
      expect(await bench.ledger.database.sale.count()).toBe(0);
      await bench.register.approve(supervisor, pin);
      expect(state(bench)).toMatchObject({ counter: { kind: "giveBack" }, notice: { why: "heldAnew" } });
      await bench.register.giveBack();
    }
    expect(state(bench).counter.kind).toBe("done");
    expect(gateway.claims.length).toBe(claims);
  });

  test("is not made anew without the gateway: nothing is given back, and it is said", async () => {
    const { bench, gateway } = till;
    await bench.clock.advance(claimMs);
    gateway.silent = true;
    await bench.register.giveBack();
    expect(state(bench)).toMatchObject({ counter: { kind: "goods" }, notice: { why: "saleNotFound" } });
    expect(await bench.ledger.database.sale.count()).toBe(0);
  });

  test("by whoever may return alone is made anew and given back by the same press", async () => {
    const { bench, gateway } = till;
    gateway.mayAlone = true;
    bench.register.backToGoods();
    await bench.register.holdSale();
    await bench.register.signOff();
    await bench.register.signOn(supervisor, pin);
    const [ticket] = state(bench).tickets;
    if (ticket === undefined) throw new Error("the ticket is held");
    await bench.register.takeUp(ticket.sale);
    await bench.register.beginTender();
    await bench.clock.advance(claimMs);
    await bench.register.giveBack();
    expect(state(bench).counter.kind).toBe("done");
    expect(gateway.claims.length).toBe(3);
  });
});

describe("an exchange whose claim has lapsed", () => {
  /** Milk for 12.80 against goods of 10.00; the gateway captures what a code is charged. */
  async function exchanging(): Promise<Counter & { readonly sold: CompletedSale }> {
    const sold = pastSale(1, 1_000, 0);
    const { gateway } = await counter(sold);
    const bench = await registerBench((method, path, body) =>
      path.startsWith("/v1/payments/")
        ? { status: 200, body: paymentAnswer(paymentIn(path), body as PaymentAsked, "captured") }
        : gateway.answering(method, path, body),
    );
    gateway.now = () => bench.clock.now();
    await bringBack(bench, sold.receipt, one(1_000));
    await bench.register.scan(milkCode);
    await settle(bench);
    expect(state(bench)).toMatchObject({ counter: { kind: "tender" }, totals: { total: fen(280) } });
    return { gateway, bench, sold };
  }
  const pays: readonly [string, (till: Counter) => Promise<void>][] = [
    ["cash", ({ bench }) => bench.register.takeCash(fen(280))],
    ["a code", ({ bench }) => bench.register.scan("130000000000000001")],
  ];

  test.each(pays)("takes no money by %s when the goods came back elsewhere", async (_way, pay) => {
    const till = await exchanging();
    await till.bench.clock.advance(claimMs);
    givenElsewhere(till, till.sold);
    await pay(till);
    expect(state(till.bench)).toMatchObject({ counter: { kind: "goods" }, notice: { why: "nothingLeft" } });
    expect(await count(till)).toEqual([0, 0, 0]);
  });

  test.each(pays)("is paid by %s once it is held anew", async (_way, pay) => {
    const till = await exchanging();
    const { bench } = till;
    await bench.clock.advance(claimMs);
    await pay(till);
    await bench.register.approve(supervisor, pin);
    expect(state(bench)).toMatchObject({ counter: { kind: "tender" }, notice: { why: "heldAnew" } });
    await pay(till);
    for (let i = 0; i < 10; i++) await bench.clock.advance(10);
    expect(await completed(bench)).toMatchObject({ sale: { total: fen(280) }, carried: [{ amount: fen(1_000) }] });
  });

  test("with money in it stays where it is paid, and the money can be taken off", async () => {
    const till = await exchanging();
    const { bench } = till;
    await bench.register.takeCash(fen(100), "part");
    await bench.clock.advance(claimMs);
    givenElsewhere(till, till.sold);
    await bench.register.takeCash(fen(180));
    expect(state(bench)).toMatchObject({ counter: { kind: "tender" }, notice: { why: "nothingLeft" } });
    expect(await bench.ledger.database.sale.count()).toBe(0);
    await bench.register.removeTender(0);
    expect(state(bench).sale?.tenders).toEqual([]);
  });

  test("with money in it takes no more when it would carry other money than it was begun with", async () => {
    const sold = pastSale(2, 1_000, 1_000);
    const { bench, gateway } = await counter(sold);
    await bringBack(bench, sold.receipt, one(1_000));
    await bench.register.scan(milkCode);
    await settle(bench);
    await bench.register.takeCash(fen(100), "part");
    await bench.clock.advance(claimMs);
    const { carried } = state(bench).sale ?? { carried: [] };
    expect(carried).toMatchObject([{ kind: "payment" }]);
    gateway.knows(sold, { returned: [{ line: 1, thousandths: 1_000, amount: 1_000, tax: 0 }], parts: carried });
    await bench.register.takeCash(fen(180));
    await bench.register.approve(supervisor, pin);
    await bench.register.takeCash(fen(180));
    await bench.register.approve(supervisor, pin);
    expect(state(bench)).toMatchObject({ counter: { kind: "tender" }, notice: { why: "nothingLeft" } });
    expect(await bench.ledger.database.sale.count()).toBe(0);
  });

  test("with money in it is held anew and paid to the end", async () => {
    const till = await exchanging();
    const { bench } = till;
    await bench.register.takeCash(fen(100), "part");
    await bench.clock.advance(claimMs);
    await bench.register.takeCash(fen(180));
    await bench.register.approve(supervisor, pin);
    await bench.register.takeCash(fen(180));
    expect(await completed(bench)).toMatchObject({ sale: { total: fen(280) }, carried: [{ amount: fen(1_000) }] });
  });
});
