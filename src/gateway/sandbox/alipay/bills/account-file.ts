import type { AccountState, Movement } from "../../settlement/account.ts";
import { dayOf, digitsOf, timeOf } from "../../settlement/days.ts";
import { oneLine, sumBy, yuan } from "../../settlement/yuan.ts";
import { framed } from "./frame.ts";

const header =
  "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注";
const typesHeader = "业务类型,收入笔数,收入金额（+元）,支出笔数,支出金额（-元）";

/** One line of the account flow; `amount` bears its sign. */
export type AccountRow = {
  readonly at: Movement["at"];
  readonly business: string;
  readonly order: string;
  readonly subject: string;
  readonly payer: string;
  readonly amount: number;
  readonly balance: number;
  readonly words: string;
  readonly note: string;
};

/** The lines of `day`, each with the balance after it. */
export function accountRows({ movements, terms }: AccountState, day: string): readonly AccountRow[] {
  let balance = terms.opening;
  const rows: AccountRow[] = [];
  for (const movement of movements) {
    for (const line of linesOf(movement)) {
      if (line.amount === 0) continue;
      balance += line.amount;
      if (dayOf(movement.at) === day) rows.push({ ...line, at: movement.at, balance });
    }
  }
  return rows;
}

type Of = { readonly account: string; readonly day: string };

/** The detail file's text. */
export function accountDetails(rows: readonly AccountRow[], of: Of): string {
  const lines = rows.map((row, index) =>
    [
      `${digitsOf(row.at)}${String(index + 1).padStart(6, "0")}\t`,
      `${row.business}\t`,
      `${row.order}\t`,
      oneLine(row.subject),
      timeOf(row.at),
      row.payer,
      row.amount > 0 ? yuan(row.amount) : "",
      row.amount < 0 ? yuan(row.amount) : "",
      yuan(row.balance),
      "支付宝",
      row.words,
      row.note,
    ].join(","),
  );
  const { into, out } = halves(rows);
  const totals = [
    `支出合计：${out.length}笔，共${yuan(sumBy(out, ({ amount }) => amount))}元`,
    `收入合计：${into.length}笔，共${yuan(sumBy(into, ({ amount }) => amount))}元`,
  ];
  return framed({ title: "支付宝账务明细查询", list: "账务明细列表", totals }, of, [header, ...lines]);
}

/** The second file's text: sums by what the lines are. */
export function accountByType(rows: readonly AccountRow[], of: Of): string {
  const types = [...new Set(rows.map(({ words }) => words))];
  const lineOf = (name: string, own: readonly AccountRow[]): string => {
    const { into, out } = halves(own);
    const sums = [into, out].flatMap((half) => [String(half.length), yuan(sumBy(half, ({ amount }) => amount))]);
    return [name, ...sums].join(",");
  };
  const lines = [
    ...types.map((type) =>
      lineOf(
        type,
        rows.filter(({ words }) => words === type),
      ),
    ),
    lineOf("合计", rows),
  ];
  return framed({ title: "支付宝账务汇总查询", list: "账务汇总列表", totals: [] }, of, [typesHeader, ...lines]);
}

function halves(rows: readonly AccountRow[]): {
  readonly into: readonly AccountRow[];
  readonly out: readonly AccountRow[];
} {
  return { into: rows.filter(({ amount }) => amount > 0), out: rows.filter(({ amount }) => amount < 0) };
}

/** Every fee is a line of its own. */
function linesOf({ kind, amount, fee, row, payout }: Movement): readonly Omit<AccountRow, "at" | "balance">[] {
  const ofRow = {
    business: row?.transaction ?? "",
    order: row?.order ?? "",
    subject: row?.subject ?? "",
    payer: row?.payer ?? "",
    note: "",
  };
  const ofPayout = { business: payout?.number ?? "", order: "", subject: "", payer: "", note: "" };
  switch (kind) {
    case "payment":
      return [
        { ...ofRow, words: "在线支付", amount },
        { ...ofRow, words: "收费", amount: fee, payer: "", note: "服务费" },
      ];
    case "refund":
    case "refundUndone":
      return [
        { ...ofRow, words: "交易退款", amount, note: row?.by === "chargeback" ? "交易纠纷" : (row?.refund ?? "") },
        { ...ofRow, words: "退费", amount: fee, payer: "", note: "服务费退还" },
      ];
    case "payout":
      return [
        { ...ofPayout, words: "提现", amount, note: payout?.kind === "automatic" ? "自动提现" : "提现到银行卡" },
        { ...ofPayout, words: "提现手续费", amount: fee },
      ];
    case "payoutReturned":
      return [{ ...ofPayout, words: "提现退回", amount, note: "银行退票" }];
  }
}
