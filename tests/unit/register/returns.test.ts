import { describe, expect, test } from "vitest";
import { claimMs } from "../../../src/contract/returns.ts";
import type { StaffId } from "../../../src/domain/identifier.ts";
import type { ReturnPick } from "../../../src/register/returning/return-goods.ts";
import { pastSale, type CounterGateway } from "../../fakes/counter-gateway.ts";
import { bringBack, completed, counter, fen, one, pin, settle, state, supervisor } from "../../fakes/returning-till.ts";

describe("a return", () => {
  test("of the whole sale goes back the ways it came, electronic money first told, cash from the drawer", async () => {
    const sold = pastSale(2, 7_000, 4_750);
    const { gateway, bench } = await counter(sold);
    await bringBack(bench, sold.receipt, one(2_000));
    expect(state(bench)).toMatchObject({ counter: { kind: "goods" }, totals: { total: { amount: -14_000 } } });
    await settle(bench);
    expect(state(bench).counter).toMatchObject({
      kind: "giveBack",
      plan: {
        parts: [
          { kind: "payment", channel: "wechat", amount: fen(4_750) },
          { kind: "cash", amount: fen(9_250) },
        ],
        carried: [],
      },
    });
    expect(gateway.claims).toMatchObject([
      { back: 14_000, lines: [{ line: 1, thousandths: 2_000, amount: 14_000 }], approval: { by: supervisor, pin } },
    ]);
    await bench.register.giveBack();
    expect(state(bench).counter).toMatchObject({
      kind: "done",
      total: fen(-14_000),
      back: [
        { kind: "refund", channel: "wechat", amount: fen(4_750), state: "promised" },
        { kind: "cash", amount: fen(9_250) },
      ],
    });
    const body = await completed(bench);
    expect(body.tenders).toMatchObject([
      { kind: "refund", amount: fen(-4_750), of: sold.sale.id },
      { kind: "cash", amount: fen(-9_250) },
    ]);
    expect(body).toMatchObject({ drawer: true, approvals: [{ act: "return", by: supervisor }] });
    expect(JSON.stringify(body)).not.toContain(pin);
  });

  test.each<[string, readonly ReturnPick[], number, number]>([
    ["one of three pieces", one(1_000), -700, -1_000],
    ["money without goods", [{ line: 1, amount: fen(250) }], -250, 0],
  ])("of a part: %s", async (_name, picks, total, thousandths) => {
    const sold = pastSale(3, 700, 2_100);
    const { bench } = await counter(sold);
    await bringBack(bench, sold.receipt, picks);
    expect(state(bench).sale?.lines).toMatchObject([{ quantity: { thousandths }, returnOf: { sale: sold.sale.id } }]);
    await settle(bench);
    await bench.register.giveBack();
    expect((await completed(bench)).sale.total).toEqual(fen(total));
  });

  test.each<[string, readonly ReturnPick[]]>([
    ["more pieces than are left", one(4_000)],
    ["more money than was paid", [{ line: 1, amount: fen(2_101) }]],
    ["a line that was not sold", [{ line: 2, thousandths: 1_000 }]],
    ["nothing", []],
  ])("of %s is refused and opens no ticket", async (_name, picks) => {
    const sold = pastSale(3, 700, 2_100);
    const { bench } = await counter(sold);
    await bringBack(bench, sold.receipt, picks);
    expect(state(bench)).toMatchObject({ sale: null, notice: { kind: "refused", why: "tooMuch" } });
  });

  test("picked again replaces what of the same sale was on the ticket", async () => {
    const sold = pastSale(3, 700, 2_100);
    const { bench } = await counter(sold);
    await bringBack(bench, sold.receipt, one(1_000));
    await bringBack(bench, sold.receipt, one(3_000));
    expect(state(bench).sale?.lines).toMatchObject([{ quantity: { thousandths: -3_000 } }]);
  });

  test("takes goods of one receipt only: another's are refused in words", async () => {
    const [first, second] = [pastSale(1, 700, 700), pastSale(1, 900, 900, "A2-1-0965")];
    const { bench } = await counter(first, second);
    await bringBack(bench, first.receipt, one(1_000));
    await bringBack(bench, second.receipt, one(1_000));
    expect(state(bench)).toMatchObject({ notice: { why: "otherOriginal" }, sale: { lines: { length: 1 } } });
  });

  test("looked up by the number on the payer's bill, scanned while the search is open", async () => {
    const sold = pastSale(1, 700, 700);
    const { bench } = await counter(sold);
    const [tender] = sold.tenders;
    bench.register.openFind();
    await bench.register.scan(tender?.kind === "payment" ? tender.providerTransactionId : "");
    expect(state(bench).counter).toMatchObject({ kind: "return", sale: { body: { receipt: sold.receipt } } });
  });

  test("of a number nobody knows says so and stays in the search", async () => {
    const { bench } = await counter();
    await bench.register.findSale("A2-1-9999");
    expect(state(bench).counter).toMatchObject({ kind: "find", found: [], busy: false, offline: false });
  });
});

