import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alipayTradeReader } from "../../../src/domain/bills/alipay-trade.ts";
import { alipayTextReader } from "../../../src/domain/bills/text-records.ts";
import { footerDifferences } from "../../../src/domain/bills/totals.ts";
import { alipayTradeColumns, yuan } from "../../fakes/bill-lines.ts";
import { alipayFile, paymentCells, refundCells } from "./alipay-file.ts";
import { readAll, refusalOf } from "./read.ts";

const read = (text: string, cuts: readonly number[] = []) => readAll(alipayTradeReader(), text, cuts);
const refused = (text: string) => refusalOf(() => read(text));
const at = (time: string) => Date.parse(`2026-11-20T${time}+08:00`);
const textsOf = (text: string) => {
  const reader = alipayTextReader();
  return [...reader.push(text), ...reader.end().rows];
};

describe("an Alipay trade bill", () => {
  it("gives amounts above zero and the fee as what was taken from the shop", () => {
    const { rows, footer, counted } = read(alipayFile([paymentCells(), refundCells()]));
    expect(rows).toEqual([
      {
        line: 6,
        kind: "payment",
        order: "T1",
        transaction: "2026112022001",
        refund: "",
        providerRefund: "",
        at: at("09:01:03"),
        amount: 3_000,
        receivable: 2_700,
        fee: 16_000,
        rate: null,
        status: "交易",
        currency: "CNY",
        device: "A1",
        isJoined: false,
      },
      {
        line: 7,
        kind: "refund",
        order: "T1",
        transaction: "2026112022001",
        refund: "R1",
        providerRefund: "",
        at: at("10:00:02"),
        amount: 1_000,
        receivable: 900,
        fee: -5_000,
        rate: null,
        status: "退款",
        currency: "CNY",
        device: "A1",
        isJoined: false,
      },
    ]);
    expect(footer).toMatchObject({ rows: null, payments: 1, refunds: 1, receivable: 2_700, taken: 900, fee: null });
    expect(counted).toMatchObject({ rows: 2, amount: 3_000, receivable: 2_700, asked: 1_000, taken: 900, fee: 11_000 });
    expect(footerDifferences(counted, footer)).toEqual([]);
  });

  it.each([
    ["is missing", "\t"],
    ["repeats the order's", "T1\t"],
  ])("a refund whose number %s has none: it may be a cancelled order's", (_what, number) => {
    const { rows } = read(alipayFile([refundCells({ "退款批次号/请求号": number })]));
    expect(rows).toMatchObject([{ kind: "refund", order: "T1", refund: "" }]);
  });

  it("a type nobody knows is kept, and told apart by the way its money went", () => {
    const totals = ["#交易合计：1笔，商家实收共27.00元", "#退款合计：1笔，商家实收退款共-9.00元"];
    const { rows } = read(
      alipayFile([paymentCells({ 业务类型: "代扣" }), refundCells({ 业务类型: "拒付" })], { totals }),
    );
    expect(rows.map(({ kind, status }) => [kind, status])).toEqual([
      ["payment", "代扣"],
      ["refund", "拒付"],
    ]);
  });

  it("columns are found by name, in any order, among new ones, with brackets of either width", () => {
    const same = read(alipayFile([paymentCells(), refundCells()]));
    const turned = `新列,${alipayTradeColumns.split(",").toReversed().join(",")}`;
    expect(read(alipayFile([paymentCells(), refundCells()], { columns: turned })).rows).toEqual(same.rows);
    const narrow = alipayFile([paymentCells(), refundCells()])
      .split("\r\n")
      .map((line, index) => (index === 4 ? line.replaceAll("（", "(").replaceAll("）", ")") : line))
      .join("\r\n");
    expect(read(narrow)).toEqual(same);
    expect(read(alipayFile([paymentCells(), refundCells()], { newline: "\n" }))).toEqual(same);
    expect(read(`\ufeff${alipayFile([paymentCells(), refundCells()])}`)).toEqual(same);
  });

  it("an empty day needs no totals, but its end", () => {
    expect(read(alipayFile([], { totals: [] }))).toMatchObject({ rows: [], footer: { payments: null } });
    expect(refused(alipayFile([], { isOver: false }))).toBe("cutOff: the file ends before its totals (合计)");
  });

  it("totals that its rows do not add up to are given as they stand", () => {
    const totals = ["#交易合计：2笔，商家实收共27.01元，商家优惠共0.00元", "#退款合计：0笔，商家实收退款共0.00元"];
    const { counted, footer } = read(alipayFile([paymentCells()], { totals }));
    expect(footerDifferences(counted, footer)).toEqual([
      { member: "payments", footer: 2, counted: 1, difference: -1 },
      { member: "receivable", footer: 2_701, counted: 2_700, difference: -1 },
    ]);
  });
});

