import type { AccountState, Movement } from "../../settlement/account.ts";
import { dayOf, digitsOf, timeOf } from "../../settlement/days.ts";
import { rateText } from "../../settlement/fees.ts";
import { sumBy, yuan } from "../../settlement/yuan.ts";
import { csv } from "./csv.ts";

const header =
  "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号";
const footer = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额";

/** One line of the fund flow; `amount` bears its sign. */
export type FundRow = {
  readonly at: Movement["at"];
  readonly business: string;
  readonly words: string;
  readonly amount: number;
  readonly balance: number;
  readonly by: string;
  readonly note: string;
  readonly voucher: string;
};

/** The lines of `day`, each with the balance after it. */
export function fundRows({ movements, terms, account }: AccountState, day: string): readonly FundRow[] {
  let balance = terms.opening;
  const rows: FundRow[] = [];
  for (const movement of movements) {
    for (const line of linesOf(movement, account)) {
      if (line.amount === 0) continue;
      balance += line.amount;
      if (dayOf(movement.at) === day) rows.push({ ...line, at: movement.at, balance });
    }
  }
  return rows;
}

/** The file of these lines. */
export function writeFundFlow(rows: readonly FundRow[]): Uint8Array {
  const cells = rows.map(({ at, business, words, amount, balance, by, note, voucher }, index) => [
    timeOf(at),
    business,
    `${digitsOf(at)}${String(index + 1).padStart(5, "0")}`,
    words,
    words,
    amount > 0 ? "收入" : "支出",
    yuan(Math.abs(amount)),
    yuan(balance),
    by,
    note,
    voucher,
  ]);
  const into = rows.filter(({ amount }) => amount > 0);
  const out = rows.filter(({ amount }) => amount < 0);
  const sum = (of: readonly FundRow[]): string => yuan(Math.abs(sumBy(of, ({ amount }) => amount)));
  const counts = [rows.length, into.length, out.length].map(String);
  return csv(header, cells, footer, [counts[0] ?? "", counts[1] ?? "", sum(into), counts[2] ?? "", sum(out)]);
}

type Line = Omit<FundRow, "at" | "balance">;

/** A payment and its fee are two lines; what goes back stands as one, less the fee that comes with it. */
function linesOf({ kind, amount, fee, row, payout }: Movement, account: string): readonly Line[] {
  const system = { by: "system", note: "" };
  const ofRow = { business: row?.transaction ?? "", voucher: row?.order ?? "" };
  const ofRefund = { business: row?.providerRefund ?? "", voucher: row?.refund || (row?.order ?? "") };
  const ofPayout = { business: payout?.number ?? "", voucher: payout?.number ?? "" };
  switch (kind) {
    case "payment": {
      const rate = rateText(row?.ratePpm ?? 0).replace(/0%$/u, "%");
      const note = `结算总金额:${yuan(amount)};费率:${rate}`;
      return [
        { ...ofRow, ...system, words: "交易", amount },
        { ...ofRow, ...system, words: "扣除交易手续费", amount: fee, note },
      ];
    }
    case "refund": {
      const reason = row?.by === "chargeback" ? ";交易纠纷" : "";
      const note = `退款总金额${yuan(-amount)}元;含手续费${yuan(fee)}元${reason}`;
      return [{ ...ofRefund, words: "退款", amount: amount + fee, by: account, note }];
    }
    case "refundUndone": {
      const note = `退款关闭${yuan(amount)}元;含手续费${yuan(-fee)}元`;
      return [{ ...ofRefund, ...system, words: "退款关闭", amount: amount + fee, note }];
    }
    case "payout":
      return [
        { ...ofPayout, by: payout?.kind === "automatic" ? "system" : account, words: "提现", amount, note: "" },
        { ...ofPayout, ...system, words: "提现手续费", amount: fee },
      ];
    case "payoutReturned":
      return [{ ...ofPayout, ...system, words: "提现退回", amount, note: "银行退票" }];
  }
}
