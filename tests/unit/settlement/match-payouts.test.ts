import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchPayouts, type OpenCredit, type OpenPayout } from "../../../src/domain/settlement/match-payouts.ts";
import { namesAnother, namesPayout, numbersIn } from "../../../src/domain/settlement/named-payouts.ts";

const through = () => "2026-11-30";

function payout(key: string, amount: number, day: string, account = "wechat"): OpenPayout {
  return { key, account, amount, day };
}
function credit(
  key: string,
  amount: number,
  day: string,
  accounts: string | readonly string[] | null = "wechat",
  ...names: readonly string[]
): OpenCredit {
  return { key, accounts: accounts === null ? [] : [accounts].flat(), amount, day, names };
}

describe("credits and payouts", () => {
  it("match exactly, within five days and not before", () => {
    const payouts = [payout("P1", 5616, "2026-11-20")];
    for (const day of ["2026-11-20", "2026-11-21", "2026-11-25"])
      expect(matchPayouts(payouts, [credit("C1", 5616, day)], through).exact).toEqual([
        { credit: "C1", payouts: ["P1"] },
      ]);
    for (const day of ["2026-11-19", "2026-11-26"])
      expect(matchPayouts(payouts, [credit("C1", 5616, day)], through)).toEqual({
        exact: [],
        differing: [],
        late: ["P1"],
        unknown: ["C1"],
      });
  });

  it("of which not all payouts are known yet, match exactly or wait", () => {
    const payouts = [payout("P1", 5616, "2026-11-20")];
    const early = (amount: number): OpenCredit => ({ ...credit("C1", amount, "2026-11-21"), isEarly: true });
    expect(matchPayouts(payouts, [early(5616)], through).exact).toEqual([{ credit: "C1", payouts: ["P1"] }]);
    expect(matchPayouts(payouts, [early(900)], through)).toEqual({
      exact: [],
      differing: [],
      late: ["P1"],
      unknown: [],
    });
  });

  it("never match another account's, or a stranger's of the same amount", () => {
    const payouts = [payout("P1", 5616, "2026-11-20")];
    expect(matchPayouts(payouts, [credit("C1", 5616, "2026-11-21", "alipay")], through).exact).toEqual([]);
    expect(matchPayouts(payouts, [credit("C1", 5616, "2026-11-21", null)], through).unknown).toEqual(["C1"]);
  });

  it("match whichever account brings them exactly, where the text fits several, and never two accounts' together", () => {
    const payouts = [payout("P1", 100, "2026-11-20"), payout("P2", 200, "2026-11-20", "wechat-2")];
    const credits = (amount: number) => [credit("C1", amount, "2026-11-21", ["wechat", "wechat-2"])];
    expect(matchPayouts(payouts, credits(200), through).exact).toEqual([{ credit: "C1", payouts: ["P2"] }]);
    expect(matchPayouts(payouts, credits(300), through)).toMatchObject({ exact: [], unknown: ["C1"] });
  });

  it("match several payouts that came together", () => {
    const payouts = [payout("P1", 100, "2026-11-20"), payout("P2", 200, "2026-11-21"), payout("P3", 400, "2026-11-22")];
    expect(matchPayouts(payouts, [credit("C1", 300, "2026-11-23")], through)).toMatchObject({
      exact: [{ credit: "C1", payouts: ["P1", "P2"] }],
      late: ["P3"],
    });
  });

  it("take two of one amount one after the other", () => {
    const payouts = [payout("P1", 100, "2026-11-20"), payout("P2", 100, "2026-11-21")];
    expect(
      matchPayouts(payouts, [credit("C1", 100, "2026-11-21"), credit("C2", 100, "2026-11-22")], through).exact,
    ).toEqual([
      { credit: "C1", payouts: ["P1"] },
      { credit: "C2", payouts: ["P2"] },
    ]);
  });

  it("go by the number that the text names before anything else", () => {
    const payouts = [payout("P1", 100, "2026-11-20"), payout("P2", 100, "2026-11-20")];
    expect(matchPayouts(payouts, [credit("C1", 100, "2026-11-21", "wechat", "P2")], through).exact).toEqual([
      { credit: "C1", payouts: ["P2"] },
    ]);
  });

  it("that can only be each other's differ, short or over", () => {
    const payouts = [payout("P1", 5616, "2026-11-20"), payout("P2", 900, "2026-11-27")];
    expect(
      matchPayouts(payouts, [credit("C1", 5566, "2026-11-21"), credit("C2", 950, "2026-11-28")], through).differing,
    ).toEqual([
      { credit: "C1", payout: "P1", short: 50 },
      { credit: "C2", payout: "P2", short: -50 },
    ]);
  });

  it("are not guessed where it could be another", () => {
    const payouts = [payout("P1", 100, "2026-11-20"), payout("P2", 200, "2026-11-20")];
    expect(matchPayouts(payouts, [credit("C1", 150, "2026-11-21")], through)).toEqual({
      exact: [],
      differing: [],
      late: ["P1", "P2"],
      unknown: ["C1"],
    });
  });

  it("are late only when the bank's lines reach past the five days they may take", () => {
    const payouts = [payout("P1", 100, "2026-11-20")];
    expect(matchPayouts(payouts, [], () => "2026-11-25").late).toEqual([]);
    expect(matchPayouts(payouts, [], () => "2026-11-26").late).toEqual(["P1"]);
  });

  it("that name a payout are its or nobody's, also when it has come already or is of another amount", () => {
    const payouts = [payout("P1", 200, "2026-11-20"), payout("P2", 900, "2026-11-20")];
    const named = (amount: number, ...names: readonly string[]) =>
      matchPayouts(payouts, [credit("C1", amount, "2026-11-21", "wechat", ...names)], through);
    for (const amount of [200, 300, 1100])
      expect(named(amount, "P0")).toMatchObject({ exact: [], differing: [], unknown: ["C1"] });
    expect(matchPayouts(payouts.slice(0, 1), [credit("C1", 300, "2026-11-21", "wechat", "P0")], through)).toMatchObject(
      {
        differing: [],
        unknown: ["C1"],
      },
    );
    expect(named(200, "P2").differing).toEqual([{ credit: "C1", payout: "P2", short: 700 }]);
    expect(named(1100, "P1", "P2").exact).toEqual([{ credit: "C1", payouts: ["P1", "P2"] }]);
  });

  it("that name a payout bring it before those that may mean it, however late and of whatever amount", () => {
    const payouts = [payout("P1", 200, "2026-11-20")];
    const late = credit("C2", 150, "2026-11-29", "wechat", "P1");
    expect(matchPayouts(payouts, [credit("C1", 100, "2026-11-21"), late], through)).toMatchObject({
      differing: [{ credit: "C2", payout: "P1", short: 50 }],
      late: [],
      unknown: ["C1"],
    });
    // one that names another number is not it even of its amount
    const other = { ...credit("C1", 200, "2026-11-21"), isOfAnother: true };
    expect(matchPayouts(payouts, [other, late], through)).toMatchObject({
      exact: [],
      differing: [{ credit: "C2", payout: "P1", short: 50 }],
    });
    // two that name it: nobody can say
    const twice = [late, { ...late, key: "C3" }, credit("C1", 100, "2026-11-21")];
    expect(matchPayouts(payouts, twice, through)).toMatchObject({ exact: [], differing: [] });
  });

  it("that name a number nobody knows never stand for another amount, and wait while not all are known", () => {
    const payouts = [payout("P1", 200, "2026-11-20")];
    const other = (amount: number, isEarly: boolean) =>
      matchPayouts(payouts, [{ ...credit("C1", amount, "2026-11-21"), isOfAnother: true, isEarly }], through);
    expect(other(300, false)).toMatchObject({ exact: [], differing: [], unknown: ["C1"] });
    expect(other(200, true)).toMatchObject({ exact: [], differing: [], unknown: [] });
    expect(other(200, false).exact).toEqual([{ credit: "C1", payouts: ["P1"] }]);
  });
});

