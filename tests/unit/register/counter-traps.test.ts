import { describe, expect, test } from "vitest";
import { problemStatus } from "../../../src/contract/problem.ts";
import { parseEntry } from "../../../src/contract/journal.ts";
import { instant } from "../../../src/domain/clock.ts";
import type { StaffId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { isCutPassed, type BusinessDate } from "../../../src/domain/till-session.ts";
import { readEventStream } from "../../../src/sync/event-stream.ts";
import { virtualClock } from "../../conformance/providers/virtual-clock.ts";
import { apples, milk, registerBench, type RegisterBench } from "../../fakes/register-bench.ts";

async function lastEntry({ ledger }: RegisterBench) {
  const [last] = (await ledger.database.entry.toArray()).slice(-1);
  const parsed = parseEntry(last?.text ?? "");
  if (!parsed.ok) throw new Error("the entry is understood");
  return parsed.value;
}

async function payCash(bench: RegisterBench): Promise<void> {
  await bench.register.beginTender();
  bench.register.chooseMethod("cash");
  await bench.register.takeCash(money(10_000, "CNY"));
  await bench.clock.advance(10);
}

describe("traps at the counter", () => {
  test("a sale is booked to its own window's cashier, whoever signed on in another window meanwhile", async () => {
    const bench = await registerBench();
    await bench.register.scan(milk.barcodes[0] ?? "");
    const { session } = bench.ledger.database;
    const row = await session.get("session");
    if (row === undefined) throw new Error("a session is open");
    await session.put({ ...row, session: { ...row.session, staff: "staff-2" as StaffId } });
    await payCash(bench);
    expect(await lastEntry(bench)).toMatchObject({ kind: "saleCompleted", staff: "staff-1" });
    expect(await bench.ledger.database.sale.toArray()).toMatchObject([{ staff: "staff-1" }]);
  });

  test("paying or scanning while a weight is asked for loses no goods: it is refused in words", async () => {
    const { register } = await registerBench();
    await register.scan(milk.barcodes[0] ?? "");
    await register.scan(apples.barcodes[0] ?? "");
    expect(register.state.get().counter.kind).toBe("weigh");
    await register.beginTender();
    expect(register.state.get()).toMatchObject({ counter: { kind: "weigh" }, notice: { why: "weighFirst" } });
    await register.scan(milk.barcodes[0] ?? "");
    expect(register.state.get()).toMatchObject({ counter: { kind: "weigh" }, notice: { why: "weighFirst" } });
    register.backToGoods();
    await register.beginTender();
    expect(register.state.get().counter.kind).toBe("tender");
  });

  test("an emptied ticket stands in nobody's way", async () => {
    const { register } = await registerBench();
    await register.scan(milk.barcodes[0] ?? "");
    register.remove(1);
    expect(register.isIdle()).toBe(true);
    await register.signOff();
    expect(register.state.get()).toMatchObject({ phase: "signOn", sale: null });
  });

  test("a ticket found after a reload in the middle of paying can be changed again", async () => {
    const bench = await registerBench();
    await bench.register.scan(milk.barcodes[0] ?? "");
    await bench.register.beginTender();
    await bench.clock.advance(10);
    const after = await bench.reopened();
    after.register.setQuantity(1, 3);
    expect(after.register.state.get().sale?.lines).toMatchObject([{ quantity: { thousandths: 3_000 } }]);
  });

  test("a session that a clock running ahead had opened ends when the clock is right again", () => {
    const rule = { zone: "Asia/Shanghai", cutMinute: 240 };
    const now = instant(Date.parse("2026-11-24T10:00:00+08:00"));
    const opened = (date: string): boolean => isCutPassed({ businessDate: date as BusinessDate }, now, rule);
    expect([opened("2027-12-29"), opened("2026-11-24"), opened("2026-11-23")]).toEqual([true, false, true]);
    const justBeforeCut = instant(Date.parse("2026-11-25T03:59:00+08:00"));
    expect(isCutPassed({ businessDate: "2026-11-25" as BusinessDate }, justBeforeCut, rule)).toBe(false);
  });

  test("a till that was replaced hears it from the stream, apart from a cut line", async () => {
    const problem = { type: "about:blank", title: "", status: problemStatus.revoked, code: "revoked" };
    const client = {
      ask: async () => ({ kind: "silence" as const, why: "" }),
      open: async () => ({ kind: "problem" as const, problem }),
    };
    const end = readEventStream(
      client,
      virtualClock(instant(0)),
      "till-a1",
      () => undefined,
      new AbortController().signal,
    );
    expect(await end).toBe("revoked");
  });
});