describe("the second person of a return", () => {
  test("is asked once: a second Pay asks nobody again", async () => {
    const sold = pastSale(1, 700, 700);
    const { gateway, bench } = await counter(sold);
    await bringBack(bench, sold.receipt, one(1_000));
    await settle(bench);
    await bench.register.beginTender();
    expect(state(bench).counter.kind).toBe("giveBack");
    expect(gateway.claims.length).toBe(1);
  });

  test("holds while another page is looked at, but not for more goods, nor longer than its claim", async () => {
    const sold = pastSale(2, 700, 1_400);
    const { gateway, bench } = await counter(sold);
    const { register } = bench;
    await bringBack(bench, sold.receipt, one(1_000));
    await settle(bench);
    const { approvals } = state(bench).sale ?? {};
    register.backToGoods();
    await register.showShift();
    register.backToGoods();
    await register.beginTender();
    expect(state(bench)).toMatchObject({ counter: { kind: "giveBack" }, sale: { approvals } });
    expect([approvals?.length, gateway.claims.length]).toEqual([1, 1]);
    register.backToGoods();
    await bringBack(bench, sold.receipt, one(2_000));
    await register.beginTender();
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", act: "return" });
    await register.approve(supervisor, pin);
    register.backToGoods();
    await bench.clock.advance(claimMs);
    await register.beginTender();
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", act: "return" });
  });

  test.each<[string, StaffId, string, string]>([
    ["a wrong PIN", supervisor, "654321", "wrongPin"],
    ["the cashier's own", "staff-1" as StaffId, pin, "notEntitled"],
  ])("with %s is refused, and nothing is claimed", async (_name, who, typed, refusal) => {
    const sold = pastSale(1, 700, 700);
    const { gateway, bench } = await counter(sold);
    await bringBack(bench, sold.receipt, one(1_000));
    await bench.register.beginTender();
    await bench.register.approve(who, typed);
    expect(state(bench).counter).toMatchObject({ kind: "secondPerson", refusal });
    expect(gateway.claims).toEqual([]);
  });

  test("who is not there leaves a ticket that can be changed", async () => {
    const sold = pastSale(1, 700, 700);
    const { bench } = await counter(sold);
    await bringBack(bench, sold.receipt, one(1_000));
    await bench.register.beginTender();
    await bench.register.cancelSecondPerson();
    expect(state(bench)).toMatchObject({ counter: { kind: "goods" }, sale: { state: "open" } });
    bench.register.remove(1);
    expect(state(bench).sale?.lines).toEqual([]);
  });
});

describe("a return the gateway does not let through", () => {
  test.each<[string, (gateway: CounterGateway) => void, string]>([
    ["because another till was faster", (gateway) => (gateway.refuseReturn = "nothingLeft"), "nothingLeft"],
    ["because its PIN check says no", (gateway) => (gateway.refuseReturn = "wrongPin"), "notPermitted"],
  ])("%s: told, and the ticket can be changed", async (_name, change, why) => {
    const sold = pastSale(1, 700, 700);
    const { gateway, bench } = await counter(sold);
    await bringBack(bench, sold.receipt, one(1_000));
    change(gateway);
    await settle(bench);
    expect(state(bench)).toMatchObject({ counter: { kind: "goods" }, sale: { state: "open" }, notice: { why } });
    expect(await bench.ledger.database.sale.count()).toBe(0);
  });

  test("of what came back already is refused before anybody is asked", async () => {
    const sold = pastSale(1, 700, 700);
    const { gateway, bench } = await counter(sold);
    await bringBack(bench, sold.receipt, one(1_000));
    const [wallet] = sold.tenders;
    const attempt = wallet?.kind === "payment" ? wallet.attempt : ("" as never);
    gateway.knows(sold, {
      returned: [{ line: 1, thousandths: 1_000, amount: 700, tax: 81 }],
      parts: [{ kind: "payment", attempt, channel: "wechat", amount: fen(700) }],
    });
    await bench.register.beginTender();
    expect(state(bench)).toMatchObject({ counter: { kind: "goods" }, notice: { why: "nothingLeft" } });
    expect(gateway.claims).toEqual([]);
  });
});
