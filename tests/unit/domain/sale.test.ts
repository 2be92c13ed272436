import { describe, expect, test } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import type { PaymentId, ProductId, SaleId, SessionId, StaffId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { pieces } from "../../../src/domain/quantity.ts";
import { balanceOf, openSale, saleAfter, type Sale, type SaleEvent } from "../../../src/domain/sale.ts";
import { linesPerSaleMax } from "../../../src/domain/sale-lines.ts";
import type { NewLine, NewReturnLine } from "../../../src/domain/sale-line.ts";
import type { Approval } from "../../../src/domain/staff.ts";
import { taxRate } from "../../../src/domain/tax.ts";
import { readMachineTable } from "./machine-table.ts";

/**
 * House, Machines: Sale. Two columns more: an attempt starts, and it ends (captured, declined, or freed by the gateway); and
 * `giveBack` is a tender of money that goes back.
 */
const table = `
| from | addLine | changeLine | removeLine | suspend | resume | beginTender | addTender | giveBack | tenderReturned | backToLines | park | attemptStarted | attemptEnded | complete | void |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
| open | open | open (has goods) | open (has lines) | suspended (has lines) | – | tendering (total ≠ 0) | – | – | – | – | – | – | – | completed (total 0, has lines) | voided |
| suspended | – | – | – | – | open | – | – | – | – | – | – | – | – | – | voided |
| tendering | – | – | – | – | – | – | tendering (none live, balance left) | tendering (money to give back) | tendering (has a tender, none live) | open (no tender, none live) | inDoubt (an attempt is live) | tendering (none live, balance left) | tendering (an attempt is live) | completed (balance 0) | voided (no tender, none live) |
| inDoubt | – | – | – | – | – | – | – | – | – | – | – | – | tendering | – | – |
| completed, voided | – | – | – | – | – | – | – | – | – | – | – | – | – | – | – |
`;

/** What changes the ticket and its papers beside the lines: the lines' column again, and what only a sale being paid takes. */
const ticketTable = `
| from | addReturn | discountLine | discountSale | overridePrice | noteLine | approve | carry |
|---|---|---|---|---|---|---|---|
| open | open (nothing back yet) | open (has goods) | open | open (has goods) | open (has lines) | open | open |
| suspended | – | – | – | – | – | – | – |
| tendering | – | – | – | – | – | tendering | tendering (no tender, none live) |
| inDoubt, completed, voided | – | – | – | – | – | – | – |
`;

const conditions: Readonly<Record<string, (sale: Sale) => boolean>> = {
  "has goods": (sale) => sale.lines.some((each) => each.line === 1 && each.returnOf === null),
  "nothing back yet": (sale) => sale.lines.every((each) => each.returnOf === null),
  "money to give back": (sale) => balanceOf(sale).amount < 0,
  "has lines": (sale) => sale.lines.length > 0,
  "total ≠ 0": (sale) => totalOf(sale) !== 0,
  "total 0, has lines": (sale) => totalOf(sale) === 0 && sale.lines.length > 0,
  "none live, balance left": (sale) => sale.liveAttempt === null && balanceOf(sale).amount > 0,
  "has a tender, none live": (sale) => sale.tenders.length > 0 && sale.liveAttempt === null,
  "no tender, none live": (sale) => sale.tenders.length === 0 && sale.liveAttempt === null,
  "an attempt is live": (sale) => sale.liveAttempt !== null,
  "balance 0": (sale) => balanceOf(sale).amount === 0,
};

const attempt = "01JD7Z0000TA10000000000001" as PaymentId;
const line = (fen: number): NewLine => ({
  product: "1" as ProductId,
  names: { "zh-CN": "牛奶", en: "Milk", ja: "牛乳" },
  barcode: null,
  quantity: pieces(1),
  unitPrice: money(fen, "CNY"),
  listPrice: money(fen, "CNY"),
  taxRate: taxRate(1300),
});
const cash = (fen: number) =>
  ({
    kind: "cash",
    amount: money(fen, "CNY"),
    given: money(fen, "CNY"),
    change: money(0, "CNY"),
    rounding: money(0, "CNY"),
  }) as const;
const empty = openSale({
  id: "01JD7Z0000TA10000000000002" as SaleId,
  currency: "CNY",
  taxMode: "included",
  session: "01JD7Z0000TA10000000000003" as SessionId,
  staff: "staff-1" as StaffId,
  openedAt: instant(1),
});

function after(sale: Sale, ...events: SaleEvent[]): Sale {
  return events.reduce((before, event) => {
    const next = saleAfter(before, event);
    if (!next.ok) throw new Error(next.refusal);
    return next.value;
  }, sale);
}

const priced = after(empty, { kind: "addLine", line: line(1_000) });
const free = after(empty, { kind: "addLine", line: line(0) });
const tendering = after(priced, { kind: "beginTender" });
const partlyPaid = after(tendering, { kind: "addTender", tender: cash(400) });
const fullyPaid = after(tendering, { kind: "addTender", tender: cash(1_000) });
const back: NewReturnLine = {
  ...line(700),
  quantity: pieces(-1),
  amount: money(-700, "CNY"),
  isDeposit: false,
  returnOf: { sale: "01JD7Z0000TA10000000000009" as SaleId, line: 1, tax: money(-81, "CNY") },
};
const returning = after(empty, { kind: "addReturn", line: back });
const givingBack = after(returning, { kind: "beginTender" });
const givenBack = after(givingBack, { kind: "addTender", tender: cash(-700) });
const live = (sale: Sale) => after(sale, { kind: "attemptStarted", attempt });

/** Every situation of each state that the conditions tell apart. */
const situations: Readonly<Record<string, readonly Sale[]>> = {
  open: [empty, priced, free, returning],
  suspended: [after(priced, { kind: "suspend" })],
  tendering: [tendering, partlyPaid, fullyPaid, givingBack, givenBack, live(tendering), live(partlyPaid)],
  inDoubt: [after(live(tendering), { kind: "park" }), after(live(partlyPaid), { kind: "park" })],
  completed: [after(fullyPaid, { kind: "complete" }), after(free, { kind: "complete" })],
  voided: [after(priced, { kind: "void" }), after(empty, { kind: "void" })],
};

const events: Readonly<Record<string, SaleEvent>> = {
  addLine: { kind: "addLine", line: line(500) },
  changeLine: { kind: "changeLine", line: 1, quantity: pieces(2) },
  removeLine: { kind: "removeLine", line: 1 },
  addTender: { kind: "addTender", tender: cash(100) },
  giveBack: { kind: "addTender", tender: cash(-100) },
  addReturn: { kind: "addReturn", line: back },
  discountLine: { kind: "discountLine", line: 1, discount: { kind: "percent", basisPoints: 1_000 } },
  discountSale: { kind: "discountSale", discount: { kind: "percent", basisPoints: 1_000 } },
  overridePrice: { kind: "overridePrice", line: 1, unitPrice: money(900, "CNY"), reason: "damaged" },
  noteLine: { kind: "noteLine", line: 1, note: "gift wrap" },
  approve: { kind: "approve", approval: {} as Approval },
  carry: { kind: "carry", carried: [{ kind: "cash", amount: money(700, "CNY") }] },
  tenderReturned: { kind: "tenderReturned", at: 0 },
  attemptStarted: { kind: "attemptStarted", attempt },
  attemptEnded: { kind: "attemptEnded", attempt },
};

describe("the sale's machine does what its table says", () => {
  test.each([...readMachineTable(table), ...readMachineTable(ticketTable)])(
    "$state, $event: $to ($when)",
    ({ state, event, to, when }) => {
      const holds = when === null ? () => true : conditions[when];
      expect(holds).toBeDefined();
      const sales = situations[state] ?? [];
      expect(sales.length).toBeGreaterThan(0);
      const outcomes = sales.map((sale) => {
        const next = saleAfter(sale, events[event] ?? ({ kind: event } as SaleEvent));
        return next.ok ? next.value.state : null;
      });
      expect(outcomes).toEqual(sales.map((sale) => (to !== null && holds!(sale) ? to : null)));
    },
  );
});

test("a live attempt refuses cash by name, so that the cashier is told to wait", () => {
  expect(saleAfter(live(tendering), { kind: "addTender", tender: cash(1_000) })).toEqual({
    ok: false,
    refusal: "attemptLive",
  });
});

test("another attempt's end does not free a sale", () => {
  const other = "01JD7Z0000TA1000000000000Z" as PaymentId;
  for (const sale of [live(tendering), after(live(tendering), { kind: "park" })]) {
    expect(saleAfter(sale, { kind: "attemptEnded", attempt: other })).toEqual({ ok: false, refusal: "otherAttempt" });
  }
});

test("a tender above what is left is refused, not taken as change", () => {
  expect(saleAfter(partlyPaid, { kind: "addTender", tender: cash(601) })).toEqual({ ok: false, refusal: "overpaid" });
});

test("a removed line's number is never given again", () => {
  const two = after(
    priced,
    { kind: "addLine", line: line(1) },
    { kind: "removeLine", line: 2 },
    { kind: "addLine", line: line(2) },
  );
  expect(two.lines.map((each) => each.line)).toEqual([1, 3]);
});

test("going back to the lines drops what an exchange carried: it is worked out anew", () => {
  const carrying = after(tendering, events["carry"]!);
  expect(carrying.carried).toHaveLength(1);
  expect(after(carrying, { kind: "backToLines" }).carried).toEqual([]);
});

describe("what comes back", () => {
  const other = { ...back, returnOf: { ...back.returnOf, sale: "01JD7Z0000TA1000000000000A" as SaleId, line: 2 } };

  test.each([
    ["the same line again", back, "returnedTwice"],
    ["a line of another original", other, "otherOriginal"],
  ] as const)("%s is refused", (_what, again, refusal) => {
    expect(saleAfter(returning, { kind: "addReturn", line: again })).toEqual({ ok: false, refusal });
  });

  test.each([
    ["its quantity", { kind: "changeLine", line: 1, quantity: pieces(-2) }, "noSuchLine"],
    ["its discount", events["discountLine"]!, "noDiscount"],
    ["its price", events["overridePrice"]!, "noDiscount"],
  ] as const)("%s is what was paid and does not change", (_what, event, refusal) => {
    expect(saleAfter(returning, event as SaleEvent)).toEqual({ ok: false, refusal });
  });

  test("a sale's discount does not reach it, and more than is owed is not given", () => {
    expect(after(returning, events["discountSale"]!).lines).toEqual(returning.lines);
    expect(saleAfter(givingBack, { kind: "addTender", tender: cash(-701) })).toEqual({
      ok: false,
      refusal: "overpaid",
    });
  });
});

describe("a price that somebody asked", () => {
  test("keeps the shop's own, however often it is changed, and is none when it is the shop's again", () => {
    const twice = after(priced, events["overridePrice"]!, {
      kind: "overridePrice",
      line: 1,
      unitPrice: money(800, "CNY"),
      reason: "nearExpiry",
    });
    expect(twice.lines[0]).toMatchObject({
      amount: money(800, "CNY"),
      override: { listed: money(1_000, "CNY"), reason: "nearExpiry" },
    });
    const again = after(twice, { kind: "overridePrice", line: 1, unitPrice: money(1_000, "CNY"), reason: "other" });
    expect(again.lines).toEqual(priced.lines);
  });

  test("below nothing is refused", () => {
    const event = { kind: "overridePrice", line: 1, unitPrice: money(-1, "CNY"), reason: "other" } as const;
    expect(saleAfter(priced, event)).toEqual({ ok: false, refusal: "noDiscount" });
  });
});

describe("a deposit follows its goods", () => {
  const bottle = { ...line(100), isDeposit: true, depositFor: 1 };
  const bottled = after(priced, { kind: "addLine", line: bottle });

  test("in number, and away", () => {
    const three = after(bottled, { kind: "changeLine", line: 1, quantity: pieces(3) });
    expect(three.lines.map((each) => each.amount.amount)).toEqual([3_000, 300]);
    expect(after(three, { kind: "removeLine", line: 1 }).lines).toEqual([]);
  });

  test("and takes neither a discount nor another price", () => {
    const discounted = { kind: "discountLine", line: 2, discount: { kind: "percent", basisPoints: 1 } } as const;
    expect(saleAfter(bottled, discounted)).toEqual({ ok: false, refusal: "noDiscount" });
    const dearer = { kind: "overridePrice", line: 2, unitPrice: money(1, "CNY"), reason: "other" } as const;
    expect(saleAfter(bottled, dearer)).toEqual({ ok: false, refusal: "noDiscount" });
  });
});

test.each([
  [[1], 1_280],
  [[2], 2_560],
  [[3, 1], 1_280],
])("the amount that a scale's label said is multiplied by the count: %j", (counts, fen) => {
  const labelled = after(empty, { kind: "addLine", line: { ...line(1_000), labelPrice: money(1_280, "CNY") } });
  const counted = counts.map((count) => ({ kind: "changeLine", line: 1, quantity: pieces(count) }) as const);
  expect(after(labelled, ...counted).lines[0]?.amount).toEqual(money(fen, "CNY"));
});

test("a ticket takes five hundred lines and not one more", () => {
  const full = Array.from(
    { length: linesPerSaleMax - 1 },
    () => ({ kind: "addLine", line: line(1) }) as const,
  ).reduce<Sale>((sale, event) => after(sale, event), priced);
  expect(full.lines.length).toBe(linesPerSaleMax);
  expect(saleAfter(full, { kind: "addLine", line: line(1) })).toEqual({ ok: false, refusal: "tooManyLines" });
});

function totalOf(sale: Sale): number {
  return balanceOf({ ...sale, tenders: [] }).amount;
}

describe("another price on a line with a scale's label", () => {
  const labelled = after(empty, { kind: "addLine", line: { ...line(1_000), labelPrice: money(937, "CNY") } });
  const at = (fen: number): SaleEvent => ({
    kind: "overridePrice",
    line: 1,
    unitPrice: money(fen, "CNY"),
    reason: "damaged",
  });

  test.each([
    ["the other price", [at(900)], 900],
    ["two others", [at(900), at(800)], 800],
    ["the shop's own again", [at(900), at(1_000)], 937],
    ["the shop's own at once", [at(1_000)], 937],
    [
      "the shop's own after the quantity changed",
      [at(900), { kind: "changeLine", line: 1, quantity: pieces(2) }, at(1_000)],
      1_874,
    ],
  ] as [string, SaleEvent[], number][])("%s makes it cost what was asked, or what the label says", (_, asked, fen) => {
    const sale = after(labelled, ...asked);
    expect(sale.lines[0]?.amount.amount).toBe(fen);
    expect(sale.lines[0]?.override === null).toBe(fen === 937 || fen === 1_874);
  });
});
