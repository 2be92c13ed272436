import { timeOf } from "../../settlement/days.ts";
import type { TradeRow } from "../../settlement/trade-row.ts";
import { oneLine, sumBy, yuan } from "../../settlement/yuan.ts";
import { framed } from "./frame.ts";

const header =
  "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注";
const storesHeader =
  "门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,服务费（元）,分润（元）,实收净额（元）";

type Of = { readonly account: string; readonly day: string };

/** The detail file's text: refunds and cancels have negative amounts. `footerOff` fen are added to the total of receipts. */
export function tradeDetails(rows: readonly TradeRow[], of: Of, footerOff: number): string {
  const paid = rows.filter(({ kind }) => kind === "payment");
  const gone = rows.filter(({ kind }) => kind !== "payment");
  const sums = (own: readonly TradeRow[], off: number): readonly [string, string] => [
    yuan(sumBy(own, receipt) + off),
    yuan(sumBy(own, (row) => signed(row, row.shopCoupon))),
  ];
  const [receipts, discounts] = sums(paid, footerOff);
  const [backs, discountsBack] = sums(gone, 0);
  const totals = [
    `交易合计：${paid.length}笔，商家实收共${receipts}元，商家优惠共${discounts}元`,
    `退款合计：${gone.length}笔，商家实收退款共${backs}元，商家优惠退款共${discountsBack}元`,
  ];
  return framed({ title: "支付宝业务明细查询", list: "业务明细列表", totals }, of, [header, ...rows.map(line)]);
}

/** The second file's text: sums by store, in order of their numbers. */
export function tradeByStore(rows: readonly TradeRow[], of: Of): string {
  const stores = [...new Set(rows.map(({ store }) => store))].toSorted();
  const lines = stores.map((store) =>
    storeLine(
      [store, store],
      rows.filter((row) => row.store === store),
    ),
  );
  const all = storeLine(["合计", ""], rows);
  const frame = { title: "支付宝业务汇总查询", list: "业务汇总列表", totals: [] };
  return framed(frame, of, [storesHeader, ...lines, all]);
}

function line(row: TradeRow): string {
  const isPaid = row.kind === "payment";
  const amount = (fen: number): string => yuan(signed(row, fen));
  return [
    tabbed(row.transaction),
    tabbed(row.order),
    isPaid ? "交易" : "退款",
    oneLine(row.subject),
    timeOf(row.orderedAt),
    timeOf(row.at),
    row.store,
    row.store,
    "",
    row.device,
    row.payer,
    amount(row.amount),
    amount(row.receivable),
    "0.00",
    "0.00",
    amount(row.othersCoupon),
    amount(row.shopCoupon),
    "0.00",
    "",
    "0.00",
    "0.00",
    tabbed(row.refund),
    yuan(-row.fee),
    "0.00",
    row.by === "chargeback" ? "交易纠纷" : "",
  ].join(",");
}

function storeLine(begin: readonly string[], rows: readonly TradeRow[]): string {
  const sum = (fen: (row: TradeRow) => number): number => sumBy(rows, (row) => signed(row, fen(row)));
  const fees = sumBy(rows, ({ fee }) => -fee);
  const receipts = sum((row) => row.receivable);
  const paid = rows.filter(({ kind }) => kind === "payment").length;
  return [
    ...begin,
    String(paid),
    String(rows.length - paid),
    yuan(sum((row) => row.amount)),
    yuan(receipts),
    yuan(sum((row) => row.othersCoupon)),
    yuan(sum((row) => row.shopCoupon)),
    "0.00",
    yuan(fees),
    "0.00",
    yuan(receipts + fees),
  ].join(",");
}

function receipt(row: TradeRow): number {
  return signed(row, row.receivable);
}

function signed({ kind }: TradeRow, fen: number): number {
  return kind === "payment" ? fen : -fen;
}

/** A number that a spreadsheet would spoil ends with a TAB. */
function tabbed(number: string): string {
  return `${number}\t`;
}
