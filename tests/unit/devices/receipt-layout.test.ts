import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeGbk, gbkColumns, missingSort, toGbkText } from "../../../src/devices/printers/languages/gbk.ts";
import {
  layOutReceipt,
  qrTextBytesMax,
  wrap,
  type LayoutMeasure,
} from "../../../src/devices/printers/receipt-layout.ts";
import type { ReceiptBlock } from "../../../src/domain/receipt.ts";

const measure = (columns: number): LayoutMeasure => ({ columns, toPrintable: toGbkText, columnsOf: gbkColumns });
const texts = (block: ReceiptBlock, columns: number): readonly string[] =>
  layOutReceipt({ language: "zh-CN", blocks: [block] }, measure(columns)).map((line) =>
    line.kind === "text" ? line.text : `[${line.text}]`,
  );
/** Words, Han, kana, signs, emoji and spaces in any mixture. */
const anyText = fc
  .array(
    fc.constantFrom("牛", "奶", "，", "。", "（", "A", "bc", "12.50", "¥", " ", "  ", "ア", "🍙", "é", "ñ", "×", "\n"),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));
const withoutSpace = (text: string): string => text.replaceAll(/\s/gu, "");

describe("GBK", () => {
  test.each([
    ["¥12", "￥12"],
    ["咖啡☕🍙", `咖啡${missingSort}${missingSort}`],
    ["👨‍👩‍👧", missingSort],
    ["ñ", missingSort],
    ["か\u3099", "が"],
    ["名\u001b@称", `名${missingSort}@称`],
    ["a\u00a0b", "a b"],
    ["a\r\nb", "a\nb"],
  ])("%j is printed as %j", (text, printed) => {
    expect(toGbkText(text)).toBe(printed);
  });

  test("what is encoded decodes to the same text", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: "grapheme" })), (text) => {
        const printable = toGbkText(text).replaceAll("\n", "");
        expect(new TextDecoder("gb18030").decode(Uint8Array.from(encodeGbk(printable).bytes))).toBe(printable);
      }),
    );
  });

  test("no byte below 0x20 leaves the encoder, whatever a product is called", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(
          encodeGbk(toGbkText(text).replaceAll("\n", "")).bytes.every((byte) => byte >= 0x20 && byte !== 0x7f),
        ).toBe(true);
      }),
    );
  });
});

describe("wrapping", () => {
  test("loses no character and makes no line too wide", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 8, max: 48 }), (text, columns) => {
        const lines = wrap(text, columns, measure(columns));
        expect(lines.every((line) => gbkColumns(line) <= columns)).toBe(true);
        expect(withoutSpace(lines.join(""))).toBe(withoutSpace(toGbkText(text)));
      }),
    );
  });

  test.each([
    ["a word that fits goes whole to the next line", "fresh orange juice", 10, ["fresh", "orange", "juice"]],
    ["a word longer than the line is cut", "abcdefghijkl", 8, ["abcdefgh", "ijkl"]],
    ["a Han character is never halved", "牛奶咖啡", 7, ["牛奶咖", "啡"]],
    ["a comma does not begin a line", "牛奶咖啡，好", 8, ["牛奶咖", "啡，好"]],
  ])("%s", (_title, text, columns, lines) => {
    expect(wrap(text, columns, measure(columns))).toEqual(lines);
  });
});

describe("blocks", () => {
  const pair = { kind: "pair", size: "normal", bold: false } as const;
  test.each<readonly [string, ReceiptBlock, readonly string[]]>([
    ["both ends of a pair touch the edges", { ...pair, left: "合计", right: "¥1.00" }, ["合计      ￥1.00"]],
    [
      "a long left stands above the right",
      { ...pair, left: "微信支付零钱通余额", right: "¥1.00" },
      ["微信支付零钱通余", "额        ￥1.00"],
    ],
    [
      "a left that fills its last line leaves the right a line of its own",
      { ...pair, left: "微信支付零钱通余", right: "¥1.00" },
      ["微信支付零钱通余", "          ￥1.00"],
    ],
    ["a pair without left is right-aligned", { ...pair, left: "", right: "¥1.00" }, ["          ￥1.00"]],
    [
      "an item's notes stand in",
      { kind: "item", name: "牛奶", detail: "2×", amount: "¥9", notes: ["特惠"] },
      ["牛奶", "2×          ￥9", "  特惠"],
    ],
    ["a rule is as wide as the paper", { kind: "rule" }, ["-".repeat(16)]],
    [
      "large text is centred in half the columns",
      { kind: "text", text: "店", align: "center", size: "large", bold: false },
      ["   店"],
    ],
  ])("%s", (_title, block, lines) => {
    expect(texts(block, 16)).toEqual(lines);
  });

  test("a code too long to draw is printed as text, not dropped", () => {
    const long = "x".repeat(qrTextBytesMax + 1);
    expect(withoutSpace(texts({ kind: "qr", text: long, caption: "" }, 16).join(""))).toBe(long);
  });
});
