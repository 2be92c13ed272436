import { describe, expect, test, vi } from "vitest";
import type { PaymentId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { closeSession } from "../../../src/register/shift/close-session.ts";
import { takeTender } from "../../../src/register/paying/take-tender.ts";
import type { AttemptRow } from "../../../src/storage/database.ts";
import { milk, registerBench, type RegisterBench } from "../../fakes/register-bench.ts";

const code = "130000000000000001";
const fen = (amount: number) => money(amount, "CNY");
const cash = (amount: number) =>
  ({ kind: "cash", amount: fen(amount), given: fen(amount), change: fen(0), rounding: fen(0) }) as const;

/** A ticket that this window is about to have paid. */
async function paying(): Promise<RegisterBench> {
  const bench = await registerBench();
  await bench.register.scan(milk.barcodes[0] ?? "");
  await bench.register.beginTender();
  return bench;
}

/** Another window of the till has begun a payment for the ticket that this one shows. */
async function paidElsewhere(bench: RegisterBench, change: Partial<AttemptRow> = {}): Promise<void> {
  const { sale } = bench.register.state.get();
  if (sale === null) throw new Error("a ticket is open");
  const id = "0123456789A1A1000000000001" as PaymentId;
  const now = bench.clock.now();
  await bench.ledger.database.attempt.add({
    id,
    sale: { ...sale, liveAttempt: id },
    channel: "wechat",
    presentment: "consumer",
    tip: fen(0),
    startedAt: now,
    firstLineAt: now,
    lastLineAt: now,
    payAt: now,
    steps: 1,
    entry: { series: 1, number: 1 },
    window: "another",
    deadline: now,
    payment: null,
    abandoned: "no",
    parked: 0,
    parkedAt: null,
    resolved: 0,
    ...change,
  });
}

/** Another window counts the drawer and closes the shift. */
async function closedElsewhere({ ledger }: RegisterBench): Promise<void> {
  const closed = await ledger.transact((transaction) => closeSession(transaction));
  if (!closed.ok || closed.value === null) throw new Error("a shift was open");
}

describe("a ticket whose shift another window has closed", () => {
  test.each(["cash", "code"] as const)("takes no %s: it would be in no report", async (method) => {
    const bench = await paying();
    await closedElsewhere(bench);
    const entries = await bench.ledger.database.entry.count();
    if (method === "code") await bench.register.scan(code);
    else {
      bench.register.chooseMethod("cash");
      await bench.register.takeCash(fen(1_280));
    }
    expect(bench.register.state.get()).toMatchObject({ phase: "openShift", notice: { why: "shiftOver" } });
    expect(await bench.ledger.database.entry.count()).toBe(entries);
  });

  test("is told so before the customer is asked to pay", async () => {
    const bench = await registerBench();
    await bench.register.scan(milk.barcodes[0] ?? "");
    await closedElsewhere(bench);
    bench.hears({ kind: "ledgerChanged", v: 1 });
    await vi.waitFor(() => expect(bench.register.state.get().session?.state).toBe("closed"), { timeout: 10_000 });
    await bench.register.beginTender();
    expect(bench.register.state.get()).toMatchObject({
      phase: "openShift",
      counter: { kind: "goods" },
      notice: { why: "shiftOver" },
      totals: { total: fen(1_280) },
    });
  });

  test("waits on the screen, and is paid in the next shift", async () => {
    const bench = await paying();
    await closedElsewhere(bench);
    bench.register.chooseMethod("cash");
    await bench.register.takeCash(fen(1_280));
    await bench.register.openShift(fen(20_000));
    expect(bench.register.state.get()).toMatchObject({ phase: "selling", totals: { total: fen(1_280) } });
    await bench.register.beginTender();
    bench.register.chooseMethod("cash");
    await bench.register.takeCash(fen(1_280));
    const [row] = await bench.ledger.database.sale.toArray();
    expect(row?.session).toBe(bench.register.state.get().session?.id);
    expect((await bench.ledger.database.session.get("session"))?.session).toMatchObject({
      id: row?.session,
      state: "open",
    });
  });
});

describe("a ticket whose payment is undecided in another window", () => {
  test("begins no second payment, and says that the first is to be waited for", async () => {
    const bench = await paying();
    await paidElsewhere(bench);
    await bench.register.scan(code);
    expect(bench.register.state.get()).toMatchObject({ counter: { kind: "tender" }, notice: { why: "attemptLive" } });
    expect(await bench.ledger.database.attempt.count()).toBe(1);
  });

  test("takes no cash", async () => {
    const bench = await paying();
    await paidElsewhere(bench);
    bench.register.chooseMethod("cash");
    await bench.register.takeCash(fen(1_280));
    expect(bench.register.state.get()).toMatchObject({ sale: { tenders: [] }, notice: { why: "attemptLive" } });
    expect(await bench.ledger.database.sale.count()).toBe(0);
  });

  test.each([
    ["on its way", {}, "attemptLive"],
    ["standing aside", { parked: 1, parkedAt: 1 as never }, "attemptLive"],
    ["decided", { resolved: 1 }, null],
    ["freed with a promise", { abandoned: "freed" }, null],
  ] as const)("takes a tender by whoever asks only when that payment is not %s", async (_, change, why) => {
    const bench = await paying();
    const { sale } = bench.register.state.get();
    await paidElsewhere(bench, change);
    const steps = { firstLineAt: bench.clock.now(), lastLineAt: bench.clock.now(), payAt: bench.clock.now(), steps: 1 };
    const taken = await bench.ledger.transact((transaction) =>
      takeTender(transaction, sale!, cash(500), steps, "this"),
    );
    expect(taken).toMatchObject({ ok: true, value: why === null ? { kind: "partPaid" } : { kind: "refused", why } });
    expect(await bench.ledger.database.ticket.count()).toBe(why === null ? 1 : 0);
  });
});

test("a ticket that was paid in another window takes no second part of its price", async () => {
  const bench = await paying();
  const { sale } = bench.register.state.get();
  const steps = { firstLineAt: bench.clock.now(), lastLineAt: bench.clock.now(), payAt: bench.clock.now(), steps: 1 };
  await bench.ledger.transact((transaction) => takeTender(transaction, sale!, cash(1_280), steps, "another"));
  bench.register.chooseMethod("cash");
  await bench.register.takeCash(fen(500), "part");
  expect(bench.register.state.get().notice).toMatchObject({ why: "notNow" });
  expect(await bench.ledger.database.ticket.count()).toBe(0);
});

describe("a ticket with money in it, and two windows", () => {
  /** Cash of 5.00 is in the ticket; the window that took it is gone, and two others are open. */
  async function twoWindows() {
    const first = await paying();
    first.register.chooseMethod("cash");
    await first.register.takeCash(fen(500), "part");
    await first.clock.advance(10);
    const one = await first.reopened();
    const two = await one.beside();
    const sale = one.register.state.get().tickets[0]?.sale;
    if (sale === undefined) throw new Error("the ticket waits");
    return { one, two, sale };
  }

  test("it opens in one of them: the other one's list may still show it, and is told", async () => {
    const { one, two, sale } = await twoWindows();
    await one.register.takeUp(sale);
    await two.register.takeUp(sale);
    expect(one.register.state.get().sale?.id).toBe(sale);
    expect(two.register.state.get()).toMatchObject({ sale: null, notice: { kind: "refused" } });
  });

  test("a window that shows it as it was before takes nothing, and completes nothing", async () => {
    const { one, sale } = await twoWindows();
    await one.register.takeUp(sale);
    const row = await one.ledger.database.ticket.get(sale);
    if (row === undefined) throw new Error("the ticket is kept");
    await one.ledger.database.ticket.put({ ...row, sale: { ...row.sale, tenders: [...row.sale.tenders, cash(200)] } });
    one.register.chooseMethod("cash");
    await one.register.takeCash(fen(780));
    expect(one.register.state.get().notice).toMatchObject({ why: "notNow" });
    expect(await one.ledger.database.sale.count()).toBe(0);
  });
});
