import iconv from "iconv-lite";
import { writeXlsx } from "hucre";
import { describe, expect, it } from "vitest";
import { suggestColumns } from "../../../src/domain/settlement/bank-columns.ts";
import { bankLinesMax, readBankLines } from "../../../src/domain/settlement/bank-lines.ts";
import { readTable } from "../../../src/gateway/read-table.ts";

const head = ["交易日期", "交易时间", "收入", "支出", "余额", "对方户名", "摘要", "流水号"];
const columns = {
  day: "交易日期",
  time: "交易时间",
  moneyIn: "收入",
  moneyOut: "支出",
  balance: "余额",
  counterparty: "对方户名",
  text: "摘要",
  reference: "流水号",
};
const latest = "2026-12-01";
const line = ["2026-11-21", "09:00:00", "1,056.16", "", "6,056.16", "财付通支付科技有限公司", "提现", "B1"];

describe("columns of a bank's file", () => {
  it("are suggested from its heads, wherever they stand", () => {
    const found = suggestColumns([["账户明细"], ["户名：某店"], head, line]);
    expect(found).toEqual({ head: 2, columns });
    expect(suggestColumns([["a", "b"], line])).toBeNull();
  });

  it("are found with units, spaces and brackets of any width", () => {
    expect(suggestColumns([["记账日期", "贷方发生额（元）", "借方发生额(元)"]])?.columns).toMatchObject({
      day: "记账日期",
      moneyIn: "贷方发生额（元）",
      moneyOut: "借方发生额(元)",
    });
  });
});

describe("lines", () => {
  it("are read with signs, thousands and days in any usual form", () => {
    const cells = [
      head,
      line,
      ["20261122", "", "", "3.5", "", "", "", ""],
      ["2026/1/2 10:00", "", "-", "-2", "", "", "", ""],
    ];
    expect(readBankLines(cells, columns, latest)).toEqual({
      lines: [
        {
          day: "2026-11-21",
          time: "09:00:00",
          amount: 105616,
          balance: 605616,
          counterparty: "财付通支付科技有限公司",
          text: "提现",
          reference: "B1",
        },
        { day: "2026-11-22", time: "", amount: -350, balance: null, counterparty: "", text: "", reference: "" },
        { day: "2026-01-02", time: "", amount: -200, balance: null, counterparty: "", text: "", reference: "" },
      ],
      troubles: [],
      broken: null,
    });
  });

  it("leave notices and sums below them alone, and name what cannot be read", () => {
    const cells = [head, line, ["合计", "", "", "", "", "", "", ""], ["2026-11-23", "", "many", "", "", "", "", ""]];
    const { lines, troubles } = readBankLines(cells, columns, latest);
    expect(lines).toHaveLength(1);
    expect(troubles).toEqual([{ line: 4, column: "收入", cell: "many", why: "noAmount" }]);
  });

  it("name every fault of a line, each with its own column", () => {
    const cells = [head, ["yesterday", "", "many", "few", "", "", "", ""], ["soon", "", "1.00", "", "", "", "", ""]];
    expect(readBankLines(cells, columns, latest).troubles).toEqual([
      { line: 2, column: columns.day, cell: "yesterday", why: "noDay" },
      { line: 2, column: columns.moneyIn, cell: "many", why: "noAmount" },
      { line: 2, column: columns.moneyOut, cell: "few", why: "noAmount" },
      { line: 3, column: columns.day, cell: "soon", why: "noDay" },
    ]);
  });

  it("take one column with a sign where a bank has no second", () => {
    const one = { ...columns, moneyIn: "金额", moneyOut: null, time: null, balance: null };
    const cells = [
      ["交易日期", "金额"],
      ["2026-11-21", "12.00"],
      ["2026-11-22", "-3.10"],
    ];
    expect(readBankLines(cells, one, latest).lines.map(({ amount }) => amount)).toEqual([1200, -310]);
  });

  it("are nothing where the heads are not there", () => {
    expect(readBankLines([["x"], line], columns, latest).troubles).toHaveLength(1);
  });
});

describe("a bank's file", () => {
  const text = [head, line]
    .map((cells) => cells.map((cell) => (cell.includes(",") ? `"${cell}"` : cell)).join(","))
    .join("\r\n");

  it.each(["utf8", "gb18030"])("is read as %s", async (encoding) => {
    const read = await readTable(iconv.encode(text, encoding), bankLinesMax);
    expect(read.ok && readBankLines(read.value, columns, latest).lines[0]?.amount).toBe(105616);
    expect(read.ok && read.value[1]?.[5]).toBe("财付通支付科技有限公司");
  });

  it("is read as XLSX, numbers and days as they stand", async () => {
    const rows = [
      head,
      [new Date("2026-11-21T00:00:00Z"), "09:00:00", 1056.16, null, 6056.16, "财付通", "提现", "0012"],
    ];
    const bytes = await writeXlsx({ sheets: [{ name: "a", rows }] } as never);
    const read = await readTable(bytes, bankLinesMax);
    expect(read.ok && readBankLines(read.value, columns, latest).lines[0]).toMatchObject({
      day: "2026-11-21",
      amount: 105616,
      reference: "0012",
    });
  });

  it("that is no table is refused", async () => {
    expect(await readTable(Buffer.from("PK\u0003\u0004broken"), bankLinesMax)).toMatchObject({ ok: false });
    const noise = Uint8Array.from({ length: 4_000 }, (_, nth) => (nth * 7_919 + 13) % 251);
    expect(await readTable(noise, bankLinesMax)).toEqual({ ok: false, refusal: "unreadable" });
  });
});
