import { beforeAll, expect, it } from "vitest";
import { gatewayBench } from "../gateway-bench.ts";
import { officeOf } from "./report-stage.ts";

let office: Awaited<ReturnType<typeof officeOf>>;
const day = "2026-11-20";
const range = { by: "tax", grain: "none", from: day, to: day };

beforeAll(async () => {
  const bench = await gatewayBench();
  office = await officeOf(bench);
  const paid = { account: "wechat", sale: null, channel: "wechat", currency: "CNY", provider_number: "", tail: "" };
  const at = { at: 1, business_date: day, undone_at: null };
  const rows = [
    // 11.30 of the shop's coupon on 113.00; half of it goes back with a return, and one with a platform's coupon
    { store: "heping", till: "till-a1", side: "payment", number: "P1", amount: 11_300, receivable: 10_170 },
    { store: "heping", till: "till-a1", side: "refund", number: "R1", amount: 5_650, receivable: 5_085 },
    { store: "jiangbian", till: "till-b1", side: "payment", number: "P2", amount: 4_000, receivable: 3_900 },
    { store: "jiangbian", till: "till-b1", side: "payment", number: "P3", amount: 4_000, receivable: 4_000 },
  ] as const;
  for (const row of rows)
    await bench.parts.database
      .insertInto("movement")
      .values({ ...paid, ...at, ...row, attempt: null })
      .execute();
});

it("a report tells by how much the books have less for coupons that the shop pays for", async () => {
  expect((await office.report(range)).shopCoupons).toBe(1_130 - 565 + 100);
  expect((await office.report({ ...range, store: "heping" })).shopCoupons).toBe(565);
  expect((await office.report({ ...range, till: "till-b1" })).shopCoupons).toBe(100);
  expect((await office.report({ ...range, from: "2026-11-21", to: "2026-11-21" })).shopCoupons).toBe(0);
});

it("and says nothing where it is narrowed to less than whole payments", async () => {
  expect((await office.report({ ...range, tax: "1300" })).shopCoupons).toBe(null);
});
