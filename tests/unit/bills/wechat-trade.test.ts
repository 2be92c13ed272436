import { describe, expect, it } from "vitest";
import { footerDifferences } from "../../../src/domain/bills/totals.ts";
import { wechatTradeReader } from "../../../src/domain/bills/wechat-trade.ts";
import { wechatTradeColumns } from "../../fakes/bill-lines.ts";
import { readAll, refusalOf } from "./read.ts";
import { paymentCells, refundCells, refundFileColumns, wechatFile, type Cells } from "./wechat-file.ts";

const read = (text: string) => readAll(wechatTradeReader(), text);
const refused = (text: string) => refusalOf(() => read(text));
const at = (time: string) => Date.parse(`2026-11-20T${time}+08:00`);

describe("a WeChat Pay trade bill", () => {
  it("gives a payment, a refund as a snapshot, and what they add up to", () => {
    const { rows, footer, counted } = read(wechatFile([paymentCells(), refundCells()]));
    expect(rows).toEqual([
      {
        line: 2,
        kind: "payment",
        order: "T1",
        transaction: "4200000001",
        refund: "",
        providerRefund: "",
        at: at("09:01:02"),
        amount: 5_600,
        receivable: 5_600,
        fee: 34_000,
        rate: 6_000,
        status: "SUCCESS",
        currency: "CNY",
        device: "A1",
        isJoined: false,
      },
      {
        line: 3,
        kind: "refund",
        order: "T1",
        transaction: "4200000001",
        refund: "R1",
        providerRefund: "5030000001",
        at: at("10:00:00"),
        amount: 2_800,
        receivable: 2_700,
        fee: -17_000,
        rate: 6_000,
        status: "PROCESSING",
        currency: "CNY",
        device: "A1",
        isJoined: false,
      },
    ]);
    const totals = { rows: 2, amount: 5_600, receivable: 5_600, asked: 2_800, taken: 2_700, fee: 17_000 };
    expect(footer).toMatchObject({ ...totals, payments: null, refunds: null, moneyIn: null });
    expect(counted).toMatchObject({ ...totals, payments: 1, refunds: 1, moneyIn: null });
    expect(footerDifferences(counted, footer)).toEqual([]);
  });

  it.each([
    [
      "with its payment's row",
      [
        paymentCells(),
        refundCells({ 交易状态: "REVOKED", 商户退款单号: "0", 申请退款金额: "0.00", 退款金额: "56.00" }),
      ],
    ],
    ["alone", [refundCells({ 交易状态: "REVOKED", 商户退款单号: "0", 申请退款金额: "0.00", 退款金额: "56.00" })]],
    [
      "that names its amount in the order's columns alone",
      [
        refundCells({
          交易状态: "REVOKED",
          商户退款单号: "0",
          申请退款金额: "0.00",
          退款金额: "0.00",
          订单金额: "56.00",
          应结订单金额: "56.00",
        }),
      ],
    ],
  ])("a reversal %s undoes a payment under the order's number, in full", (_what, cells) => {
    const { rows, footer, counted } = read(wechatFile(cells));
    expect(rows.at(-1)).toMatchObject({
      kind: "reversal",
      order: "T1",
      refund: "",
      amount: 5_600,
      receivable: 5_600,
      status: "REVOKED",
    });
    expect(counted.refunds).toBe(0);
    expect(footerDifferences(counted, footer)).toEqual([]);
  });

  it("a file of refunds alone (REFUND, RECHARGE_REFUND) says when each was accepted", () => {
    const cells = refundCells({
      交易时间: "2026-11-18 08:00:00",
      退款申请时间: "2026-11-20 10:00:00",
      退款成功时间: "",
    });
    const { rows } = read(wechatFile([cells], { columns: refundFileColumns }));
    expect(rows).toMatchObject([
      { kind: "refund", refund: "R1", at: at("10:00:00"), amount: 2_800, receivable: 2_700 },
    ]);
  });

  it("a file of payments alone (SUCCESS) has no columns of refunds", () => {
    const columns =
      "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,商品名称,商户数据包,手续费,费率,订单金额,费率备注";
    const totals = { 总交易单数: "1", 应结订单总金额: "17.80", 手续费总金额: "0.11000", 订单总金额: "20.00" };
    const cells = paymentCells({ 应结订单金额: "17.80", 订单金额: "20.00", 手续费: "0.11000" });
    const { rows, footer, counted } = read(wechatFile([cells], { columns, totals }));
    expect(rows).toMatchObject([{ amount: 2_000, receivable: 1_780 }]);
    expect(footer).toMatchObject({ asked: null, taken: null });
    expect(footerDifferences(counted, footer)).toEqual([]);
    expect(refused(wechatFile([paymentCells({ 交易状态: "REFUND" })], { columns, totals }))).toBe(
      "columnMissing: 商户退款单号 (line 2 is a refund)",
    );
  });

  it("a status nobody knows is kept, and told apart by the refund's number", () => {
    const { rows } = read(
      wechatFile([paymentCells({ 交易状态: "SETTLED" }), refundCells({ 交易状态: "CHARGEBACK", 退款状态: "" })]),
    );
    expect(rows.map(({ kind, status }) => [kind, status])).toEqual([
      ["payment", "SETTLED"],
      ["refund", "CHARGEBACK"],
    ]);
  });

  it("columns are found by name, in any order, among new ones", () => {
    const columns = `新列,${wechatTradeColumns.split(",").toReversed().join(",")},再一列`;
    const turned = read(wechatFile([paymentCells(), refundCells()], { columns }));
    expect(turned.rows).toEqual(read(wechatFile([paymentCells(), refundCells()])).rows);
  });

  it.each([
    ["LF", { newline: "\n" }],
    ["no mark at the beginning", { bom: false }],
    ["no newline at the end", { endsWithNewline: false }],
    ["none of them", { newline: "\n", bom: false, endsWithNewline: false }],
  ])("is the same file with %s", (_what, options) => {
    expect(read(wechatFile([paymentCells()], options))).toEqual(read(wechatFile([paymentCells()])));
  });

  it("a day without rows has its totals all the same", () => {
    expect(read(wechatFile([]))).toMatchObject({ rows: [], footer: { rows: 0 }, counted: { rows: 0 } });
  });
});