describe("more cells than the header are joined where every figure and time then stands in its column", () => {
  const plain = read(alipayFile([paymentCells()])).rows[0];
  it.each(["商品名称", "门店名称", "操作员", "对方账户", "券名称", "备注"])("a comma in %s", (column) => {
    const text = alipayFile([paymentCells({ [column]: "满10,减5,好" })]);
    expect(read(text).rows).toEqual([{ ...plain, isJoined: true, device: expect.any(String) }]);
    const [cells] = textsOf(text);
    expect(cells?.["完成时间"]).toBe("2026-11-20 09:01:03");
    expect(cells?.["服务费(元)"]).toBe("-0.16");
    if (["商品名称", "券名称", "备注"].includes(column)) expect(cells?.[column]).toBe("满10,减5,好");
  });

  it("what looks like an amount behind the comma does not move the others", () => {
    const text = alipayFile([paymentCells({ 商品名称: "1,2.00" })]);
    expect(read(text).rows).toEqual([{ ...plain, isJoined: true }]);
  });

  it.each(["5,b", "5.00,", ",", "0.00,0.00"])("a remark %j takes no figure for its own", (remark) => {
    const both = [paymentCells({ 备注: remark }), refundCells({ 备注: remark })];
    const expected = read(alipayFile([paymentCells(), refundCells()])).rows;
    expect(read(alipayFile(both)).rows).toEqual(
      expected.map((row) => ({ ...row, isJoined: expect.any(Boolean) as unknown as boolean })),
    );
  });

  it("a comma at the line's end is no text", () => {
    const text = alipayFile([paymentCells({ 备注: "好" })]).replace("好\r\n", "好,,\r\n");
    expect(read(text).rows).toEqual([plain]);
    expect(textsOf(text)[0]?.["备注"]).toBe("好");
  });

  it("else the line is refused", () => {
    const text = alipayFile([paymentCells()]).replace("30.00,", "30.00,x,");
    expect(refused(text)).toBe("cellUnreadable: line 6 has 26 cells, its header 25");
  });
});

describe("quotes", () => {
  it.each([
    ['"a,b"', "a,b"],
    ['"a""b"', 'a"b'],
    ['"a"",""b"', 'a","b'],
    ['""', ""],
    ['a"b', 'a"b'],
    ['5"', '5"'],
    ['"a', '"a'],
    ['"a"b', '"a"b'],
    ["`a`", "`a`"],
    ["#a", "#a"],
  ])("%s is %s", (written, expected) => {
    const text = alipayFile([paymentCells({ 商品名称: written })]);
    expect(textsOf(text)[0]?.["商品名称"]).toBe(expected);
    expect(read(text).rows[0]).toMatchObject({ amount: 3_000, isJoined: false });
  });

  it("every cell in quotes is the same row", () => {
    const quoted = Object.fromEntries(Object.entries(paymentCells()).map(([name, cell]) => [name, `"${cell}"`]));
    const totals = ["#交易合计：1笔，商家实收共27.00元", "#退款合计：0笔，商家实收退款共0.00元"];
    expect(read(alipayFile([quoted], { totals })).rows).toEqual(read(alipayFile([paymentCells()])).rows);
  });
});

