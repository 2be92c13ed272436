import { describe, expect, test } from "vitest";
import { outboxState } from "../../../src/storage/outbox.ts";
import { milk, type RegisterBench } from "../../fakes/register-bench.ts";
import { fen, lookMs, supervisor, pin, entries, lastOf, shiftWith, sellMilk, count } from "../../fakes/shift-till.ts";

describe("counting", () => {
  test("what must be in the drawer shows only after the count", async () => {
    const bench = await shiftWith(20_000);
    await sellMilk(bench);
    await bench.register.showShift();
    await bench.register.beginCount();
    expect(bench.register.state.get().counter).toEqual({ kind: "count", nth: 1, result: null });
    await bench.register.countDrawer(fen(21_000));
    expect(bench.register.state.get().counter).toMatchObject({
      nth: 1,
      result: { counted: { amount: 21_000 }, expected: { amount: 21_280 } },
    });
    expect((await lastOf(bench, "drawerCounted")).body).toMatchObject({ nth: 1, counted: { amount: 21_000 } });
  });

  test("pressed twice it is one count", async () => {
    const bench = await shiftWith(0);
    await bench.register.showShift();
    await bench.register.beginCount();
    await Promise.all([bench.register.countDrawer(fen(100)), bench.register.countDrawer(fen(100))]);
    const counts = (await entries(bench)).filter(({ kind }) => kind === "drawerCounted");
    expect(counts.map(({ body }) => body)).toMatchObject([{ counted: { amount: 0 } }, { counted: { amount: 100 } }]);
  });

  test("the press that ends the count, made twice, does not close the shift: what it came to is looked at first", async () => {
    const bench = await shiftWith(20_000);
    const { register, clock } = bench;
    await count(bench, 19_000);
    await clock.advance(500);
    await register.closeShift();
    expect(register.state.get()).toMatchObject({ phase: "selling", counter: { kind: "count", nth: 1 } });
    await clock.advance(300);
    await register.closeShift();
    expect(register.state.get().phase).toBe("signOn");
  });

  test("the next person is asked for only when the Z report counts as unsent: nobody reads that all is sent and switches off", async () => {
    const bench = await shiftWith(20_000);
    const { register, clock, ledger } = bench;
    await count(bench, 20_000);
    await clock.advance(lookMs);
    const shown: number[] = [];
    const stop = register.state.subscribe(({ phase, connection }) => {
      if (phase === "signOn") shown.push(connection.unsent);
    });
    await register.closeShift();
    stop();
    expect(shown[0]).toBeGreaterThan(0);
    expect(shown[0]).toBe((await outboxState(ledger.database)).unsent);
  });

  test("a clock that is set back after the count does not keep the shift open", async () => {
    const bench = await shiftWith(20_000);
    const { register, clock } = bench;
    await count(bench, 20_000);
    await clock.advance(-3_600_000);
    await register.closeShift();
    expect(register.state.get().phase).toBe("signOn");
  });

  test("it is counted once more with a second person, and not a third time", async () => {
    const bench = await shiftWith(20_000);
    const { register } = bench;
    await count(bench, 19_000);
    register.recountDrawer();
    await register.countDrawer(fen(20_000));
    expect(register.state.get().counter).toMatchObject({ kind: "secondPerson", act: "recount" });
    await register.approve(supervisor, pin);
    expect(register.state.get().counter).toMatchObject({
      kind: "count",
      nth: 2,
      result: { counted: { amount: 20_000 } },
    });
    expect(await lastOf(bench, "drawerCounted")).toMatchObject({ body: { nth: 2 }, approval: { act: "recount" } });
    register.recountDrawer();
    expect(register.state.get().counter).toMatchObject({ nth: 2, result: { counted: { amount: 20_000 } } });
  });

  test("leaving and coming back is no way to count again alone", async () => {
    const bench = await shiftWith(20_000);
    const { register } = bench;
    await count(bench, 19_000);
    register.backToGoods();
    await register.showShift();
    await register.beginCount();
    expect(register.state.get().counter).toMatchObject({ nth: 1, result: { counted: { amount: 19_000 } } });
    await sellMilk(bench);
    await register.showShift();
    await register.beginCount();
    expect(register.state.get().counter).toEqual({ kind: "count", nth: 2, result: null });
    await register.countDrawer(fen(21_280));
    expect(register.state.get().counter).toMatchObject({ kind: "secondPerson", act: "recount" });
  });

  test("money that moves after the count makes it untrue: the shift does not close on it", async () => {
    const bench = await shiftWith(20_000);
    const { register, ledger } = bench;
    await count(bench, 20_000);
    await register.showShift();
    register.beginCashMove("paidIn");
    await register.moveCash("paidIn", fen(5_000), "change", "");
    expect((await ledger.database.session.get("session"))?.session.state).toBe("open");
    await register.showShift();
    await register.beginCount();
    expect(register.state.get().counter).toEqual({ kind: "count", nth: 2, result: null });
  });

  test("another window's sale after the count is found when the shift closes", async () => {
    const bench = await shiftWith(20_000);
    const { register, ledger, clock } = bench;
    await count(bench, 20_000);
    const row = await ledger.database.session.get("session");
    if (row === undefined) throw new Error("a shift is open");
    await ledger.database.session.put({ ...row, session: { ...row.session, state: "open" } });
    await clock.advance(lookMs);
    await register.closeShift();
    expect(register.state.get()).toMatchObject({
      phase: "selling",
      counter: { kind: "count", nth: 2, result: null },
      notice: { why: "countUntrue" },
    });
  });

  test("what was typed of a count outlives a reload and a second person who is asked, in its shift, until it is given", async () => {
    const before = await shiftWith(20_000);
    await before.register.showShift();
    await before.register.beginCount();
    const begun = { isByNote: true, notes: [{ worth: 5_000, count: 2 }], typed: "" };
    await before.register.keepCount(begun);
    const bench = await before.reopened();
    const { register } = bench;
    await register.showShift();
    await register.beginCount();
    expect(register.state.get().counter).toEqual({ kind: "count", nth: 1, result: null, begun });
    await register.countDrawer(fen(10_000));
    await register.recountDrawer();
    expect(register.state.get().counter).toEqual({ kind: "count", nth: 2, result: null });
    await register.keepCount({ ...begun, typed: "199" });
    await register.countDrawer(fen(19_900));
    await register.cancelSecondPerson();
    expect(register.state.get().counter).toMatchObject({ kind: "count", nth: 2, begun: { typed: "199" } });
    await register.countDrawer(fen(19_900));
    await register.approve(supervisor, pin);
    expect(await bench.ledger.catalog.count.count()).toBe(0);
  });

  test("a drawer is not counted while a sale is open", async () => {
    const { register } = await shiftWith(0);
    await register.scan(milk.barcodes[0] ?? "");
    await register.showShift();
    await register.beginCount();
    expect(register.state.get()).toMatchObject({ counter: { kind: "shift" }, notice: { why: "saleOpen" } });
  });

  test("a drawer with cash of a sale that is not complete is not counted, and is right once that sale ends or gives it back", async () => {
    const bench = await shiftWith(20_000);
    await payPart(bench, 500);
    const next = await bench.reopened();
    await next.register.showShift();
    await next.register.beginCount();
    expect(next.register.state.get()).toMatchObject({ counter: { kind: "shift" }, notice: { why: "cashInTicket" } });
    const [ticket] = next.register.state.get().tickets;
    await next.register.takeUp(ticket!.sale);
    await next.register.removeTender(0);
    await next.register.voidSale();
    await count(next, 20_000);
    expect(next.register.state.get().counter).toMatchObject({ result: { expected: { amount: 20_000 } } });
  });

  test("cash that another window takes into a ticket after the count makes it untrue, and keeps the shift open", async () => {
    const bench = await shiftWith(20_000);
    const { register, ledger } = bench;
    await count(bench, 20_000);
    register.backToGoods();
    await payPart(bench, 500);
    expect((await ledger.database.session.get("session"))?.session.state).toBe("open");
    await register.removeTender(0);
    await register.voidSale();
    await register.showShift();
    await register.beginCount();
    expect(register.state.get().counter).toEqual({ kind: "count", nth: 2, result: null });
  });

  test("a shift does not close on cash that came into a ticket after the count", async () => {
    const bench = await shiftWith(20_000);
    const { register, ledger, clock } = bench;
    await payPart(bench, 500);
    const row = await ledger.database.ticket.toCollection().first();
    await register.removeTender(0);
    await register.voidSale();
    await count(bench, 20_000);
    await ledger.database.ticket.put(row!);
    await clock.advance(lookMs);
    await register.closeShift();
    expect(register.state.get()).toMatchObject({ phase: "selling", notice: { why: "cashInTicket" } });
    expect((await ledger.database.session.get("session"))?.session.state).toBe("counting");
  });
});

/** A ticket of milk, part of which is paid in cash. */
async function payPart({ register }: RegisterBench, amount: number): Promise<void> {
  await register.scan(milk.barcodes[0] ?? "");
  await register.beginTender();
  register.chooseMethod("cash");
  await register.takeCash(fen(amount), "part");
  expect(register.state.get().sale?.tenders.length).toBe(1);
}
