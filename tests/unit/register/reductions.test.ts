import { describe, expect, test } from "vitest";
import { milk, registerBench, type RegisterBench } from "../../fakes/register-bench.ts";
import { fen, lastOf, pin, supervisor } from "../../fakes/shift-till.ts";

const state = ({ register }: RegisterBench) => register.state.get();

/** A cashier's ticket of so many pieces of milk at 12.80. */
async function ticketOf(count: number): Promise<RegisterBench> {
  const bench = await registerBench();
  await bench.register.scan(milk.barcodes[0] ?? "");
  bench.register.setQuantity(1, count);
  return bench;
}

describe("what a cashier may not take off alone", () => {
  test("is asked about before the sale is paid when fewer pieces are left under the same amount off", async () => {
    const bench = await ticketOf(2);
    const { register } = bench;
    await register.discountLine(1, { kind: "amount", amount: fen(256) });
    expect(state(bench)).toMatchObject({ counter: { kind: "goods" }, totals: { total: { amount: 2_304 } } });
    register.setQuantity(1, 1);
    await register.beginTender();
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", act: "discount", size: 2_000 });
    await register.approve(supervisor, pin);
    expect(state(bench)).toMatchObject({ counter: { kind: "tender" }, sale: { state: "tendering" } });
    register.chooseMethod("cash");
    await register.takeCash(fen(1_024));
    const { body } = await lastOf(bench, "saleCompleted");
    expect(body.approvals).toMatchObject([{ act: "discount", by: supervisor, subject: body.sale.id }]);
  });

  test("is not paid by a customer's code either, and the ticket can be changed when nobody comes", async () => {
    const bench = await ticketOf(2);
    const { register } = bench;
    await register.discountLine(1, { kind: "amount", amount: fen(256) });
    register.setQuantity(1, 1);
    await register.scan("130000000000000001");
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson" });
    expect(await bench.ledger.database.attempt.count()).toBe(0);
    await register.cancelSecondPerson();
    expect(state(bench)).toMatchObject({ counter: { kind: "goods" }, sale: { state: "open", approvals: [] } });
  });

  test("is a lower price, also where another line is reduced as deep already", async () => {
    const bench = await ticketOf(1);
    const { register } = bench;
    await register.discountLine(1, { kind: "percent", basisPoints: 1_000 });
    await register.overridePrice(1, fen(1_270), "damaged");
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", act: "overridePrice" });
    await register.cancelSecondPerson();
    await register.overridePrice(1, fen(1_300), "labelWrong");
    expect(state(bench)).toMatchObject({
      counter: { kind: "goods" },
      sale: { lines: [{ override: { listed: fen(1_280) } }] },
    });
  });

  test("is asked about anew when goods come under a price that was allowed for less of them", async () => {
    const bench = await ticketOf(1);
    const { register } = bench;
    await register.discountSale({ kind: "target", amount: fen(1_000) });
    await register.approve(supervisor, pin);
    expect(state(bench)).toMatchObject({
      totals: { total: { amount: 1_000 } },
      sale: { approvals: [{ size: 2_188 }] },
    });
    register.setQuantity(1, 10);
    await register.beginTender();
    expect(state(bench)).toMatchObject({ counter: { kind: "secondPerson", size: 9_219 }, sale: { state: "open" } });
  });

  test("is a percentage that was allowed for a sweet, once it is taken off a television", async () => {
    const bench = await registerBench();
    const { register } = bench;
    const thirty = { kind: "percent", basisPoints: 3_000 } as const;
    await register.add({ ...milk, id: "100078" as never, price: 100 as never, listPrice: null });
    await register.discountLine(1, thirty);
    await register.approve(supervisor, pin);
    expect(state(bench)).toMatchObject({ sale: { approvals: [{ size: 3_000, amount: fen(30) }] } });
    await register.add({ ...milk, id: "100077" as never, price: 99_900 as never, listPrice: null });
    await register.discountLine(2, thirty);
    expect(state(bench)).toMatchObject({
      counter: { kind: "secondPerson", act: "discount", size: 3_000, amount: fen(30_000) },
      totals: { total: fen(99_970) },
    });
    await register.approve(supervisor, pin);
    expect(state(bench).totals?.total).toEqual(fen(70_000));
    await register.beginTender();
    expect(state(bench).counter.kind).toBe("tender");
  });

  test("is asked about at Pay when more is scanned under a percentage that was allowed for less money", async () => {
    const bench = await ticketOf(1);
    const { register } = bench;
    await register.discountSale({ kind: "percent", basisPoints: 2_000 });
    await register.approve(supervisor, pin);
    register.setQuantity(1, 2);
    await register.beginTender();
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", size: 2_000, amount: fen(512) });
    await register.approve(supervisor, pin);
    expect(state(bench)).toMatchObject({ counter: { kind: "tender" }, totals: { total: fen(2_048) } });
  });

  test("is not what the cashier takes off alone beside it", async () => {
    const bench = await ticketOf(1);
    const { register } = bench;
    await register.discountLine(1, { kind: "percent", basisPoints: 2_000 });
    await register.approve(supervisor, pin);
    await register.add({ ...milk, id: "100077" as never, price: 99_900 as never, listPrice: null });
    await register.discountLine(2, { kind: "percent", basisPoints: 500 });
    await register.beginTender();
    expect(state(bench)).toMatchObject({ counter: { kind: "tender" }, sale: { approvals: { length: 1 } } });
  });

  test("is no price above what the ticket comes to: that would wait unseen for goods to come", async () => {
    const bench = await ticketOf(1);
    await bench.register.discountSale({ kind: "target", amount: fen(2_000) });
    expect(state(bench)).toMatchObject({ notice: { why: "notLess" }, sale: { discount: null } });
  });

  test("is asked of the supervisor once, not again at every press of Pay", async () => {
    const bench = await ticketOf(1);
    const { register } = bench;
    await register.discountSale({ kind: "percent", basisPoints: 2_000 });
    await register.approve(supervisor, pin);
    await register.beginTender();
    register.backToGoods();
    await register.beginTender();
    expect(state(bench)).toMatchObject({ counter: { kind: "tender" }, sale: { approvals: [{ act: "discount" }] } });
  });
});
