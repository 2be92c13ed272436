import { describe, expect, it } from "vitest";
import { hasHeads, readBankLines } from "../../../src/domain/settlement/bank-lines.ts";

const head = ["交易日期", "收入", "支出", "余额", "对方户名", "摘要"];
const columns = {
  day: "交易日期",
  time: null,
  moneyIn: "收入",
  moneyOut: "支出",
  balance: "余额",
  counterparty: "对方户名",
  text: "摘要",
  reference: null,
};
const latest = "2026-12-01";
const lines = [
  ["2026-11-21", "100.00", "", "5,100.00", "财付通", "提现"],
  ["2026-11-22", "", "30.00", "5,070.00", "电费", ""],
  ["2026-11-23", "9.50", "", "5,079.50", "支付宝", "提现"],
];

describe("the balance of a statement", () => {
  it("runs on by its amounts, the oldest line first or the newest", () => {
    expect(readBankLines([head, ...lines], columns, latest).broken).toBeNull();
    expect(readBankLines([head, ...lines.toReversed()], columns, latest).broken).toBeNull();
  });

  it("that does not run on names the line and its figures", () => {
    const swapped = { ...columns, moneyIn: "支出", moneyOut: "收入" };
    expect(readBankLines([head, ...lines], swapped, latest).broken).toEqual({
      line: 3,
      before: 510_000,
      amount: 3000,
      balance: 507_000,
    });
    expect(readBankLines([head, ...lines.toReversed()], swapped, latest).broken).toEqual({
      line: 2,
      before: 507_000,
      amount: -950,
      balance: 507_950,
    });
  });

  it("is found by its head where nobody has chosen it", () => {
    const blind = { ...columns, moneyIn: "支出", moneyOut: "收入", balance: null };
    expect(readBankLines([head, ...lines], blind, latest).broken).not.toBeNull();
  });

  it("is no amount, chosen as the balance or not; nor is a day one", () => {
    for (const balance of ["余额", null]) {
      const wrong = { ...columns, moneyIn: "余额", balance };
      expect(readBankLines([head, ...lines], wrong, latest)).toEqual({
        lines: [],
        troubles: [{ line: 1, column: "余额", cell: "", why: "balance" }],
        broken: null,
      });
    }
    const twice = readBankLines([head, ...lines], { ...columns, moneyIn: "交易日期" }, latest);
    expect(twice.troubles).toEqual([{ line: 1, column: "交易日期", cell: "", why: "twice" }]);
  });

  it("says nothing where a bank gives none, or leaves it out between", () => {
    const none = [head, ...lines.map((line) => [...line.slice(0, 3), "", ...line.slice(4)])];
    expect(readBankLines(none, columns, latest).broken).toBeNull();
    expect(
      readBankLines([head, lines[0]!, ["2026-11-22", "7.00", "", "", "", ""], lines[2]!], columns, latest).broken,
    ).toBeNull();
  });
});

describe("a day", () => {
  it("that no calendar has, or that is still to come, is refused by its line", () => {
    const cells = [
      head,
      ["2026-13-45", "1.00", "", "", "", ""],
      ["2026/2/30", "1.00", "", "", "", ""],
      ["2026-12-02", "1.00", "", "", "", ""],
      ["2026-12-01", "1.00", "", "", "", ""],
    ];
    const read = readBankLines(cells, columns, latest);
    expect(read.troubles).toEqual([
      { line: 2, column: "交易日期", cell: "2026-13-45", why: "noDay" },
      { line: 3, column: "交易日期", cell: "2026/2/30", why: "noDay" },
      { line: 4, column: "交易日期", cell: "2026-12-02", why: "future" },
    ]);
    expect(read.lines).toHaveLength(1);
  });
});

describe("a file", () => {
  it("may end with its sums", () => {
    for (const sum of [
      ["合计", "109.50", "30.00", "", "", ""],
      ["", "109.50", "30.00", "", "", "本页合计"],
      ["Total", "109.50", "30.00", "", "", ""],
    ]) {
      const { lines: read, troubles } = readBankLines([head, ...lines, sum], columns, latest);
      expect([read.length, troubles]).toEqual([3, []]);
    }
  });

  it("has heads where a line names its columns", () => {
    expect(hasHeads([["账户明细"], head, ...lines])).toBe(true);
    expect(hasHeads(lines)).toBe(false);
    expect(hasHeads([["账户明细"], ...lines])).toBe(false);
  });
});