describe("a text", () => {
  it("is looked up by every number that it names, and by none that it does not name", () => {
    const ends = fc.constantFrom("7", "12345678", "Q", "PAYOUT");
    const number = fc.tuple(ends, fc.string({ unit: fc.constantFrom("0", "x", "-", "_", "/", "4200") }), ends);
    const around = fc.string({ unit: fc.constantFrom("提现", " ", "8", "B", "-", "。", "NO332026112608") });
    fc.assert(
      fc.property(around, number, around, (before, parts, behind) => {
        const own = parts.join("").slice(0, 64);
        const said = `${before}${own}${behind}`;
        const isWritten = /[A-Za-z\d]$/u.test(own);
        if (isWritten) expect(numbersIn(said).has(own)).toBe(namesPayout(said, own));
        for (const found of numbersIn(said)) expect([found, namesPayout(said, found)]).toEqual([found, true]);
      }),
    );
  });

  it("names a number that stands in it whole, whatever is around it", () => {
    for (const said of ["提现332026112608单", "提现 332026112608", "NO332026112608号", "332026112608"])
      expect([said, namesPayout(said, "332026112608")]).toEqual([said, true]);
    for (const said of ["提现3320261126080001", "1332026112608", "33202611260"])
      expect([said, namesPayout(said, "332026112608")]).toEqual([said, false]);
    expect(namesPayout("1332026112608 332026112608", "332026112608")).toBe(true);
    expect(namesPayout("提现 1234567", "1234567")).toBe(false);
  });

  it("names another payout by a number of the same form", () => {
    expect(namesAnother("微信支付商户提现 1900000001 332026112608", ["332026112508"])).toBe(true);
    expect(namesAnother("微信支付商户提现 1900000001 332026112508", ["332026112508"])).toBe(false);
    expect(namesAnother("提现 PAYOUT-0003", ["PAYOUT-0001"])).toBe(true);
    expect(namesAnother("提现", ["PAYOUT-0001"])).toBe(false);
  });
});
