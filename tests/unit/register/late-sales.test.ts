import { describe, expect, test } from "vitest";
import type { StaffId } from "../../../src/domain/identifier.ts";
import type { SessionTotals } from "../../../src/domain/journal.ts";
import { shiftDocument } from "../../../src/domain/shift-document.ts";
import type { ShiftTotals } from "../../../src/domain/shift.ts";
import { receiptWords } from "../../../src/i18n/receipt-words.ts";
import { paymentAnswer, paymentIn, type PaymentAsked } from "../../fakes/payment-answer.ts";
import { registerBench, type RegisterBench } from "../../fakes/register-bench.ts";
import { fen, milkCode, pin, state } from "../../fakes/returning-till.ts";
import { closeFor, entries, sellMilk } from "../../fakes/shift-till.ts";

type Till = {
  readonly bench: RegisterBench;
  /** The payer of the payment that stands aside says yes, and the till hears it. */
  captures(): Promise<void>;
};

/** A till of which a payment of 12.80 stands aside, its payer still thinking. */
async function parked(): Promise<Till> {
  let asked: { readonly id: string; readonly body: PaymentAsked } | null = null;
  let isYes = false;
  const bench = await registerBench((method, path, body) => {
    if (!path.startsWith("/v1/payments/")) return undefined;
    if (method === "PUT") asked = { id: paymentIn(path), body: body as PaymentAsked };
    if (asked === null) return undefined;
    return { status: 200, body: paymentAnswer(asked.id, asked.body, isYes ? "captured" : "pending", isYes ? 2 : 1) };
  });
  await bench.register.scan(milkCode);
  await bench.register.beginTender();
  await bench.register.scan("130000000000000001");
  await bench.clock.advance(100);
  await bench.register.parkPayment();
  return {
    bench,
    captures: async () => {
      isYes = true;
      for (let i = 0; i < 20; i++) await bench.clock.advance(1_000);
      expect(state(bench).parked).toEqual([]);
    },
  };
}

async function open({ register }: RegisterBench): Promise<void> {
  await register.signOn("staff-1" as never, pin);
  await register.openShift(register.state.get().left ?? fen(0));
}

/** What each close of a shift said, in order. */
async function closes(bench: RegisterBench): Promise<readonly SessionTotals[]> {
  const all = await entries(bench);
  return all.filter(({ kind }) => kind === "sessionClosed").map(({ body }) => body as SessionTotals);
}
const figures = (totals: readonly SessionTotals[]) =>
  totals.map(({ sales, shift }) => [sales, shift?.sales, shift?.net.amount, shift?.late?.net.amount ?? 0]);

describe("a payment that stood aside when the shift was closed", () => {
  test("and is captured before the next one opens stands in the next Z, marked", async () => {
    const { bench, captures } = await parked();
    await closeFor(bench, 0);
    await captures();
    await open(bench);
    await bench.register.showShift();
    expect(state(bench).counter).toMatchObject({ totals: { late: { sales: 1, net: fen(1_280) } } });
    await sellMilk(bench);
    await closeFor(bench, 1_280);
    await open(bench);
    await closeFor(bench, 0);
    expect(figures(await closes(bench))).toEqual([
      [0, 0, 0, 0],
      [2, 2, 2_560, 1_280],
      [0, 0, 0, 0],
    ]);
    const [, next] = await closes(bench);
    expect(next?.shift).toMatchObject({ firstReceipt: "A1-1-0001", channels: [{ taken: fen(1_280) }] });
  });

  test("and is captured while the next one is open is marked there, too", async () => {
    const { bench, captures } = await parked();
    await closeFor(bench, 0);
    await open(bench);
    await captures();
    await closeFor(bench, 0);
    expect(figures(await closes(bench))).toEqual([
      [0, 0, 0, 0],
      [1, 1, 1_280, 1_280],
    ]);
  });

  test("and is captured before the close stands in that shift's Z, unmarked", async () => {
    const { bench, captures } = await parked();
    await captures();
    await closeFor(bench, 0);
    expect(figures(await closes(bench))).toEqual([[1, 1, 1_280, 0]]);
  });
});

test("a ticket that waited over the close and is paid in the next shift is that shift's own", async () => {
  const bench = await registerBench();
  await bench.register.scan(milkCode);
  const held = state(bench).sale?.id ?? ("" as never);
  await bench.register.holdSale();
  await closeFor(bench, 0);
  await open(bench);
  await bench.register.takeUp(held);
  await bench.register.beginTender();
  bench.register.chooseMethod("cash");
  await bench.register.takeCash(fen(1_280));
  bench.register.nextCustomer();
  await closeFor(bench, 1_280);
  expect(figures(await closes(bench))).toEqual([
    [0, 0, 0, 0],
    [1, 1, 1_280, 0],
  ]);
});

test.each(["zh-CN", "en", "ja"] as const)("the paper says in %s how much is of the shift before", async (language) => {
  const { bench, captures } = await parked();
  await closeFor(bench, 0);
  await captures();
  await open(bench);
  await closeFor(bench, 0);
  const words = receiptWords(language);
  const shop = { name: "岭上便利", zone: "Asia/Shanghai" };
  const print = (totals: ShiftTotals | null | undefined) => {
    if (totals === null || totals === undefined) throw new Error("a close has its figures");
    return (["x", "z"] as const).map(
      (kind) => shiftDocument({ shop, tillLabel: "A1", cashier: null, kind, totals, isCopy: false }, words).blocks,
    );
  };
  const row = expect.objectContaining({ left: `${words.shift.late} × 1`, right: words.money(fen(1_280)) });
  const [before, after] = await closes(bench);
  for (const blocks of print(before?.shift)) expect(blocks).not.toContainEqual(row);
  for (const blocks of print(after?.shift)) expect(blocks).toContainEqual(row);
});

test("a ticket voided in a second window after the shift was closed in the first stands in the next Z", async () => {
  const bench = await registerBench();
  const other = await bench.beside();
  await other.register.scan(milkCode);
  await closeFor(bench, 0);
  await other.register.voidSale();
  await bench.register.signOn("staff-1" as StaffId, pin);
  await bench.register.openShift(fen(0));
  await closeFor(bench, 0);
  const voided = (await entries(bench)).flatMap((entry) =>
    entry.kind === "sessionClosed" ? [(entry.body as { shift: { voided: number } }).shift.voided] : [],
  );
  expect(voided).toEqual([0, 1]);
});