describe("a file is refused", () => {
  const good = wechatFile([paymentCells(), refundCells()]);
  const lines = good.split("\r\n");
  it.each<[string, string, string]>([
    ["when it is empty", "", "cutOff: the file ends before its totals"],
    ["when it ends after its columns", lines.slice(0, 1).join("\r\n"), "cutOff: the file ends before its totals"],
    ["when it ends after a row", lines.slice(0, 3).join("\r\n"), "cutOff: the file ends before its totals"],
    [
      "when it ends inside a row",
      lines.slice(0, 3).join("\r\n").slice(0, -60),
      "cutOff: the file ends before its totals",
    ],
    ["when its totals are missing", lines.slice(0, 4).join("\r\n"), "cutOff: the file ends before its totals"],
    [
      "when a total is missing",
      [...lines.slice(0, 4), lines[4]?.slice(0, lines[4].lastIndexOf(","))].join("\r\n"),
      "cutOff: line 5 is not the 7 totals it should be",
    ],
    ["when it goes on after its totals", `${good}${lines[1]}\r\n`, "notABill: line 6 stands after the totals"],
    ["when it is another text", '{"code":"SYSTEM_ERROR"}', "columnMissing: 交易时间"],
    [
      "without a column",
      wechatFile([], { columns: wechatTradeColumns.replace("手续费", "费") }),
      "columnMissing: 手续费",
    ],
    ["with a line that is no row", good.replace("\r\n`", "\r\nx`"), "notABill: line 2 is neither a row nor the totals"],
    [
      "with a row that is too short",
      wechatFile([paymentCells(), paymentCells()]).replace(",`T1", ""),
      "cellUnreadable: line 2 has 26 cells, its header 27",
    ],
    [
      "with more cells than any text explains",
      good.replace("`CNY,", "`CNY,`x,`"),
      "cellUnreadable: line 2 has 28 cells, its header 27",
    ],
    [
      "with a line without end",
      `${lines[0]}\r\n\`${"x".repeat(70_000)}`,
      "notABill: line 2 is longer than 65536 characters",
    ],
    [
      "with another count",
      wechatFile([paymentCells()]).replace("`1.0,", "`1.5,"),
      "cellUnreadable: totals, column 总交易单数",
    ],
  ])("%s", (_what, text, expected) => {
    expect(refused(text)).toBe(expected);
  });

  it.each<[string, Cells, string]>([
    ["订单金额", { 订单金额: "56,00" }, "订单金额"],
    ["a negative order", { 订单金额: "-56.00" }, "订单金额"],
    ["应结订单金额", { 应结订单金额: "" }, "应结订单金额"],
    ["手续费", { 手续费: "0.3400001" }, "手续费"],
    ["费率", { 费率: "0.60" }, "费率"],
    ["交易时间", { 交易时间: "2026-11-20" }, "交易时间"],
    ["退款金额", { 退款金额: "x" }, "退款金额"],
  ])("for an unreadable cell: %s, naming its line and column and not the cell", (_what, over, column) => {
    expect(refused(wechatFile([paymentCells(), paymentCells(over)], { totals: { 总交易单数: "2" } }))).toBe(
      `cellUnreadable: line 3, column ${column}`,
    );
  });

  it("when it is of another merchant or of another day", () => {
    const of = (account: string, day: string, cells = [paymentCells()]) =>
      refusalOf(() => readAll(wechatTradeReader({ account, day }), wechatFile(cells)));
    expect(of("1900000109", "2026-11-20")).toBe("taken");
    expect(of("1900000109", "2026-11-21", [])).toBe("taken");
    expect(of("190000010", "2026-11-20")).toBe("notOurs: line 2 is of another merchant");
    expect(of("1900000109", "2026-11-21")).toBe("notOurs: none of its 1 rows is of 2026-11-21");
  });
});
