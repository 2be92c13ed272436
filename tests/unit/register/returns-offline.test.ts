import { describe, expect, test } from "vitest";
import type { StaffId } from "../../../src/domain/identifier.ts";
import { pastSale } from "../../fakes/counter-gateway.ts";
import { milk, type RegisterBench } from "../../fakes/register-bench.ts";
import {
  bringBack,
  completed,
  counter,
  fen,
  milkCode,
  one,
  settle,
  state,
  type Counter,
} from "../../fakes/returning-till.ts";

describe("without the gateway", () => {
  async function soldHere(count: number): Promise<Counter & { readonly receipt: string }> {
    const { gateway, bench } = await counter();
    gateway.silent = true;
    await bench.register.scan(milkCode);
    bench.register.setQuantity(1, count);
    await bench.register.beginTender();
    bench.register.chooseMethod("cash");
    await bench.register.takeCash(fen(count * 1_280));
    await bench.clock.advance(10);
    const [row] = await bench.ledger.database.sale.toArray();
    bench.register.nextCustomer();
    return { gateway, bench, receipt: row?.receipt ?? "" };
  }

  test("this till's own cash sale comes back within the shop's cap, once", async () => {
    const { bench, receipt } = await soldHere(1);
    await bringBack(bench, receipt, one(1_000));
    await settle(bench);
    expect(state(bench).counter).toMatchObject({
      kind: "giveBack",
      plan: { parts: [{ kind: "cash", amount: fen(1_280) }] },
    });
    await bench.register.giveBack();
    bench.register.nextCustomer();
    await bench.register.findSale(receipt);
    expect(state(bench).counter).toMatchObject({ kind: "return", sale: { own: true, left: [{ left: fen(0) }] } });
  });

  test("what was worked out without the gateway is asked about once it is heard again: another till may have given it back", async () => {
    const { gateway, bench, receipt } = await soldHere(1);
    const hear = (online: boolean): void =>
      bench.hears({ kind: "connection", v: 1, online, lastHeardAt: bench.clock.now() });
    hear(false);
    await bringBack(bench, receipt, one(1_000));
    await settle(bench);
    expect(state(bench).counter.kind).toBe("giveBack");
    const [sold] = await bench.ledger.database.sale.toArray();
    if (sold === undefined) throw new Error("it was sold");
    const parts = [{ kind: "cash", amount: fen(1_280) }] as const;
    gateway.knows(sold.body, { returned: [{ line: 1, thousandths: 1_000, amount: 1_280, tax: 0 }], parts });
    gateway.silent = false;
    hear(true);
    await bench.register.giveBack();
    expect(state(bench)).toMatchObject({ counter: { kind: "goods" }, notice: { why: "nothingLeft" } });
    expect(await bench.ledger.database.sale.count()).toBe(1);
  });

  test("what it gave back is not given back again when the gateway is heard and does not know it yet", async () => {
    const { gateway, bench, receipt } = await soldHere(1);
    await bringBack(bench, receipt, one(1_000));
    await settle(bench);
    await bench.register.giveBack();
    bench.register.nextCustomer();
    const sold = await bench.ledger.database.sale.where("receipt").equals(receipt).first();
    if (sold === undefined) throw new Error("it was sold");
    gateway.knows(sold.body);
    gateway.silent = false;
    await bench.register.findSale(receipt);
    expect(state(bench).counter).toMatchObject({
      kind: "return",
      sale: { own: false, returned: [{ line: 1, thousandths: 1_000 }], left: [{ left: fen(0) }] },
    });
  });

  test("empties handed in beside goods are paid out and leave what the goods were paid with as it was", async () => {
    const { bench, receipt } = await soldHere(2);
    await bringBack(bench, receipt, one(1_000));
    await bench.register.add({ ...milk, id: "200001" as never, price: 50 as never, listPrice: null, isDeposit: true });
    await settle(bench);
    expect(state(bench)).toMatchObject({
      totals: { total: { amount: -1_330 } },
      counter: { kind: "giveBack", plan: { parts: [{ amount: fen(1_280) }, { kind: "cash", amount: fen(50) }] } },
    });
    await bench.register.giveBack();
    bench.register.nextCustomer();
    await bench.register.findSale(receipt);
    expect(state(bench).counter).toMatchObject({ kind: "return", sale: { left: [{ left: fen(1_280) }] } });
    // the second piece comes back as dearly as the first
    await bringBack(bench, receipt, one(1_000));
    await settle(bench);
    expect(state(bench).counter).toMatchObject({ kind: "giveBack", plan: { parts: [{ amount: fen(1_280) }] } });
  });

  test("above the cap it waits for the network, and nobody is asked", async () => {
    const { bench, receipt } = await soldHere(16);
    await bringBack(bench, receipt, one(16_000));
    await bench.register.beginTender();
    expect(state(bench)).toMatchObject({
      counter: { kind: "goods" },
      sale: { state: "open" },
      notice: { why: "offlineCap" },
    });
  });

  test("what the wallet paid is promised, not paid from the drawer", async () => {
    const { gateway, bench } = await counter();
    gateway.silent = true;
    const body = pastSale(1, 30_000, 30_000, "A1-1-0007");
    await bench.ledger.database.sale.add({
      id: body.sale.id,
      receipt: body.receipt,
      completedAt: bench.clock.now(),
      businessDate: "2026-11-24" as never,
      session: "" as never,
      staff: "staff-1" as StaffId,
      body,
      promisedRefunds: [],
      copies: 0,
    });
    await bringBack(bench, "0007", one(1_000));
    await settle(bench);
    await bench.register.giveBack();
    const { counter: view } = state(bench);
    if (view.kind !== "done") throw new Error("the return is complete");
    expect(view.back).toMatchObject([{ kind: "refund", state: "promised", amount: fen(30_000) }]);
    expect((await completed(bench)).drawer).toBe(false);
  });

  test("a sale of another till is not found, and the view says that only this till was looked through", async () => {
    const { bench } = await soldHere(1);
    await bench.register.findSale("A2-1-0964");
    expect(state(bench).counter).toMatchObject({ kind: "find", found: [], offline: true });
  });

  test("a sale that has not reached the gateway yet is found here while the gateway answers", async () => {
    const { gateway, bench, receipt } = await soldHere(1);
    gateway.silent = false;
    await bench.register.findSale(receipt);
    expect(state(bench).counter).toMatchObject({ kind: "return", sale: { own: true } });
  });
});

