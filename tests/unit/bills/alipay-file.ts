import { alipayTradeColumns, yuan } from "../../fakes/bill-lines.ts";
import type { Cells } from "./wechat-file.ts";

export const alipayFlowHeader =
  "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注";

const payment: Cells = {
  支付宝交易号: "2026112022001\t",
  商户订单号: "T1\t",
  业务类型: "交易",
  商品名称: "拿铁",
  创建时间: "2026-11-20 09:01:00",
  完成时间: "2026-11-20 09:01:03",
  门店编号: "S1",
  门店名称: "河西店",
  操作员: "C7",
  终端号: "A1",
  对方账户: "*试(138******00)",
  "订单金额（元）": "30.00",
  "商家实收（元）": "27.00",
  "支付宝红包（元）": "0.00",
  "集分宝（元）": "0.00",
  "支付宝优惠（元）": "0.00",
  "商家优惠（元）": "3.00",
  "券核销金额（元）": "0.00",
  券名称: "",
  "商家红包消费金额（元）": "0.00",
  "卡消费金额（元）": "0.00",
  "退款批次号/请求号": "\t",
  "服务费（元）": "-0.16",
  "分润（元）": "0.00",
  备注: "",
};

export const paymentCells = (over: Cells = {}): Cells => ({ ...payment, ...over });

export const refundCells = (over: Cells = {}): Cells => ({
  ...payment,
  业务类型: "退款",
  完成时间: "2026-11-20 10:00:02",
  "订单金额（元）": "-10.00",
  "商家实收（元）": "-9.00",
  "商家优惠（元）": "-1.00",
  "退款批次号/请求号": "R1\t",
  "服务费（元）": "0.05",
  ...over,
});

type Written = {
  readonly columns?: string;
  readonly newline?: string;
  /** The comments after the rule that ends the list. */
  readonly totals?: readonly string[];
  readonly isOver?: boolean;
  readonly account?: string;
  readonly title?: string;
};

/** An Alipay bill of these rows as the provider would write it, decoded; totals are right unless others are given. */
export function alipayFile(rows: readonly Cells[], options: Written = {}): string {
  const { columns = alipayTradeColumns, newline = "\r\n", title = "业务明细", isOver = true } = options;
  const names = columns.split(",");
  const lines = [
    `#支付宝${title}查询`,
    `#账号：[${options.account ?? "20880000000001560156"}]`,
    "#起始日期：[2026年11月20日 00:00:00]   终止日期：[2026年11月21日 00:00:00]",
    `#-----${title}列表-----`,
    columns,
    ...rows.map((row) => names.map((name) => row[name] ?? "").join(",")),
    ...(isOver ? [`#-----${title}列表结束-----`, ...(options.totals ?? totalsOf(rows))] : []),
  ];
  return lines.map((line) => line + newline).join("");
}

function totalsOf(rows: readonly Cells[]): readonly string[] {
  const sum = (type: string) =>
    yuan(
      rows
        .filter((row) => row["业务类型"] === type)
        .reduce((all, row) => all + Math.round(Number(row["商家实收（元）"]) * 100), 0),
      2,
    );
  const count = (type: string) => rows.filter((row) => row["业务类型"] === type).length;
  return [
    `#交易合计：${count("交易")}笔，商家实收共${sum("交易")}元，商家优惠共0.00元`,
    `#退款合计：${count("退款")}笔，商家实收退款共${sum("退款")}元，商家优惠退款共0.00元`,
    "#导出时间：[2026年11月21日 09:12:00]",
  ];
}
