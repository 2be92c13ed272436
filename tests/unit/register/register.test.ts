import { describe, expect, test } from "vitest";
import { parseEntry } from "../../../src/contract/journal.ts";
import { displayMessage } from "../../../src/contract/display.ts";
import type { PaymentBody } from "../../../src/contract/payment.ts";
import type { StaffId, TillId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { completeSale } from "../../../src/register/paying/complete-sale.ts";
import { milk, registerBench, type Answering, type RegisterBench } from "../../fakes/register-bench.ts";

const code = "130000000000000001";
const problem = (status: number, word: string) => ({
  status,
  body: { type: "about:blank", title: word, status, code: word },
});
const hundred = money(10_000, "CNY");

async function kindsIn({ ledger }: RegisterBench): Promise<string[]> {
  const entries = await ledger.database.entry.toArray();
  return entries.map(({ text }) => {
    const parsed = parseEntry(text);
    return parsed.ok ? parsed.value.kind : "?";
  });
}

async function payingMilk(answering?: Answering): Promise<RegisterBench> {
  const bench = await registerBench(answering);
  await bench.register.scan(milk.barcodes[0] ?? "");
  await bench.register.beginTender();
  return bench;
}

/** Lets what storage and the gateway still owe arrive. */
async function rest({ clock }: RegisterBench): Promise<void> {
  for (let i = 0; i < 10; i++) await clock.advance(10);
}

describe("two presses at once", () => {
  test("two fast scans of one article are two pieces of it", async () => {
    const { register } = await registerBench();
    await Promise.all([register.scan("6901234567892"), register.scan("6901234567892")]);
    expect(register.state.get().totals).toMatchObject({
      itemCount: 2,
      total: { amount: 2_560 },
      savings: { amount: 400 },
    });
  });

  test("cash pressed twice makes one sale, one receipt and one entry", async () => {
    const bench = await payingMilk();
    bench.register.chooseMethod("cash");
    await Promise.all([bench.register.takeCash(hundred), bench.register.takeCash(hundred)]);
    await bench.clock.advance(10);
    expect(await bench.ledger.database.sale.toArray()).toMatchObject([{ receipt: "A1-1-0001" }]);
    expect(await kindsIn(bench)).toEqual(["sessionOpened", "saleCompleted"]);
    expect(bench.printed.length).toBe(1);
    expect(bench.register.state.get().storage.fault).toBeNull();
  });

  test("a second completion of one sale writes nothing, whoever asks for it", async () => {
    const bench = await payingMilk();
    const { sale, totals } = bench.register.state.get();
    const steps = { firstLineAt: bench.clock.now(), lastLineAt: bench.clock.now(), payAt: bench.clock.now(), steps: 1 };
    const tender = {
      kind: "cash",
      amount: totals!.total,
      given: totals!.total,
      change: money(0, "CNY"),
      rounding: money(0, "CNY"),
    } as const;
    const complete = () => bench.ledger.transact((transaction) => completeSale(transaction, sale!, [tender], steps));
    const [first, second] = [await complete(), await complete()];
    expect([first.ok, second.ok]).toEqual([true, false]);
    expect(await kindsIn(bench)).toEqual(["sessionOpened", "saleCompleted"]);
    expect((await bench.ledger.database.head.get(1))?.receipts).toBe(1);
  });

  test("a code scanned twice makes one attempt", async () => {
    const asked: string[] = [];
    const bench = await payingMilk((method, path) => void asked.push(`${method} ${path}`) as undefined);
    await Promise.all([bench.register.scan(code), bench.register.scan(code)]);
    await rest(bench);
    expect(await bench.ledger.database.attempt.count()).toBe(1);
    expect(asked.filter((each) => each.startsWith("PUT")).length).toBe(1);
    expect(await kindsIn(bench)).toEqual(["sessionOpened", "paymentAttempted"]);
  });

  test("cash while a payment is live is refused", async () => {
    const bench = await payingMilk();
    await bench.register.scan(code);
    await bench.register.takeCash(hundred);
    expect(await bench.ledger.database.sale.count()).toBe(0);
    expect(bench.register.state.get().notice).toEqual({ kind: "refused", why: "attemptLive" });
  });
});

test.each([
  ["and goes back", true, 1],
  ["and nobody has said yet that it goes back", false, 0],
])("a freed payment that was captured %s: its attempt is over %s", async (_, givenBack, resolved) => {
  const bench = await payingMilk();
  await bench.register.scan(code);
  const row = (await bench.ledger.database.attempt.toArray())[0]!;
  await bench.ledger.database.attempt.put({ ...row, abandoned: "freed" });
  const amount = money(1_280, "CNY");
  const capture = {
    order: amount,
    receivable: amount,
    paid: amount,
    providerTransactionId: "42",
    capturedAt: bench.clock.now(),
  };
  const payment: PaymentBody = {
    id: row.id,
    version: 3,
    till: "till-a1" as TillId,
    sale: row.sale.id,
    channel: "wechat",
    amount,
    state: "captured",
    reason: null,
    capture,
    presentment: "merchant",
    prompt: null,
    tip: null,
    givenBack,
    abandoned: true,
    freed: true,
    startedAt: bench.clock.now(),
    reverseAt: null,
  };
  bench.hears({ kind: "payment", v: 1, payment });
  await rest(bench);
  expect((await bench.ledger.database.attempt.get(row.id))?.resolved).toBe(resolved);
  expect(await bench.ledger.database.sale.count()).toBe(0);
});

describe("only a refusal that proves nothing was stored frees the sale", () => {
  test.each([
    [409, "deadlinePassed", "declined"],
    [409, "channelUnavailable", "declined"],
    [422, "codeInvalid", "declined"],
    [401, "replayed", "waiting"],
    [409, "differentRequest", "waiting"],
    [403, "revoked", "waiting"],
    [500, "internal", "waiting"],
  ])("%d %s: %s", async (status, word, kind) => {
    const bench = await payingMilk((method) => (method === "PUT" ? problem(status, word) : undefined));
    await bench.register.scan(code);
    await rest(bench);
    expect(bench.register.state.get().counter.kind).toBe(kind);
  });

  test("the payment code is nowhere in the till's storage", async () => {
    const bench = await payingMilk();
    await bench.register.scan(code);
    const rows = await Promise.all(
      [...bench.ledger.database.tables, ...bench.ledger.catalog.tables].map((each) => each.toArray()),
    );
    expect(JSON.stringify(rows)).not.toContain(code);
  });
});

describe("a crash beside a commit", () => {
  test("a ticket that was paid does not come back on the screen", async () => {
    const bench = await payingMilk();
    await bench.clock.advance(10);
    const [draft] = await bench.ledger.catalog.draft.toArray();
    await bench.register.takeCash(hundred);
    await bench.clock.advance(10);
    await bench.ledger.catalog.draft.put(draft!);
    const next = await bench.reopened();
    expect(next.register.state.get().sale).toBeNull();
    expect(await bench.ledger.catalog.draft.count()).toBe(0);
  });

  test("a ticket whose payment is in doubt stands aside, and only there", async () => {
    const bench = await payingMilk();
    await bench.clock.advance(10);
    const [draft] = await bench.ledger.catalog.draft.toArray();
    await bench.register.scan(code);
    await bench.clock.advance(10);
    await bench.ledger.catalog.draft.put(draft!);
    const next = await bench.reopened();
    expect(next.register.state.get()).toMatchObject({
      sale: null,
      parked: [{ stage: "asking", total: { amount: 1_280 } }],
    });
  });

  test("a ticket that was still open comes back", async () => {
    const bench = await payingMilk();
    await bench.clock.advance(10);
    const next = await bench.reopened();
    expect(next.register.state.get().sale?.lines.length).toBe(1);
  });
});

test("the customer is never shown two sales' figures in one picture", async () => {
  const bench = await payingMilk();
  bench.register.chooseMethod("cash");
  await bench.register.takeCash(hundred);
  await bench.register.scan("6901234567892");
  await bench.register.scan("6901234567892");
  await bench.clock.advance(3_000);
  const sold = (await bench.ledger.database.sale.toArray())[0];
  const open = bench.register.state.get().sale;
  expect(open?.id).not.toBe(sold?.id);
  const views = bench.shown.map((message) => {
    const parsed = displayMessage.parse(message);
    return parsed.kind === "view" ? parsed.view : null;
  });
  const amounts = new Map<string, Set<number>>();
  for (const view of views) {
    if (view === null || view.kind === "idle") continue;
    const amount = view.kind === "paid" ? view.total.amount : view.due.amount;
    amounts.set(view.sale, (amounts.get(view.sale) ?? new Set()).add(amount));
  }
  expect([...(amounts.get(sold?.id ?? "") ?? [])]).toEqual([1_280]);
  expect([...(amounts.get(open?.id ?? "") ?? [])].toSorted((a, b) => a - b)).toEqual([1_280, 2_560]);
  expect(views.at(-1)).toMatchObject({ kind: "selling", due: { amount: 2_560 } });
});

test("five wrong PINs lock the person, each is journalled, and the right one no longer helps", async () => {
  const bench = await registerBench();
  await bench.register.signOff();
  for (let i = 0; i < 5; i++) await bench.register.signOn("staff-4" as StaffId, "654321");
  await bench.register.signOn("staff-4" as StaffId, "123456");
  expect(bench.register.state.get()).toMatchObject({ phase: "signOn", signOn: { refusal: "locked" } });
  expect((await kindsIn(bench)).filter((kind) => kind === "pinRefused").length).toBe(5);
  await bench.clock.advance(60_001);
  await bench.register.signOn("staff-4" as StaffId, "123456");
  expect(bench.register.state.get().phase).toBe("selling");
});
