import { expect, test } from "vitest";
import { money } from "../../../src/domain/money.ts";
import type { Tender } from "../../../src/domain/tender.ts";
import { languages, loadMessages } from "../../../src/i18n/languages.ts";
import { tenderName, unverifiedIn } from "../../../src/ui/tender-name.ts";
import { sampleSale } from "../../fakes/sample-sale.ts";

const id = "01JD7Z0000TA10000000000001" as never;
const noted: Tender = {
  kind: "unverified",
  amount: money(1_280, "CNY"),
  channel: "wechat",
  at: 1 as never,
  tail: "8712",
};

test.each(languages)("in %s a payment that nobody proved is never called as one that arrived", async (language) => {
  const words = await loadMessages(language);
  const [paid] = sampleSale(id, 1_280, id).tenders;
  const [cash] = sampleSale(id, 1_280).tenders;
  expect(tenderName(paid!, "cash", words)).toBe(words.channel.wechat);
  expect(tenderName(noted, "cash", words)).toBe(words.sales.unverified(words.channel.wechat));
  expect(tenderName(noted, "cash", words)).not.toBe(tenderName(paid!, "cash", words));
  expect(tenderName(cash!, "cash", words)).toBe("cash");
});

test("what of a sale was paid unproved is the sum of those tenders, and nothing where there are none", () => {
  const body = sampleSale(id, 2_560, id);
  expect(unverifiedIn({ body })).toBeNull();
  expect(unverifiedIn({ body: { ...body, tenders: [...body.tenders, noted, noted] } })).toEqual(money(2_560, "CNY"));
});
