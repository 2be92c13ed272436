import { expect, test } from "vitest";
import { milk, registerBench } from "../../fakes/register-bench.ts";
import { fen, lastOf } from "../../fakes/shift-till.ts";
import { pastSale } from "../../fakes/counter-gateway.ts";
import { bringBack, completed, counter, one, settle, state } from "../../fakes/returning-till.ts";

test("a note stays with its line through a change of price, a hold and a crash, and is in the sale's entry", async () => {
  const bench = await registerBench();
  await bench.register.scan(milk.barcodes[0] ?? "");
  await bench.register.noteLine(1, " gift\nwrap ");
  await bench.register.discountLine(1, { kind: "percent", basisPoints: 500 });
  const { sale } = state(bench);
  await bench.register.holdSale();
  const next = await bench.reopened();
  await next.register.takeUp(sale!.id);
  expect(state(next).sale?.lines).toMatchObject([{ note: "gift wrap" }]);
  await next.register.beginTender();
  next.register.chooseMethod("cash");
  await next.register.takeCash(fen(1_216));
  expect((await lastOf(next, "saleCompleted")).body.sale.lines).toMatchObject([{ note: "gift wrap" }]);
});

test("the same product scanned again is a line of its own beside one with a note, and a note can be taken off", async () => {
  const { register } = await registerBench();
  await register.scan(milk.barcodes[0] ?? "");
  await register.noteLine(1, "gift wrap");
  await register.scan(milk.barcodes[0] ?? "");
  expect(register.state.get().sale?.lines.map((line) => line.note)).toEqual(["gift wrap", undefined]);
  await register.noteLine(1, "");
  expect(register.state.get().sale?.lines.map((line) => line.note)).toEqual([undefined, undefined]);
});

test("why goods came back is in the return's entry, and is left out where nobody said", async () => {
  const past = pastSale(2, 500, 0);
  const { bench } = await counter(past);
  await bringBack(bench, past.receipt, one(1_000));
  expect(state(bench).sale?.lines[0]?.returnOf).not.toHaveProperty("reason");
  const view = await (async () => {
    await bench.register.findSale(past.receipt);
    const { counter: shown } = state(bench);
    if (shown.kind !== "return") throw new Error("the sale is open");
    return shown.sale;
  })();
  await bench.register.returnGoods(view, one(1_000), "wrongItem");
  await settle(bench);
  await bench.register.giveBack();
  expect((await completed(bench)).sale.lines).toMatchObject([{ returnOf: { reason: "wrongItem" } }]);
});
