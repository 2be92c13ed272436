import { expect, it } from "vitest";
import type { StoryStep } from "../../../src/contract/office.ts";
import { instant } from "../../../src/domain/clock.ts";
import type { PaymentId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { showerOf, toldSteps } from "../../../src/office/story-steps.ts";

const payment = "01KA1B2C3DTA10AAAAAAAAAAAA" as PaymentId;
const asked = (at: number, what: "payerPrompted" | "silence", of: PaymentId = payment): StoryStep => ({
  source: "provider",
  at: instant(at),
  what,
  asked: "queried",
  why: null,
  amount: null,
  detail: null,
  payment: of,
});
const posted = (at: number, credit: string): StoryStep => ({
  source: "books",
  at: instant(at),
  what: "saleCompleted",
  payment: null,
  debit: "suspense",
  credit,
  amount: money(100, "CNY"),
});

it("the same answer to the same question, again and again, is one row with its count and its last time", () => {
  const told = toldSteps([asked(1, "payerPrompted"), asked(2, "payerPrompted"), asked(3, "payerPrompted")]);
  expect(told.map(({ count, until }) => [count, until])).toEqual([[3, 3]]);
});

it("another answer, or another payment's, is a row of its own, and nothing changes its order", () => {
  const other = "01KA1B2C3DTA10BBBBBBBBBBBB" as PaymentId;
  const steps = [
    asked(1, "payerPrompted"),
    asked(2, "silence"),
    asked(3, "payerPrompted"),
    asked(4, "payerPrompted", other),
  ];
  expect(toldSteps(steps).map(({ step }) => step)).toEqual(steps);
});

it("the transfers of one posting are one row that holds them all", () => {
  const told = toldSteps([posted(1, "revenue/1300"), posted(1, "outputTax/1300"), posted(2, "revenue/1300")]);
  expect(told.map(({ transfers }) => transfers.map(({ credit }) => credit))).toEqual([
    ["revenue/1300", "outputTax/1300"],
    ["revenue/1300"],
  ]);
});

it("who showed a code is told only of a payment that the gateway saw", () => {
  const payments = [{ id: payment, presentment: "merchant" as const }];
  const unseen: StoryStep = {
    source: "gateway",
    at: instant(1),
    what: "closedUnseen",
    payment,
    amount: null,
    detail: null,
  };
  expect(showerOf(payment, payments, [])).toBe("merchant");
  expect(showerOf(payment, payments, [unseen])).toBeNull();
  expect(showerOf(payment, [], [])).toBeNull();
});
