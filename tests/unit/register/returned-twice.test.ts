import { describe, expect, test } from "vitest";
import { quantity } from "../../../src/domain/quantity.ts";
import { apples, type RegisterBench } from "../../fakes/register-bench.ts";
import { pastSale } from "../../fakes/counter-gateway.ts";
import { bringBack, counter, fen, milkCode, one, pin, settle, state, supervisor } from "../../fakes/returning-till.ts";

/** Offline, milk for 12.80 and apples for 9.98 were sold here for cash; `apple` is a pick of the apples. */
async function soldHere(): Promise<{ readonly bench: RegisterBench; readonly receipt: string }> {
  const { gateway, bench } = await counter();
  gateway.silent = true;
  await bench.register.scan(milkCode);
  await bench.register.add(apples, quantity(1_000, "kg"));
  await bench.register.beginTender();
  bench.register.chooseMethod("cash");
  await bench.register.takeCash(fen(2_278));
  await bench.clock.advance(10);
  const [row] = await bench.ledger.database.sale.toArray();
  bench.register.nextCustomer();
  return { bench, receipt: row?.receipt ?? "" };
}
const apple = [{ line: 2, thousandths: 1_000 }];

/** What came back of the apples in all sales, in thousandths. */
async function cameBack({ ledger }: RegisterBench): Promise<readonly number[]> {
  const rows = await ledger.database.sale.toArray();
  return rows.flatMap((row) =>
    row.body.sale.lines.flatMap((line) => (line.returnOf?.line === 2 ? [line.quantity.thousandths] : [])),
  );
}

async function giveBack(bench: RegisterBench): Promise<void> {
  await settle(bench);
  await bench.register.giveBack();
  await bench.clock.advance(10);
}

describe("without the gateway the same piece does not come back twice", () => {
  test("by a ticket that was held while another one brought it back", async () => {
    const { bench, receipt } = await soldHere();
    await bringBack(bench, receipt, apple);
    await bench.register.holdSale();
    const held = state(bench).tickets[0]?.sale;
    if (held === undefined) throw new Error("the ticket is held");
    await bringBack(bench, receipt, apple);
    await giveBack(bench);
    expect(state(bench).counter.kind).toBe("done");
    bench.register.nextCustomer();
    await bench.register.takeUp(held);
    await bench.register.beginTender();
    expect(state(bench)).toMatchObject({ counter: { kind: "goods" }, notice: { why: "nothingLeft" } });
    expect(await cameBack(bench)).toEqual([-1_000]);
  });

  test("by two windows that both stand on Give back", async () => {
    const { bench, receipt } = await soldHere();
    const other = await bench.beside();
    for (const window of [bench, other]) {
      await bringBack(window, receipt, apple);
      await settle(window);
      expect(state(window).counter.kind).toBe("giveBack");
    }
    await bench.register.giveBack();
    await other.register.giveBack();
    expect(state(bench).counter.kind).toBe("done");
    expect(state(other)).toMatchObject({ counter: { kind: "goods" }, notice: { why: "nothingLeft" } });
    expect(await cameBack(bench)).toEqual([-1_000]);
  });

  test.each([
    ["cash", (bench: RegisterBench) => bench.register.takeCash(fen(282))],
    ["a code", (bench: RegisterBench) => bench.register.scan("130000000000000001")],
  ])("by two windows of which one exchanges it and takes the difference by %s", async (_way, pay) => {
    const { bench, receipt } = await soldHere();
    const other = await bench.beside();
    await bringBack(other, receipt, apple);
    await other.register.scan(milkCode);
    await settle(other);
    expect(state(other)).toMatchObject({ counter: { kind: "tender" }, totals: { total: fen(282) } });
    await bringBack(bench, receipt, apple);
    await giveBack(bench);
    await pay(other);
    expect(state(other)).toMatchObject({ counter: { kind: "tender" }, notice: { why: "nothingLeft" } });
    expect(await cameBack(bench)).toEqual([-1_000]);
    const { database } = bench.ledger;
    expect([await database.attempt.count(), await database.ticket.count()]).toEqual([0, 0]);
  });

  test("and what is left of the sale still comes back", async () => {
    const { bench, receipt } = await soldHere();
    await bringBack(bench, receipt, apple);
    await giveBack(bench);
    bench.register.nextCustomer();
    await bringBack(bench, receipt, [{ line: 1, thousandths: 1_000 }]);
    await bench.register.beginTender();
    await bench.register.approve(supervisor, pin);
    expect(state(bench).counter).toMatchObject({ plan: { parts: [{ amount: fen(1_280) }] } });
    await bench.register.giveBack();
    expect(state(bench).counter.kind).toBe("done");
  });
});

describe("another till's sale, which the gateway holds for this till and not against it,", () => {
  test("does not come back twice by two windows that both stand on Give back", async () => {
    const sold = pastSale(1, 1_000, 0);
    const { bench } = await counter(sold);
    const other = await bench.beside();
    for (const window of [bench, other]) {
      await bringBack(window, sold.receipt, one(1_000));
      await settle(window);
    }
    await bench.clock.advance(1_000);
    await bench.register.giveBack();
    await other.register.giveBack();
    expect(state(bench).counter.kind).toBe("done");
    expect(state(other)).toMatchObject({ counter: { kind: "goods" }, notice: { why: "nothingLeft" } });
    expect(await bench.ledger.database.sale.count()).toBe(1);
  });

  test("gives no wallet more than it paid, though other goods come back in each window", async () => {
    const sold = pastSale(2, 1_000, 1_200);
    const { bench } = await counter(sold);
    const other = await bench.beside();
    for (const window of [bench, other]) {
      await bringBack(window, sold.receipt, one(1_000));
      await settle(window);
      expect(state(window).counter).toMatchObject({ plan: { parts: [{ kind: "payment", amount: fen(1_000) }] } });
    }
    await bench.clock.advance(1_000);
    await bench.register.giveBack();
    await other.register.giveBack();
    expect(state(other)).toMatchObject({ counter: { kind: "goods" }, notice: { why: "nothingLeft" } });
    await settle(other);
    expect(state(other).counter).toMatchObject({
      plan: {
        parts: [
          { kind: "payment", amount: fen(200) },
          { kind: "cash", amount: fen(800) },
        ],
      },
    });
    await other.register.giveBack();
    expect(state(other).counter.kind).toBe("done");
  });
});