describe("a file is refused", () => {
  const good = alipayFile([paymentCells(), refundCells()]);
  const [beforeTotals = ""] = good.split("#退款合计");
  it.each<[string, string, string]>([
    ["when it is empty", "", "cutOff: the file ends before its columns"],
    ["when it is another text", "<html></html>", "columnMissing: 支付宝交易号"],
    [
      "when it ends after a row",
      good.slice(0, good.indexOf("#-----业务明细列表结束")),
      "cutOff: the file ends before its totals (合计)",
    ],
    ["when it ends between its totals", beforeTotals, "cutOff: the file ends before its totals (合计)"],
    [
      "when it ends inside a total",
      `${beforeTotals}#退款合计：1笔，商家实收退款共-9`,
      "cutOff: the file ends before its totals (合计)",
    ],
    [
      "without a column",
      alipayFile([], { columns: alipayTradeColumns.replace("服务费（元）", "费") }),
      "columnMissing: 服务费(元)",
    ],
    ["with a row that is too short", good.replace(",27.00", ""), "cellUnreadable: line 6 has 24 cells, its header 25"],
    ["with a row behind its end", `${good}1,2,3\r\n`, "notABill: line 12 stands after the end of the list"],
    [
      "for a payment below zero",
      alipayFile([paymentCells({ "订单金额（元）": "-1.00" })]),
      "cellUnreadable: line 6, column 订单金额(元)",
    ],
    [
      "for a refund above zero",
      alipayFile([refundCells({ "商家实收（元）": "9.00" })]),
      "cellUnreadable: line 6, column 商家实收(元)",
    ],
    [
      "for a fee that is none",
      alipayFile([paymentCells({ "服务费（元）": "免" })]),
      "cellUnreadable: line 6, column 服务费(元)",
    ],
    [
      "for a time that is none",
      alipayFile([paymentCells({ 完成时间: "" })]),
      "cellUnreadable: line 6, column 完成时间",
    ],
    [
      "for a total that is none",
      alipayFile([], { totals: ["#交易合计：1笔，商家实收共1.2.3元", "#退款合计：0笔，商家实收退款共0.00元"] }),
      "cellUnreadable: line 7, totals",
    ],
  ])("%s", (_what, text, expected) => {
    expect(refused(text)).toBe(expected);
  });

  it("when it is of another account or of another day", () => {
    const of = (account: string, day: string) =>
      refusalOf(() => readAll(alipayTradeReader({ account, day }), alipayFile([paymentCells()])));
    expect(of("2088000000000156", "2026-11-20")).toBe("taken");
    expect(of("2088000000000157", "2026-11-20")).toBe("notOurs: it is of another Alipay account");
    expect(of("2088000000000156", "2026-11-19")).toBe("notOurs: it begins on 2026-11-20, not on 2026-11-19");
    const unsaid = alipayFile([paymentCells()]).replace(/#起始日期[^\n]*\n/u, "");
    expect(
      refusalOf(() => readAll(alipayTradeReader({ account: "2088000000000156", day: "2026-11-19" }), unsaid)),
    ).toBe("notOurs: none of its 1 rows is of 2026-11-19");
  });
});

describe("properties", () => {
  const name = fc.string({ unit: fc.constantFrom("a", "，", ",", '"', "`", " ", "#", "茶", "𠮷"), maxLength: 6 });
  const fen = fc.integer({ min: 0, max: 10_000_000 });
  const row = fc.record({ name, fen, fee: fc.integer({ min: 0, max: 9_999 }), isRefund: fc.boolean() });
  const signed = (amount: number) => (amount === 0 ? "0.00" : yuan(-amount, 2));
  const file = fc.array(row, { maxLength: 10 }).map((rows) => ({
    rows,
    text: alipayFile(
      rows.map((each) =>
        each.isRefund
          ? refundCells({
              商品名称: `x${each.name}`,
              "订单金额（元）": signed(each.fen),
              "商家实收（元）": signed(each.fen),
              "服务费（元）": yuan(each.fee, 2),
            })
          : paymentCells({
              商品名称: `x${each.name}`,
              "订单金额（元）": yuan(each.fen, 2),
              "商家实收（元）": yuan(each.fen, 2),
              "服务费（元）": signed(each.fee),
            }),
      ),
    ),
  }));

  it("how the text is cut never changes the rows, and what was written is read back", () => {
    fc.assert(
      fc.property(file, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (written, cuts) => {
        const found = read(written.text, cuts);
        expect(found).toEqual(read(written.text));
        expect(footerDifferences(found.counted, found.footer)).toEqual([]);
        expect(found.rows.map(({ amount, receivable, fee, kind }) => [amount, receivable, fee, kind])).toEqual(
          written.rows.map((each) => [
            each.fen,
            each.fen,
            each.fee === 0 ? 0 : (each.isRefund ? -1_000 : 1_000) * each.fee,
            each.isRefund ? "refund" : "payment",
          ]),
        );
      }),
    );
  });
});
