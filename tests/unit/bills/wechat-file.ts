import { wechatTradeColumns, yuan } from "../../fakes/bill-lines.ts";

export type Cells = Readonly<Record<string, string>>;

export const wechatFlowColumns =
  "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号";
export const refundFileColumns = wechatTradeColumns.replace("微信退款单号", "退款申请时间,退款成功时间,微信退款单号");

const payment: Cells = {
  交易时间: "2026-11-20 09:01:02",
  公众账号ID: "wx1",
  商户号: "1900000109",
  特约商户号: "0",
  设备号: "A1",
  微信订单号: "4200000001",
  商户订单号: "T1",
  用户标识: "o1",
  交易类型: "MICROPAY",
  交易状态: "SUCCESS",
  付款银行: "OTHERS",
  货币种类: "CNY",
  应结订单金额: "56.00",
  代金券金额: "0.00",
  微信退款单号: "0",
  商户退款单号: "0",
  退款金额: "0.00",
  充值券退款金额: "0.00",
  退款类型: "",
  退款状态: "",
  商品名称: "拿铁",
  商户数据包: "",
  手续费: "0.34000",
  费率: "0.60%",
  订单金额: "56.00",
  申请退款金额: "0.00",
  费率备注: "",
};

export const paymentCells = (over: Cells = {}): Cells => ({ ...payment, ...over });

export const refundCells = (over: Cells = {}): Cells => ({
  ...payment,
  交易时间: "2026-11-20 10:00:00",
  交易状态: "REFUND",
  应结订单金额: "0.00",
  订单金额: "0.00",
  微信退款单号: "5030000001",
  商户退款单号: "R1",
  退款金额: "27.00",
  申请退款金额: "28.00",
  退款类型: "ORIGINAL",
  退款状态: "PROCESSING",
  手续费: "-0.17000",
  ...over,
});

export const flowCells = (over: Cells = {}): Cells => ({
  记账时间: "2026-11-20 09:01:05",
  微信支付业务单号: "4200000001",
  资金流水单号: "F1",
  业务名称: "交易",
  业务类型: "交易",
  收支类型: "收入",
  "收支金额(元)": "56.00",
  "账户结余(元)": "1056.00",
  资金变更提交申请人: "system",
  备注: "",
  业务凭证号: "T1",
  ...over,
});

type Written = {
  readonly columns?: string;
  readonly newline?: string;
  readonly bom?: boolean;
  readonly endsWithNewline?: boolean;
  readonly totals?: Cells;
};

/** A WeChat Pay bill of these rows as the provider would write it, with right totals unless others are given. */
export function wechatFile(rows: readonly Cells[], options: Written = {}): string {
  const { columns = wechatTradeColumns, newline = "\r\n", bom = true, endsWithNewline = true } = options;
  const names = columns.split(",");
  const totals = options.totals ?? (names[0] === "记账时间" ? flowTotalsOf(rows) : tradeTotalsOf(rows));
  const lines = [
    columns,
    ...rows.map((row) => names.map((name) => `\`${row[name] ?? "0"}`).join(",")),
    Object.keys(totals).join(","),
    Object.values(totals)
      .map((cell) => `\`${cell}`)
      .join(","),
  ];
  return `${bom ? "\ufeff" : ""}${lines.join(newline)}${endsWithNewline ? newline : ""}`;
}

function tradeTotalsOf(rows: readonly Cells[]): Cells {
  const sum = (name: string, decimals: number) =>
    yuan(
      rows.reduce((all, row) => all + Math.round(Number(row[name]) * 10 ** decimals), 0),
      decimals,
    );
  return {
    总交易单数: `${rows.length}.0`,
    应结订单总金额: sum("应结订单金额", 2),
    退款总金额: sum("退款金额", 2),
    充值券退款总金额: sum("充值券退款金额", 2),
    手续费总金额: sum("手续费", 5),
    订单总金额: sum("订单金额", 2),
    申请退款总金额: sum("申请退款金额", 2),
  };
}

function flowTotalsOf(rows: readonly Cells[]): Cells {
  const way = (word: string) => rows.filter((row) => row["收支类型"] === word);
  const sum = (of: readonly Cells[]) =>
    yuan(
      of.reduce((all, row) => all + Math.round(Number(row["收支金额(元)"]) * 100), 0),
      2,
    );
  return {
    资金流水总笔数: String(rows.length),
    收入笔数: String(way("收入").length),
    收入金额: sum(way("收入")),
    支出笔数: String(way("支出").length),
    支出金额: sum(way("支出")),
  };
}
