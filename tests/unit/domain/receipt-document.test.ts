import { describe, expect, test } from "vitest";
import { money } from "../../../src/domain/money.ts";
import { quantity } from "../../../src/domain/quantity.ts";
import { receiptDocument, type ReceiptFacts } from "../../../src/domain/receipt-document.ts";
import { receiptWords } from "../../../src/i18n/receipt-words.ts";
import { sampleSale } from "../../fakes/sample-sale.ts";

const attempt = "01JD7Z0000TA10000000000001" as never;
const facts = (over: Partial<ReceiptFacts> = {}): ReceiptFacts => ({
  shop: { name: "岭上便利 和平路店", address: "和平路 18 号", phone: "", zone: "Asia/Shanghai" },
  tillLabel: "A1",
  cashier: "staff-1",
  sold: sampleSale("01JD7Z0000TA10000000000002" as never, 1_280),
  promised: [],
  copy: 0,
  ...over,
});
const sale = "01JD7Z0000TA10000000000002" as never;
const original = "01JD7Z0000TA1000000000000R";
/** A return of a weighed line, or of money alone. */
function returned(of: { readonly receipt?: string }, thousandths = -617): ReceiptFacts["sold"] {
  const plain = sampleSale(sale, 1_280);
  const [line] = plain.sale.lines;
  const back = {
    ...line!,
    quantity: quantity(thousandths, "kg"),
    amount: money(-333, "CNY"),
    returnOf: { sale: original as never, line: 1, tax: money(-38, "CNY"), ...of },
  };
  return { ...plain, sale: { ...plain.sale, lines: [back], total: money(-333, "CNY") } };
}
const languages = ["zh-CN", "en", "ja"] as const;

describe.each(languages)("the receipt in %s", (language) => {
  const words = receiptWords(language);
  const textsOf = (over: Partial<ReceiptFacts> = {}) =>
    receiptDocument(facts(over), words).blocks.map((block) => JSON.stringify(block));

  test("holds the number, the goods in its language, the total, the tax and the cash", () => {
    const { sold } = facts();
    const text = textsOf().join("\n");
    for (const part of [
      sold.receipt,
      sold.sale.lines[0]?.names[language],
      words.money(sold.sale.total),
      words.money(money(147, "CNY")),
      words.given,
      words.change,
    ]) {
      expect(text).toContain(part);
    }
  });

  test("a copy differs from the first print by its mark only", () => {
    const first = textsOf();
    const copy = textsOf({ copy: 2 });
    expect(copy.filter((block) => !first.includes(block))).toEqual([expect.stringContaining(words.copy(2))]);
    expect(first.filter((block) => !copy.includes(block))).toEqual([]);
  });

  test("a promised refund stands on it with its amount and the attempt's number", () => {
    const text = textsOf({ promised: [{ attempt, amount: money(1_280, "CNY") }] }).join("\n");
    expect(text).toContain(words.promisedRefund(money(1_280, "CNY"), attempt));
    expect(text).toContain(attempt);
  });

  test("a note stands under its line, before what was taken off", () => {
    const plain = sampleSale("01JD7Z0000TA10000000000002" as never, 1_280);
    const [line] = plain.sale.lines;
    const override = { listed: money(1_480, "CNY"), reason: "damaged" as const };
    const sold = { ...plain, sale: { ...plain.sale, lines: [{ ...line!, override, note: "礼品包装" }] } };
    const [item] = receiptDocument(facts({ sold }), words).blocks.filter((block) => block.kind === "item");
    expect(item?.notes).toEqual(["礼品包装", `${words.priceChanged} ${words.money(override.listed)}`]);
  });

  test("a code payment prints both numbers by which it is found again, and no cash", () => {
    const sold = sampleSale("01JD7Z0000TA10000000000002" as never, 1_280, attempt);
    const text = textsOf({ sold }).join("\n");
    expect(text).toContain(attempt);
    expect(text).toContain("4200000000000000001");
    expect(text).not.toContain(words.given);
  });

  test("a return names its original by the number on that paper, and by the sale's only where no number is known", () => {
    expect(textsOf({ sold: returned({ receipt: "A1-1-0042" }) }).join("\n")).toContain(
      JSON.stringify(words.originalSale).slice(1, -1),
    );
    const [known] = textsOf({ sold: returned({ receipt: "A1-1-0042" }) }).filter((each) =>
      each.includes(words.originalSale),
    );
    expect(known).toContain("A1-1-0042");
    expect(known).not.toContain(original);
    expect(textsOf({ sold: returned({}) }).join("\n")).toContain(original);
  });

  test("money without goods prints its name, the money and that it is money only: no quantity, no price, no piece", () => {
    const sold = returned({}, 0);
    const { blocks } = receiptDocument(facts({ sold }), words);
    const item = blocks.find((block) => block.kind === "item");
    expect(item).toMatchObject({ detail: words.moneyOnly, amount: words.money(money(-333, "CNY")) });
    expect(JSON.stringify(blocks)).not.toContain(words.items(0, 0));
    expect(JSON.stringify(blocks)).not.toContain(words.items(1, 0));
    expect(JSON.stringify(blocks)).not.toContain("0.000");
  });

  test("an exchange says how many pieces went out and how many came back", () => {
    const back = returned({});
    const [line] = sampleSale(sale, 1_280).sale.lines;
    const sold = { ...back, sale: { ...back.sale, lines: [...back.sale.lines, line!] } };
    expect(textsOf({ sold }).join("\n")).toContain(words.items(1, 1));
    expect(words.items(1, 1)).not.toBe(words.items(0, 0));
  });

  test("what the shop did not tell leaves no empty line", () => {
    expect(
      receiptDocument(facts(), words).blocks.filter((block) => block.kind === "text" && block.text === ""),
    ).toEqual([]);
  });
});
