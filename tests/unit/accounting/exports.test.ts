import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import {
  entriesOf,
  mappedAccount,
  unmappedOf,
  type MappedAccount,
} from "../../../src/domain/accounting/account-map.ts";
import { suggestedAccounts } from "../../../src/domain/accounting/suggested-accounts.ts";
import { u8Text, yuanText } from "../../../src/domain/accounting/u8-text.ts";
import { exportedDay as day, exportMap as map } from "../../fakes/exported-day.ts";
import { voucherFile } from "../../../src/gateway/accounting/voucher-file.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";

describe("the account map", () => {
  it("takes the longer pattern before the kind", () => {
    const own: MappedAccount = { ...(map[0] as MappedAccount), pattern: "drawer/till-a1", code: "10010101" };
    expect(mappedAccount("drawer/till-a1", [...map, own])?.code).toBe("10010101");
    expect(mappedAccount("drawer/till-a2", [...map, own])?.code).toBe("100101");
    expect(mappedAccount("nobody", map)).toBeNull();
  });

  it("names what is not mapped, and what an account asks for and is not given", () => {
    const asks: MappedAccount = { ...(map[0] as MappedAccount), asks: ["department", "cashFlow"], cashFlow: "01" };
    expect(unmappedOf(["drawer/till-a1", "moon"], [asks])).toEqual([
      { account: "drawer/till-a1", missing: "department" },
      { account: "moon", missing: "account" },
    ]);
  });

  it("suggests a place for every account that our books have", () => {
    const all = Object.values(accounts).map((name) => (typeof name === "string" ? name : name("1300" as never)));
    expect(unmappedOf(all, map)).toEqual([]);
    expect(unmappedOf(all, suggestedAccounts("small"))).toEqual([]);
  });

  it("merges lines of one code, keeps debits apart from credits, and the sides equal", () => {
    const account = fc.constantFrom(...map.map(({ pattern }) => `${pattern}/x`));
    const line = fc.record({
      account,
      debit: fc.integer({ min: -1_000_000, max: 1_000_000 }),
      credit: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (some) => {
        const entries = entriesOf(some, map, (name) => name);
        const sum = (
          pick: (entry: { debit: number; credit: number }) => number,
          of: readonly { debit: number; credit: number }[],
        ) => of.reduce((all, entry) => all + pick(entry), 0);
        expect(sum(({ debit }) => debit, entries)).toBe(sum(({ debit }) => debit, some));
        expect(sum(({ credit }) => credit, entries)).toBe(sum(({ credit }) => credit, some));
        expect(entries.every(({ debit, credit }) => (debit === 0) !== (credit === 0))).toBe(true);
      }),
    );
  });
});

describe("用友 U8", () => {
  it("is the form's first line and a line an entry, one of the two amounts zero", async () => {
    const { bytes, control, replaced } = await voucherFile([day()], map, "u8", "heping");
    const text = new TextDecoder("gb18030").decode(bytes);
    const [head, ...rows] = text.trimEnd().split("\r\n");
    expect(head).toBe("填制凭证,V800");
    expect(rows[0]).toBe("2026-11-20,记,KT20261120-heping-7,0,11月20日库存现金-钱箱,100101,113.00,0.00,,,,款台,,,,,,");
    expect(rows.every((row) => row.split(",").length === 18)).toBe(true);
    const amounts = rows.map((row) => row.split(",").slice(6, 8).map(Number));
    expect(amounts.every(([debit, credit]) => (debit === 0) !== (credit === 0))).toBe(true);
    const sum = (side: number) => Math.round(amounts.reduce((all, each) => all + (each[side] ?? 0) * 100, 0));
    expect([sum(0), sum(1)]).toEqual([control, control]);
    expect(replaced).toBe(0);
  });

  it("never breaks a line by what stands in a name", () => {
    const entry = {
      code: "1",
      name: "n",
      summary: 'a,b"c\r\nd',
      debit: 1,
      credit: 0,
      department: "",
      customer: "",
      cashFlow: "",
    };
    const text = u8Text([{ day: "2026-11-20", number: 1, store: "s", entries: [entry] }], "m,n");
    expect(text.split("\r\n")).toHaveLength(3);
    expect(text).toContain("a，b c d");
  });

  it("writes red entries with their minus", () => {
    expect([yuanText(-5), yuanText(-12345), yuanText(0), yuanText(100)]).toEqual(["-0.05", "-123.45", "0.00", "1.00"]);
  });

  it("marks a draft, and what came later than its day", async () => {
    const late = [{ businessDate: "2026-11-18", debits: 5 }];
    const { bytes } = await voucherFile([day({ late, number: 0 }, true)], map, "u8", "heping");
    const text = new TextDecoder("gb18030").decode(bytes);
    expect(text).toContain("未结 11月20日库存现金-钱箱（含补记）");
  });
});

it.each(["u8", "kingdeeCsv", "kingdeeXlsx", "json"] as const)("%s has the same bytes each time", async (format) => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-21T01:00:00Z") });
  const first = await voucherFile([day()], map, format, "heping");
  vi.setSystemTime(Date.parse("2027-03-04T05:06:07Z"));
  const second = await voucherFile([day()], map, format, "heping");
  vi.useRealTimers();
  expect(Buffer.from(first.bytes).equals(Buffer.from(second.bytes))).toBe(true);
  expect(first.control).toBe(22668);
});
