import { describe, expect, test } from "vitest";
import { pastSale } from "../../fakes/counter-gateway.ts";
import { milk, registerBench, type RegisterBench } from "../../fakes/register-bench.ts";
import { bringBack, completed, counter, fen, one, pin, state, supervisor } from "../../fakes/returning-till.ts";

const bottle = { ...milk, id: "100080" as never, price: 100 as never, listPrice: null, isDeposit: true };

/** A cashier's ticket of so many empties for 1.00 each, and Pay pressed. */
async function handedIn(count: number): Promise<RegisterBench> {
  const bench = await registerBench();
  await bench.register.add(bottle);
  bench.register.setQuantity(1, count);
  await bench.register.beginTender();
  return bench;
}

describe("cash for empties alone", () => {
  test("is paid out by a cashier up to 50.00", async () => {
    const bench = await handedIn(50);
    expect(state(bench).counter.kind).toBe("giveBack");
    await bench.register.giveBack();
    expect(await completed(bench)).toMatchObject({ sale: { total: fen(-5_000) }, approvals: [] });
  });

  test("above that needs a second person, whose yes stands in the sale's entry", async () => {
    const bench = await handedIn(51);
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", act: "cashForEmpties", size: 5_100 });
    await bench.register.giveBack();
    expect(await bench.ledger.database.sale.count()).toBe(0);
    await bench.register.approve(supervisor, pin);
    expect(state(bench).counter).toMatchObject({
      kind: "giveBack",
      plan: { parts: [{ kind: "cash", amount: fen(5_100) }] },
    });
    await bench.register.giveBack();
    expect(await completed(bench)).toMatchObject({
      sale: { total: fen(-5_100) },
      approvals: [{ act: "cashForEmpties", by: supervisor, size: 5_100 }],
    });
  });

  test("above what a supervisor may, the supervisor is not entitled", async () => {
    const bench = await handedIn(9_999);
    await bench.register.approve(supervisor, pin);
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", refusal: "notEntitled" });
  });

  test("that was allowed is asked about anew only when more is handed in", async () => {
    const bench = await handedIn(51);
    const { register } = bench;
    await register.approve(supervisor, pin);
    register.backToGoods();
    await register.beginTender();
    expect(state(bench).counter.kind).toBe("giveBack");
    register.backToGoods();
    register.setQuantity(1, 52);
    await register.beginTender();
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", size: 5_200 });
  });

  test("is not paid out when nobody comes, and the ticket can be changed", async () => {
    const bench = await handedIn(51);
    await bench.register.cancelSecondPerson();
    expect(state(bench)).toMatchObject({ counter: { kind: "goods" }, sale: { state: "open", approvals: [] } });
  });
});

test("empties beside goods that come back go out with the yes to the return, which is to all that goes out", async () => {
  const sold = pastSale(1, 1_000, 0);
  const { gateway, bench } = await counter(sold);
  await bringBack(bench, sold.receipt, one(1_000));
  await bench.register.add(bottle);
  bench.register.setQuantity(2, 60);
  await bench.register.beginTender();
  expect(state(bench).counter).toMatchObject({ kind: "secondPerson", act: "return", size: 7_000, amount: fen(7_000) });
  await bench.register.approve(supervisor, pin);
  expect(gateway.claims).toMatchObject([{ back: 7_000 }]);
});
