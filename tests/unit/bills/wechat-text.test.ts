import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wechatTextReader } from "../../../src/domain/bills/text-records.ts";
import { footerDifferences } from "../../../src/domain/bills/totals.ts";
import { wechatTradeReader } from "../../../src/domain/bills/wechat-trade.ts";
import { yuan } from "../../fakes/bill-lines.ts";
import { readAll, refusalOf } from "./read.ts";
import { paymentCells, refundCells, wechatFile } from "./wechat-file.ts";

const read = (text: string, cuts: readonly number[] = []) => readAll(wechatTradeReader(), text, cuts);
const refused = (text: string) => refusalOf(() => read(text));

describe("what a name holds does not matter", () => {
  it.each([
    "a,b",
    "`",
    "a`,b",
    'say "hi"',
    '"',
    "，",
    "a\tb",
    " a ",
    "#1",
    "总交易单数",
    "a,`b",
    ",`,`",
    "x\r\ny",
    "a\n,b",
  ])("%j", (name) => {
    const text = wechatFile([paymentCells({ 商品名称: name }), refundCells()]);
    const { rows } = read(text);
    const plain = read(wechatFile([paymentCells(), refundCells()])).rows;
    expect(rows.map((row) => ({ ...row, line: 0, isJoined: false }))).toEqual(
      plain.map((row) => ({ ...row, line: 0 })),
    );
    expect(rows.map(({ isJoined }) => isJoined)).toEqual([name.includes(",`"), false]);
    const reader = wechatTextReader();
    const texts = [...reader.push(text), ...reader.end().rows];
    expect(texts[0]?.["商品名称"]?.replace("\r", "")).toBe(name.replace("\r", ""));
  });
});

describe("properties", () => {
  const name = fc.string({ unit: fc.constantFrom("a", "，", ",", "`", '"', "\t", " ", "#", "茶", "𠮷"), maxLength: 8 });
  const fen = fc.integer({ min: 0, max: 10_000_000 });
  const cells = fc.record({
    name,
    fen,
    own: fen,
    fee: fc.integer({ min: -99_999, max: 99_999 }),
    isRefund: fc.boolean(),
  });
  const file = fc.array(cells, { maxLength: 12 }).map((rows) => ({
    rows,
    text: wechatFile(
      rows.map((row, index) => {
        const over = { 商品名称: row.name.replaceAll(",`", ""), 手续费: yuan(row.fee, 5) };
        return row.isRefund
          ? refundCells({
              ...over,
              申请退款金额: yuan(row.fen, 2),
              退款金额: yuan(row.own, 2),
              商户退款单号: `R${index}`,
            })
          : paymentCells({
              ...over,
              订单金额: yuan(row.fen, 2),
              应结订单金额: yuan(row.own, 2),
              商户订单号: `T${index}`,
            });
      }),
    ),
  }));

  it("how the text is cut never changes the rows, and what was written is read back", () => {
    fc.assert(
      fc.property(file, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (written, cuts) => {
        const found = read(written.text, cuts);
        expect(found).toEqual(read(written.text));
        expect(footerDifferences(found.counted, found.footer)).toEqual([]);
        expect(found.rows.map(({ amount, receivable, fee, kind }) => ({ amount, receivable, fee, kind }))).toEqual(
          written.rows.map((row) => ({
            amount: row.fen,
            receivable: row.own,
            fee: row.fee === 0 ? 0 : row.fee,
            kind: row.isRefund ? "refund" : "payment",
          })),
        );
      }),
    );
  });

  it("one character at a time", () => {
    const text = wechatFile([paymentCells({ 商品名称: "a,`b" }), refundCells()]);
    const cuts = [...text].map((_, index) => index / text.length);
    expect(read(text, cuts)).toEqual(read(text));
  });

  it("a file that was cut anywhere before its last total is refused or says that it is off", () => {
    const text = wechatFile([paymentCells(), refundCells()], { endsWithNewline: false });
    const outcomeOf = (length: number) => {
      const piece = text.slice(0, length);
      if (refused(piece) !== "taken") return "refused";
      const { counted, footer } = read(piece);
      return footerDifferences(counted, footer).length > 0 ? "differs" : "taken";
    };
    for (let length = 0; length <= text.length; length++) {
      // the last total is 28.00: from 28 on nothing is missing
      if (outcomeOf(length) === "taken") expect(length).toBeGreaterThanOrEqual(text.length - 3);
    }
    expect(outcomeOf(text.length)).toBe("taken");
  });
});
