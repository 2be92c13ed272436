import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  matchDeposits,
  missingFrom,
  type CashCredit,
  type OpenDeposit,
} from "../../../src/domain/settlement/match-deposits.ts";

const deposit = (key: string, amount: number, day = "2026-11-20", slip = `CK-${key}00`): OpenDeposit => ({
  key,
  slip,
  amount,
  day,
});
const credit = (key: string, amount: number, day = "2026-11-20", said = "现金存入"): CashCredit => ({
  key,
  amount,
  day,
  said,
});

describe("a deposit and the bank's line", () => {
  test.each([
    { what: "of the same day and amount", line: credit("1", 500), found: true },
    { what: "five days later", line: credit("1", 500, "2026-11-25"), found: true },
    { what: "six days later", line: credit("1", 500, "2026-11-26"), found: false },
    { what: "the day before", line: credit("1", 500, "2026-11-19"), found: false },
    { what: "of another fen", line: credit("1", 501, "2026-11-20", "货款"), found: false },
    { what: "that says nothing of cash", line: credit("1", 500, "2026-11-21", "货款"), found: true },
    { what: "a month later that names the slip", line: credit("1", 500, "2026-12-20", "存款单CK-A00"), found: true },
    { what: "that names another number", line: credit("1", 500, "2026-12-20", "存款单CK-A001"), found: false },
  ])("a line $what: matched $found", ({ line, found }) => {
    const matches = matchDeposits([deposit("A", 500)], [line]);
    expect(matches.exact).toEqual(found ? [{ credit: "1", deposit: "A" }] : []);
  });

  test("a slip that is named decides between two of the same amount, and its line is nobody else's", () => {
    const two = [deposit("A", 500), deposit("B", 500)];
    expect(matchDeposits(two, [credit("1", 500, "2026-11-21", "cash CK-B00")]).exact).toEqual([
      { credit: "1", deposit: "B" },
    ]);
    const other = [deposit("A", 500), deposit("B", 700)];
    const matches = matchDeposits(other, [credit("1", 500, "2026-11-21", "cash CK-B00")]);
    expect(matches).toEqual({ exact: [], differing: [{ credit: "1", deposit: "B", short: 200 }] });
  });

  test("what says that it is cash comes before a stranger's line of the same amount", () => {
    const lines = [credit("1", 500, "2026-11-20", "货款"), credit("2", 500, "2026-11-21")];
    expect(matchDeposits([deposit("A", 500)], lines).exact).toEqual([{ credit: "2", deposit: "A" }]);
  });

  test("the only cash credit and the only deposit differ; where two could be meant nothing is said", () => {
    expect(matchDeposits([deposit("A", 500)], [credit("1", 480)]).differing).toEqual([
      { credit: "1", deposit: "A", short: 20 },
    ]);
    expect(matchDeposits([deposit("A", 500), deposit("B", 510)], [credit("1", 480)]).differing).toEqual([]);
    expect(matchDeposits([deposit("A", 500)], [credit("1", 480), credit("2", 470)]).differing).toEqual([]);
    expect(matchDeposits([deposit("A", 500)], [credit("1", 480, "2026-11-20", "货款")]).differing).toEqual([]);
  });

  test("a cash credit of quite another amount is not that deposit come short", () => {
    expect(matchDeposits([deposit("A", 999_900)], [credit("1", 3_650)])).toEqual({ exact: [], differing: [] });
    expect(matchDeposits([deposit("A", 1_000)], [credit("1", 899)]).differing).toEqual([]);
    expect(matchDeposits([deposit("A", 1_000)], [credit("1", 900)]).differing).toHaveLength(1);
    // a slip that it names says whose it is, whatever it comes to
    expect(matchDeposits([deposit("A", 999_900)], [credit("1", 3_650, "2026-11-21", "cash CK-A00")]).differing).toEqual(
      [{ credit: "1", deposit: "A", short: 996_250 }],
    );
  });

  test("is missing from the sixth day on", () => {
    expect(missingFrom("2026-11-28")).toBe("2026-12-04");
  });
});

test("whatever comes, a line brings one deposit at most and a deposit comes by one line", () => {
  const days = fc.integer({ min: 10, max: 28 }).map((day) => `2026-11-${day}`);
  const amounts = fc.constantFrom(100, 200, 300);
  const deposits = fc.array(fc.tuple(amounts, days), { maxLength: 8 });
  const credits = fc.array(fc.tuple(amounts, days, fc.constantFrom("现金", "货款", "现金 CK-300", "CK-100")), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(deposits, credits, (made, lines) => {
      const { exact, differing } = matchDeposits(
        made.map(([amount, day], nth) => deposit(String(nth), amount, day)),
        lines.map(([amount, day, said], nth) => credit(String(nth), amount, day, said)),
      );
      const all = [...exact, ...differing];
      expect(new Set(all.map((each) => each.credit)).size).toBe(all.length);
      expect(new Set(all.map((each) => each.deposit)).size).toBe(all.length);
      for (const each of exact) expect(made[Number(each.deposit)]?.[0]).toBe(lines[Number(each.credit)]?.[0]);
      for (const each of differing) expect(each.short).not.toBe(0);
    }),
  );
});
