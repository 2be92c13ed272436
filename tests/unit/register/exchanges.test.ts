import { describe, expect, test } from "vitest";
import { quantity } from "../../../src/domain/quantity.ts";
import { pastSale } from "../../fakes/counter-gateway.ts";
import type { RegisterBench } from "../../fakes/register-bench.ts";
import { bringBack, completed, counter, fen, milkCode, one, settle, state } from "../../fakes/returning-till.ts";

describe("an exchange", () => {
  test.each<[string, number, number, object]>([
    ["dearer goods are paid with the difference only", 1_000, 280, { kind: "tender" }],
    [
      "cheaper goods give the difference back to the wallet",
      2_000,
      -720,
      { kind: "giveBack", plan: { parts: [{ amount: fen(720) }] } },
    ],
    ["goods of one price come out even", 1_280, 0, { kind: "giveBack", plan: { parts: [] } }],
  ])("%s", async (_name, price, total, view) => {
    const sold = pastSale(1, price, price);
    const { gateway, bench } = await counter(sold);
    await bringBack(bench, sold.receipt, one(1_000));
    await bench.register.scan(milkCode);
    expect(state(bench).totals?.total.amount).toBe(total);
    await settle(bench);
    expect(state(bench).counter).toMatchObject(view);
    const kept = Math.min(price, 1_280);
    expect(state(bench).sale?.carried).toMatchObject([{ kind: "payment", channel: "wechat", amount: fen(kept) }]);
    expect(gateway.claims).toMatchObject([{ back: Math.max(0, -total), parts: [{ amount: fen(price) }] }]);
    if (total > 0) await bench.register.takeCash(fen(total));
    else await bench.register.giveBack();
    expect(await completed(bench)).toMatchObject({ sale: { total: fen(total) }, carried: [{ amount: fen(kept) }] });
  });

  test("that came out even is worked out anew when the ticket is changed before the press", async () => {
    const sold = pastSale(1, 1_280, 1_280);
    const { bench } = await counter(sold);
    await bringBack(bench, sold.receipt, one(1_000));
    await bench.register.scan(milkCode);
    await settle(bench);
    bench.register.setQuantity(2, 2);
    await bench.register.giveBack();
    expect(state(bench)).toMatchObject({ counter: { kind: "goods" }, totals: { total: { amount: 1_280 } } });
    expect(await bench.ledger.database.sale.count()).toBe(0);
  });

  test("leaves nothing carried on a ticket whose last line coming back was taken off", async () => {
    const sold = pastSale(1, 1_280, 1_280);
    const { bench } = await counter(sold);
    await bringBack(bench, sold.receipt, one(1_000));
    await bench.register.scan(milkCode);
    await settle(bench);
    bench.register.backToGoods();
    bench.register.remove(1);
    await bench.register.beginTender();
    await bench.register.takeCash(fen(1_280));
    expect(await completed(bench)).toMatchObject({ carried: [], tenders: [{ amount: fen(1_280) }] });
  });

  test.each<[string, (bench: RegisterBench) => Promise<void>]>([
    ["the key for cash", ({ register }) => register.payBy("cash")],
    ["cash", ({ register }) => register.takeCash(fen(280))],
    ["the payer's code", ({ register }) => register.scan("130000123456789012")],
    ["a code for the payer", ({ register }) => register.showCode("wechat")],
  ])("is not paid by %s while the second person is asked", async (_way, pay) => {
    const sold = pastSale(1, 1_000, 1_000);
    const { gateway, bench } = await counter(sold);
    await bringBack(bench, sold.receipt, one(1_000));
    await bench.register.scan(milkCode);
    await bench.register.payBy("cash");
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", act: "return" });
    await pay(bench);
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", act: "return" });
    const { database } = bench.ledger;
    expect([gateway.claims.length, await database.sale.count(), await database.attempt.count()]).toEqual([0, 0, 0]);
  });

  test("of nothing but the bottle that had been taken in gives back to the wallet what it had paid, once", async () => {
    const plain = pastSale(1, 1_430, 1_430);
    const [line] = plain.sale.lines;
    const [payment] = plain.tenders;
    if (line === undefined || payment === undefined) throw new Error("a past sale has a line and a tender");
    const amounts = { unitPrice: fen(50), amount: fen(-50), isDeposit: true };
    const bottle = { ...line, ...amounts, line: 2, quantity: quantity(-1_000, "piece") };
    const sold = {
      ...plain,
      sale: { ...plain.sale, lines: [{ ...line, amount: fen(1_430) }, bottle], total: fen(1_380) },
      tenders: [{ ...payment, amount: fen(1_380) }],
    };
    const { gateway, bench } = await counter(sold);
    await bench.register.findSale(sold.receipt);
    for (let times = 0; times < 2; times++) {
      await bench.register.findSale(sold.receipt);
      const { counter: view } = state(bench);
      if (view.kind !== "return") throw new Error(`the sale is not open: ${view.kind}`);
      await bench.register.returnGoods(view.sale, one(1_000), undefined, [2]);
    }
    expect(state(bench).sale?.lines.map(({ amount }) => amount.amount)).toEqual([-1_430, 50]);
    await settle(bench);
    expect(state(bench).counter).toMatchObject({ plan: { parts: [{ kind: "payment", amount: fen(1_380) }] } });
    expect(gateway.claims).toMatchObject([
      {
        back: 1_380,
        parts: [
          { kind: "payment", amount: fen(1_380) },
          { kind: "cash", amount: fen(50) },
        ],
      },
    ]);
    await bench.register.giveBack();
    expect(await completed(bench)).toMatchObject({
      sale: { total: fen(-1_380) },
      tenders: [{ kind: "refund", amount: fen(-1_380) }],
      carried: [{ kind: "cash", amount: fen(50) }],
    });
  });
});
