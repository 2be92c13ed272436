/** Which column of a bank's file is what, by its head. Amounts either as one column with a sign, or as two. */
export type BankColumns = {
  readonly day: string;
  readonly time: string | null;
  /** Money in; or money either way, with a sign, where `moneyOut` is null. */
  readonly moneyIn: string;
  readonly moneyOut: string | null;
  readonly balance: string | null;
  readonly counterparty: string | null;
  readonly text: string | null;
  readonly reference: string | null;
};

/** Heads that banks use, the likeliest first. */
const known: { readonly [C in keyof BankColumns]: readonly string[] } = {
  day: ["交易日期", "记账日期", "入账日期", "日期", "交易时间", "Date", "Booking date"],
  time: ["交易时间", "时间", "Time"],
  moneyIn: [
    "收入",
    "贷方发生额",
    "贷方金额",
    "收入金额",
    "贷方发生额(收入)",
    "存入",
    "转入金额",
    "Credit",
    "交易金额",
    "金额",
    "Amount",
  ],
  moneyOut: ["支出", "借方发生额", "借方金额", "支出金额", "借方发生额(支出)", "支取", "转出金额", "Debit"],
  balance: [
    "余额",
    "账户余额",
    "本次余额",
    "当前余额",
    "可用余额",
    "结余",
    "Balance",
    "Running balance",
    "残高",
    "差引残高",
  ],
  counterparty: ["对方户名", "对方账户名称", "对方名称", "对方单位名称", "对方账户名", "Counterparty"],
  text: ["摘要", "用途", "附言", "备注", "交易摘要", "Description", "Text"],
  reference: ["流水号", "交易流水号", "凭证号", "交易流水", "参考号", "Reference"],
};

/** A head as it is compared: no spaces, brackets of one kind, no unit behind it. */
export function plainHead(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\s+/gu, "")
    .replace(/\((?:元|人民币|CNY|¥)\)$/u, "");
}

/** Where a column stands among a line's heads; below zero where it does not. */
export function placeOf(heads: readonly string[], name: string): number {
  return heads.findIndex((cell) => plainHead(cell) === plainHead(name));
}

/** Where a file has what stood on the account after each line, by its heads alone; below zero where none says so. */
export function balancePlace(heads: readonly string[]): number {
  return known.balance.map((name) => placeOf(heads, name)).find((place) => place >= 0) ?? -1;
}

/** The columns that a line of heads suggests, and which line it is; null when no line has a day and money in. */
export function suggestColumns(
  lines: readonly (readonly string[])[],
): { readonly columns: BankColumns; readonly head: number } | null {
  for (const [head, line] of lines.entries()) {
    const names = line.map(plainHead);
    const find = (of: keyof BankColumns): string | null => {
      for (const name of known[of]) {
        const at = names.indexOf(plainHead(name));
        if (at >= 0) return line[at] ?? null;
      }
      return null;
    };
    const day = find("day");
    const moneyIn = find("moneyIn");
    if (day === null || moneyIn === null) continue;
    const time = find("time");
    return {
      head,
      columns: {
        day,
        time: time === day ? null : time,
        moneyIn,
        moneyOut: find("moneyOut"),
        balance: find("balance"),
        counterparty: find("counterparty"),
        text: find("text"),
        reference: find("reference"),
      },
    };
  }
  return null;
}
