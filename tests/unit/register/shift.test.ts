import { describe, expect, test } from "vitest";
import type { StaffId } from "../../../src/domain/identifier.ts";
import type { ReceiptBlock } from "../../../src/domain/receipt.ts";
import type { BusinessDate } from "../../../src/domain/till-session.ts";
import { milk, registerBench } from "../../fakes/register-bench.ts";
import {
  fen,
  lookMs,
  supervisor,
  pin,
  entries,
  lastOf,
  shiftWith,
  closeFor,
  sellMilk,
  count,
} from "../../fakes/shift-till.ts";

const hourMs = 3_600_000;

describe("opening", () => {
  test("nothing is sold before a shift is open, and then the float is a fact", async () => {
    const bench = await registerBench();
    await closeFor(bench, 0);
    await bench.register.signOn("staff-1" as StaffId, pin);
    expect(bench.register.state.get().phase).toBe("openShift");
    await bench.register.scan(milk.barcodes[0] ?? "");
    expect(bench.register.state.get().sale).toBeNull();
    await bench.register.openShift(fen(20_000));
    expect(bench.register.state.get()).toMatchObject({ phase: "selling", session: { float: { amount: 20_000 } } });
    expect(await lastOf(bench, "sessionOpened")).toMatchObject({ body: { float: { amount: 20_000 }, carried: false } });
  });

  test("leaving before it opens leaves no shift behind", async () => {
    const bench = await registerBench();
    await closeFor(bench, 0);
    await bench.register.signOn("staff-1" as StaffId, pin);
    bench.register.leaveUnopened();
    expect(bench.register.state.get()).toMatchObject({ phase: "signOn", who: null, session: { state: "closed" } });
  });
});

describe("money beside the sales", () => {
  test("a cashier pays in alone, and out only with a second person; both move what must be in the drawer", async () => {
    const bench = await shiftWith(20_000);
    const { register } = bench;
    await register.showShift();
    register.beginCashMove("paidIn");
    await register.moveCash("paidIn", fen(5_000), "change", " 17 ");
    expect((await lastOf(bench, "paidIn")).body).toMatchObject({ reason: "change", slip: "17" });
    await register.showShift();
    register.beginCashMove("paidOut");
    await register.moveCash("paidOut", fen(3_000), "supplier", "");
    expect(register.state.get().counter).toMatchObject({ kind: "secondPerson", act: "paidOut" });
    expect((await entries(bench)).some(({ kind }) => kind === "paidOut")).toBe(false);
    await register.approve(supervisor, pin);
    expect(await lastOf(bench, "paidOut")).toMatchObject({ approval: { act: "paidOut", by: supervisor } });
    expect(register.state.get().counter).toMatchObject({
      kind: "shift",
      totals: { cash: { paidIn: { amount: 5_000 }, paidOut: { amount: 3_000 }, expected: { amount: 22_000 } } },
    });
  });

  test("a second person who is called away leaves no yes behind for the next question", async () => {
    const bench = await shiftWith(20_000);
    const { register } = bench;
    await register.showShift();
    register.beginCashMove("paidOut");
    await register.moveCash("paidOut", fen(3_000), "supplier", "");
    await register.showDaysSales();
    await register.approve(supervisor, pin);
    await register.showShift();
    await register.openDrawer("change");
    await register.approve(supervisor, pin);
    const kinds = (await entries(bench)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "paidOut" || kind === "drawerOpened")).toEqual(["drawerOpened"]);
  });

  test("pressed twice, money in or out is booked once and the drawer opens once", async () => {
    const bench = await shiftWith(20_000);
    const { register } = bench;
    await register.signOff();
    await register.signOn(supervisor, pin);
    for (const move of ["paidIn", "paidOut"] as const) {
      await register.showShift();
      register.beginCashMove(move);
      const press = (): Promise<void> => register.moveCash(move, fen(5_000), "change", "");
      await Promise.all([press(), press()]);
    }
    await Promise.all([register.openDrawer("change"), register.openDrawer("change")]);
    const kinds = (await entries(bench)).map(({ kind }) => kind);
    const moved = kinds.filter((kind) => kind === "paidIn" || kind === "paidOut" || kind === "drawerOpened");
    expect(moved).toEqual(["paidIn", "paidOut", "drawerOpened"]);
  });

  test("an amount that looks like a slip is asked about once", async () => {
    const bench = await shiftWith(20_000);
    const { register, clock } = bench;
    await register.showShift();
    register.beginCashMove("paidIn");
    await register.moveCash("paidIn", fen(500_000), "change", "");
    expect(register.state.get().notice).toMatchObject({ kind: "slip", typed: { amount: 500_000 }, due: null });
    expect((await entries(bench)).some(({ kind }) => kind === "paidIn")).toBe(false);
    await clock.advance(lookMs);
    await register.moveCash("paidIn", fen(500_000), "change", "");
    expect((await lastOf(bench, "paidIn")).body.amount.amount).toBe(500_000);
  });

  test("cash ten times what is due is asked about once, each other amount anew, and the same again is taken", async () => {
    const { register, ledger, clock } = await shiftWith(0);
    await register.scan(milk.barcodes[0] ?? "");
    await register.beginTender();
    register.chooseMethod("cash");
    for (const given of [12_800, 128_000]) {
      await register.takeCash(fen(given));
      expect(register.state.get().notice).toMatchObject({ kind: "slip", typed: { amount: given } });
    }
    await clock.advance(lookMs);
    await register.takeCash(fen(12_800));
    expect(await ledger.database.sale.count()).toBe(1);
  });

  test("the question about a likely slip is not answered by the second press of a double one", async () => {
    const { register, ledger, clock } = await shiftWith(0);
    await register.scan(milk.barcodes[0] ?? "");
    await register.beginTender();
    register.chooseMethod("cash");
    await Promise.all([register.takeCash(fen(12_800)), register.takeCash(fen(12_800))]);
    await clock.advance(500);
    await register.takeCash(fen(12_800));
    expect(register.state.get()).toMatchObject({ sale: { tenders: [] }, notice: { kind: "slip" } });
    await clock.advance(100);
    await register.takeCash(fen(12_800));
    expect(await ledger.database.sale.count()).toBe(1);
  });
});