describe("a refund's progress", () => {
  async function given(): Promise<RegisterBench> {
    const sold = pastSale(1, 700, 700);
    const { bench } = await counter(sold);
    await bringBack(bench, sold.receipt, one(1_000));
    await settle(bench);
    await bench.register.giveBack();
    return bench;
  }
  const news = (refund: string, told: string, reason: string | null = null) => ({
    kind: "refund",
    v: 1,
    refund: {
      id: refund,
      version: 2,
      till: "till-a1",
      sale: null,
      attempt: refund,
      channel: "wechat",
      amount: fen(700),
      cause: "return",
      state: told,
      reason,
      providerRefundId: null,
      at: 1,
    },
  });
  const refundOf = (bench: RegisterBench): string => {
    const { counter: view } = state(bench);
    const part = view.kind === "done" ? view.back[0] : undefined;
    return part?.kind === "refund" ? part.refund : "";
  };

  test.each(["processing", "succeeded", "unknown"])("%s shows on the result", async (told) => {
    const bench = await given();
    bench.hears(news(refundOf(bench), told));
    expect(state(bench).counter).toMatchObject({ kind: "done", back: [{ state: told }] });
  });

  test("that failed after the next customer came is told as a notice", async () => {
    const bench = await given();
    const refund = refundOf(bench);
    bench.register.nextCustomer();
    bench.hears(news(refund, "failed", "shopBalance"));
    expect(state(bench).notice).toEqual({ kind: "refundTrouble", amount: fen(700), channel: "wechat" });
  });
});
