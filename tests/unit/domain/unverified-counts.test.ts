import { expect, test } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { money } from "../../../src/domain/money.ts";
import { shiftDocument } from "../../../src/domain/shift-document.ts";
import { shiftTotals, type ShiftFacts } from "../../../src/domain/shift.ts";
import type { Tender } from "../../../src/domain/tender.ts";
import { languages } from "../../../src/i18n/languages.ts";
import { receiptWords } from "../../../src/i18n/receipt-words.ts";
import { sampleSale } from "../../fakes/sample-sale.ts";

const id = "01JD7Z0000TA10000000000001" as never;
const paid = sampleSale(id, 1_280, id);
const noted: Tender = {
  kind: "unverified",
  amount: money(1_280, "CNY"),
  channel: "wechat",
  at: instant(1),
  tail: "8712",
};
const facts = (tenders: readonly (readonly Tender[])[]): ShiftFacts => ({
  session: "01JD7Z0000TA10000000000S1" as never,
  businessDate: "2026-11-24" as never,
  openedAt: instant(1),
  at: instant(2),
  currency: "CNY",
  float: money(0, "CNY"),
  sales: tenders.map((each) => ({ sale: paid.sale, receipt: paid.receipt, tenders: each, isLate: false })),
  moves: [],
  drawerOpened: 0,
  voided: 0,
  counted: null,
  counts: 0,
});

test("a channel's payments are counted with their own amount, and those nobody proved by themselves", () => {
  const { channels } = shiftTotals(facts([paid.tenders, paid.tenders, paid.tenders, paid.tenders, [noted], [noted]]));
  expect(channels).toMatchObject([
    { count: 4, taken: { amount: 5_120 }, unverifiedCount: 2, unverified: { amount: 2_560 } },
  ]);
});

test.each(languages)("the report in %s says of how many payments each amount is", (language) => {
  const words = receiptWords(language);
  const totals = shiftTotals(facts([paid.tenders, [noted], [noted]]));
  const shop = { name: "岭上便利", zone: "Asia/Shanghai" };
  const rows = shiftDocument({ shop, tillLabel: "A1", cashier: null, kind: "x", totals, isCopy: false }, words).blocks;
  expect(rows).toContainEqual(
    expect.objectContaining({ left: `${words.channel("wechat")} × 1`, right: words.money(money(1_280, "CNY")) }),
  );
  expect(rows).toContainEqual(
    expect.objectContaining({
      left: `  ${words.shift.unverified} × 2`,
      right: words.money(money(2_560, "CNY")),
    }),
  );
});

test("a report of an older build, which counted them together, prints as it was", () => {
  const { channels, ...totals } = shiftTotals(facts([[noted]]));
  const old = channels.map((channel) => ({ ...channel, unverifiedCount: undefined }));
  const shop = { name: "岭上便利", zone: "Asia/Shanghai" };
  const printed = { ...totals, channels: old };
  const words = receiptWords("en");
  const { blocks } = shiftDocument(
    { shop, tillLabel: "A1", cashier: null, kind: "x", totals: printed, isCopy: true },
    words,
  );
  expect(blocks).toContainEqual(expect.objectContaining({ left: `  ${words.shift.unverified}` }));
});