describe("reports", () => {
  test("X and Z say what the sales say; X tells of no count, Z closes the shift and is printed", async () => {
    const bench = await shiftWith(20_000);
    const { register, printed, ledger, clock } = bench;
    await sellMilk(bench);
    await sellMilk(bench);
    await register.showShift();
    await register.reportShift();
    const { body: x } = await lastOf(bench, "shiftReported");
    expect(x).toMatchObject({
      sales: 2,
      sold: { amount: 2_560 },
      net: { amount: 2_560 },
      cash: { float: { amount: 20_000 }, taken: { amount: 2_560 }, counted: null, counts: 0 },
    });
    await count(bench, 22_500);
    await clock.advance(lookMs);
    await register.closeShift();
    await clock.advance(10);
    const { body: closed } = await lastOf(bench, "sessionClosed");
    const z = closed.shift;
    const sales = (await ledger.database.sale.toArray()).slice(-2);
    expect(z).toMatchObject({
      sales: sales.length,
      net: { amount: sales.reduce((all, row) => all + row.body.sale.total.amount, 0) },
      cash: { expected: { amount: 22_560 }, counted: { amount: 22_500 }, counts: 1 },
      firstReceipt: sales[0]?.receipt,
      lastReceipt: sales[1]?.receipt,
    });
    expect(printed.filter((job) => job.startsWith("shift-"))).toEqual([
      expect.stringMatching(/^shift-z-/),
      expect.stringMatching(/^shift-x-/),
      expect.stringMatching(/^shift-z-/),
    ]);
    expect(register.state.get()).toMatchObject({ phase: "signOn", who: null, session: { state: "closed" } });
  });
});

describe("the report of the shift before", () => {
  test("is offered once there is one, and printed as it was and marked as a copy, in the next shift too", async () => {
    const bench = await shiftWith(20_000);
    const { register, papers, clock } = bench;
    await sellMilk(bench);
    await closeFor(bench, 21_280);
    await clock.advance(10);
    const first = papers.at(-1);
    await register.signOn("staff-1" as StaffId, pin);
    await register.openShift(fen(5_000));
    await register.showShift();
    expect(register.state.get().hasReport).toBe(true);
    await register.reprintShift();
    await clock.advance(10);
    const again = papers.at(-1);
    expect(again?.job).toMatch(/^shift-z-.*-copy-/);
    const isMark = (block: ReceiptBlock): boolean => block.kind === "text" && /COPY 1/.test(block.text);
    expect(again?.document.blocks.filter(isMark)).toHaveLength(1);
    expect(again?.document.blocks.filter((block) => !isMark(block))).toEqual(first?.document.blocks);
  });

  test("is not there before a shift was closed, and the till says so", async () => {
    const { register, printed } = await registerBench();
    await register.showShift();
    expect(register.state.get()).toMatchObject({ counter: { kind: "shift" }, hasReport: false });
    await register.reprintShift();
    expect(register.state.get().notice).toEqual({ kind: "refused", why: "noReportYet" });
    expect(printed).toEqual([]);
  });
});

describe("the business day's end", () => {
  test("asks for the shift to be closed and leaves it whole", async () => {
    const bench = await shiftWith(0);
    const { register, clock } = bench;
    await clock.advance(19 * hourMs);
    const before = register.state.get().session;
    await sellMilk(bench);
    expect(register.state.get()).toMatchObject({ cutPassed: true, session: before });
    await register.signOff();
    await register.signOn("staff-1" as StaffId, pin);
    expect(register.state.get()).toMatchObject({ phase: "selling", cutPassed: true });
    await closeFor(bench, 1_280);
    expect(register.state.get()).toMatchObject({ phase: "signOn", cutPassed: false });
  });

  test("is noticed by an idle till by itself, and never in the middle of a sale", async () => {
    const bench = await shiftWith(0);
    const { register, clock } = bench;
    await clock.advance(17 * hourMs + 58 * 60_000);
    expect(register.state.get().cutPassed).toBe(false);
    await register.scan(milk.barcodes[0] ?? "");
    await clock.advance(5 * 60_000);
    expect(register.state.get().cutPassed).toBe(false);
    await register.voidSale();
    await clock.advance(60_000);
    expect(register.state.get()).toMatchObject({ cutPassed: true, phase: "selling", session: { state: "open" } });
  });

  test("a business date ahead of the gateway's ends by itself, and what was in the drawer is the next float", async () => {
    const bench = await shiftWith(20_000);
    const { register, ledger } = bench;
    await sellMilk(bench);
    const row = await ledger.database.session.get("session");
    if (row === undefined) throw new Error("a shift is open");
    const ahead = { ...row.session, businessDate: "2027-12-29" as BusinessDate };
    await ledger.database.session.put({ ...row, session: ahead });
    await register.signOff();
    await register.signOn("staff-1" as StaffId, pin);
    expect(register.state.get()).toMatchObject({ phase: "selling", session: { businessDate: "2026-11-24" } });
    expect((await lastOf(bench, "sessionOpened")).body).toEqual({ float: fen(21_280), carried: true });
    expect((await lastOf(bench, "sessionClosed")).body.shift?.cash.counted).toBeNull();
  });
});
