import type { SettlementTexts } from "../settlement-texts.ts";

export const settlementEn: SettlementTexts = {
  note: "What lies with the providers, what is on its way, and what has come",
  payouts: "Payouts",
  days: (count) => `last ${count} days`,
  balance: "Balance with the provider, by our books",
  told: (day, theirs, ours) => `At the end of ${day}: ${theirs} by the provider's fund flow, ${ours} by our books`,
  notTold: "No fund flow from the provider yet",
  proved: "Proved: the same as ours",
  why: {
    more: (amount) => `${amount} more with the provider`,
    less: (amount) => `${amount} less with the provider`,
    unbilled: (off, days, first) =>
      days === 1
        ? `${off}: the fund flow of ${first} is here, its bill is not`
        : `${off}: bills of ${days} days are not here, from ${first} on`,
    balance: (off, breaks, first) =>
      breaks === 1
        ? `${off}: “balance differs” of ${first} is open`
        : `${off}: “balance differs” is open ${breaks} times, from ${first} on`,
    items: (off, items) => `${off}: ${items === 1 ? "1 item differs" : `${items} items differ`} between bill and books`,
    nothing: (off) => `${off}: nothing explains it`,
  },
  receivable: "Taken, not in a bill yet",
  givenBack: "More given back than taken, not in a bill yet",
  inTransit: "Payouts on their way",
  column: { sent: "Sent", amount: "Amount", state: "State" },
  state: { sent: "on its way", arrived: "arrived", returned: "returned" },
  late: "late",
  expected: (day) => `expected by ${day}`,
  total: (count) => (count === 1 ? "1 payout" : `${count} payouts`),
  noPayouts: "No payouts in these days",
  noAccounts: {
    title: "No payment accounts yet",
    text: "Once WeChat Pay or Alipay is connected, balances and payouts stand here.",
  },
  banks: "Bank accounts",
  noBanks: "No bank account yet. Add one to match its statement to the payouts.",
  through: (day, lines) => `${lines === 1 ? "1 line" : `${lines} lines`} up to ${day}`,
  noLines: "no statement yet",
  backToPayouts: "Back to payouts",
  noLinesYet: {
    title: "No lines of these days",
    text: "Hand in the bank's statement, or choose more days above.",
  },
  line: {
    day: "Day",
    from: "From, to",
    moneyIn: "In",
    moneyOut: "Out",
    brings: "Brings",
    nobodys: "No payout",
    total: (count) => (count === 1 ? "1 line" : `${count} lines`),
    payouts: (account, count) => (count === 1 ? `${account}, 1 payout` : `${account}, ${count} payouts`),
    deposits: (count) => (count === 1 ? "Cash deposit" : `${count} cash deposits`),
  },
  statements: {
    title: (count) => (count === 1 ? "1 statement handed in" : `${count} statements handed in`),
    handedIn: (by, at) => `${by}, ${at}`,
    lines: (own, before, from, to) =>
      [
        own === 1 ? "1 line" : `${own} lines`,
        from === null || to === null ? "" : from === to ? ` of ${from}` : `, ${from} to ${to}`,
        before > 0 ? `; ${before} more ${before === 1 ? "was" : "were"} here before` : "",
      ].join(""),
    takeBack: "Take back",
    takeBackText:
      "Its lines go; what they brought is posted in red and matched anew. The same file can be handed in again, with other columns.",
    reason: "Why",
    leave: "Leave it",
    failed: "Not taken back: look at it again.",
    columnsUnknown:
      "Not taken back: an older file has some of the same lines, and nobody knows by which columns it was read. Take that one back first, then hand it in again.",
    takenBack: (by, at) => `taken back by ${by.join(" and ")}, ${at}`,
  },
  addBank: "Add a bank account",
  chooseStore: "Choose a store",
  bankName: "Name",
  bankId: "Short name",
  bankIdNote: "Small letters, digits and hyphens, as icbc-main",
  keepBank: "Save",
  bankFailed: "Not saved: the short name must be unused, of small letters, digits and hyphens.",
  statement: {
    title: "Hand in a bank statement",
    text: "Drop the CSV or XLSX of your online banking here. It is shown before it is taken.",
    choose: "Choose a file",
    into: "Account",
    reading: "Reading…",
    columns: "Which column is what",
    column: {
      day: "Date",
      time: "Time",
      moneyIn: "Money in",
      moneyOut: "Money out",
      balance: "Balance",
      counterparty: "Counterparty",
      text: "Text",
      reference: "Reference",
    },
    none: "none",
    lines: (count, sum) => `${count === 1 ? "1 line" : `${count} lines`}, together ${sum}`,
    first: "First lines, as they will be read",
    noText: "no counterparty, no text",
    unchosen: "Choose at least the date and the money in: no name of a column is known here.",
    noneFound: "There is no line with a day and an amount below the column names: nothing to take.",
    troubles: (count) =>
      `${count === 1 ? "1 thing stands" : `${count} things stand`} in the way. Check which column is what; it is taken only whole.`,
    trouble: {
      noAmount: (line, column, cell) =>
        cell === "" ? `Line ${line}: “${column}” is empty` : `Line ${line}, “${column}”: ${cell} is no amount`,
      noDay: (line, column, cell) =>
        cell === ""
          ? `Line ${line}: “${column}” is empty`
          : `Line ${line}, “${column}”: ${cell} is no day of the calendar`,
      future: (line, column, cell) => `Line ${line}, “${column}”: ${cell} lies in the future`,
      noColumn: (_line, column) => `The file has no column “${column}”`,
      twice: (_line, column) => `“${column}” is chosen for two things`,
      balance: (_line, column) => `“${column}” is what stood on the account, not what came in or went out`,
    },
    broken: (line, amount, before, balance) =>
      `Line ${line}: by these columns the amount is ${amount}, yet the balance goes from ${before} to ${balance}. “Money in” or “Money out” is another column.`,
    despite: "I have compared the lines above with the bank: they are right, only the balance does not run on.",
    take: "Take it in",
    again: "Another file",
    taken: (fresh, known) =>
      `${fresh === 1 ? "1 line" : `${fresh} lines`} taken${known > 0 ? `, ${known} ${known === 1 ? "was" : "were"} here before` : ""}.`,
    known: "This file was here before; nothing has changed.",
    tooLarge: (mebibytes) => `The file is over ${mebibytes} MB. Export it in parts.`,
    unread: {
      empty: "The file is empty. Export it again, with the days chosen.",
      markup:
        "This is a web page under another name, as some banks export it. Open it in Excel or WPS and save it as XLSX or CSV.",
      oldSheet: "This is an old Excel file (.xls). Open it and save it as XLSX or CSV.",
      noHeads:
        "No line names the columns (date, money in…). Export it with column names, or write them in a first line.",
      unreadable: "It cannot be read: CSV or XLSX is needed.",
      tooLong: "It has more lines than are taken at once. Export it in parts.",
      failed: "Not taken: the gateway did not answer. The file is still here, try again.",
    },
  },
};
