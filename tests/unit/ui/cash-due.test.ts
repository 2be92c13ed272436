import { expect, test } from "vitest";
import { money } from "../../../src/domain/money.ts";
import { asAsked } from "../../../src/ui/cash-due.ts";
import { sampleSale } from "../../fakes/sample-sale.ts";

const balance = money(40_419, "CNY");
const sale = {
  state: "tendering",
  taxMode: "included",
  currency: "CNY",
  lines: sampleSale("01JD7Z0000TA10000000000002" as never, balance.amount).sale.lines,
  tenders: [],
} as never;
const settings = { rules: { rounding: { step: 10, mode: "down" } } } as never;
const slip = { kind: "slip", typed: money(404_100, "CNY"), due: balance } as const;

test("the question about a slip at paying names the amount that the cash page asks for", () => {
  expect(asAsked(slip, { sale, settings })).toEqual({ ...slip, due: money(40_410, "CNY") });
});

test.each([
  ["without rounding", slip, { sale, settings: null }],
  ["of something else than the balance", { ...slip, due: money(20_000, "CNY") }, { sale, settings }],
  ["of the float, before any sale", slip, { sale: null, settings }],
  ["of something else", { kind: "emptySale" } as const, { sale, settings }],
])("a question %s stays as it is", (_, notice, state) => {
  expect(asAsked(notice, state)).toEqual(notice);
});
