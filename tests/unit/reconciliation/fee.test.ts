import fc from "fast-check";
import { expect, it } from "vitest";
import { feeBackOf, feeOf, wholeFee } from "../../../src/domain/reconciliation/fee.ts";

const rate = { rate: 6000, givesBack: true };

it.each([
  [11300, 68],
  [10170, 61],
  [5600, 34],
  [100, 1],
  [83, 0],
  [84, 1],
  [0, 0],
])("takes half up of 0.6 %% of %i", (receivable, fee) => {
  expect(feeOf(rate, receivable)).toBe(fee);
});

it("gives back what was left of the fee less the fee of what is still received", () => {
  expect(feeBackOf(rate, 11300, 0, 5650)).toBe(68 - 34);
  expect(feeBackOf(rate, 11300, 5650, 5650)).toBe(34);
  expect(feeBackOf({ rate: 6000, givesBack: false }, 11300, 0, 5650)).toBe(0);
});

it("all part refunds together give back exactly the fee", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 500_000 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 30_000 }),
      (parts, ppm) => {
        const fee = { rate: ppm, givesBack: true };
        const whole = parts.reduce((all, part) => all + part, 0);
        let before = 0;
        let back = 0;
        for (const part of parts) {
          back += feeBackOf(fee, whole, before, part);
          before += part;
        }
        expect(back).toBe(feeOf(fee, whole));
      },
    ),
  );
});

it("rounds a bill's five decimals half up, and what is given back alike", () => {
  expect([34_000, 33_600, 33_499, 33_500, -17_000, -16_500, 0].map(wholeFee)).toEqual([34, 34, 33, 34, -17, -17, 0]);
});
