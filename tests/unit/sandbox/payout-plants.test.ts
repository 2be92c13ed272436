import { Formatter } from "wechatpay-axios-plugin";
import { describe, expect, it } from "vitest";
import { billStage } from "./bill-stage.ts";

const judge = Formatter as unknown as { castCsvBill(bytes: Buffer): { rows: Record<string, string>[] } };
type Stage = ReturnType<typeof billStage>;

/** Takings of 110.00 less fees on one day; the clock stands at 13:00. */
async function tradedDay(): Promise<Stage> {
  const stage = billStage("2026-11-20T12:00:00+08:00");
  await stage.pay("T20261120120000000001", 6_000);
  await stage.pay("T20261120120000000002", 5_000);
  await stage.until("2026-11-20 13:00:00");
  return stage;
}

const plant = async (stage: Stage, body: object) =>
  expect(await stage.control("plants", body)).toMatchObject({ status: 200 });
const came = async (stage: Stage) => (await stage.control("plants")).json.plants.map((each: any) => each.came);
const flow = async (stage: Stage, day: string) =>
  judge.castCsvBill((await stage.fundFlow(day))["bytes"]).rows.map((row) => [row["业务名称"], row["收支金额(元)"]]);

describe("a difference planted between payout and bank", () => {
  const payoutDay = "2026-11-21";
  const credits = async (stage: Stage) =>
    (await stage.control("bank")).json.credits.map((each: any) => [
      new Date(each.at + 8 * 3_600_000).toISOString().slice(0, 16),
      each.amount,
    ]);
  const net = 6_000 - 36 + 5_000 - 30;

  it.each<[string, object, readonly (readonly [string, number])[]]>([
    ["none", {}, [["2026-11-22T08:00", net]]],
    ["payoutLate", { kind: "payoutLate" }, [["2026-11-24T08:00", net]]],
    ["payoutShort", { kind: "payoutShort", amount: 50 }, [["2026-11-22T08:00", net - 50]]],
    ["payoutOver", { kind: "payoutOver", amount: 50 }, [["2026-11-22T08:00", net + 50]]],
    ["payoutNeverCredited", { kind: "payoutNeverCredited" }, []],
    ["payoutReturned", { kind: "payoutReturned" }, [["2026-11-24T08:00", net]]],
  ])("%s", async (_what, body, lines) => {
    const stage = await tradedDay();
    if ("kind" in body) await plant(stage, { day: payoutDay, ...body });
    await stage.until("2026-11-25 10:00:00");
    expect(await credits(stage)).toEqual(lines);
    expect((await stage.control("balance")).json.balance).toBe(100_000);
    if ("kind" in body) expect((await came(stage))[0]).toMatchObject({ state: "there", payout: { amount: net } });
  });

  it("a payout that the bank returned comes back to the balance and goes out again with the next", async () => {
    const stage = await tradedDay();
    await plant(stage, { day: payoutDay, kind: "payoutReturned" });
    await stage.until("2026-11-24 10:00:00");
    expect(await flow(stage, "2026-11-22")).toEqual([["提现退回", "109.34"]]);
    expect(await flow(stage, "2026-11-23")).toEqual([["提现", "109.34"]]);
  });

  it("of two payouts of one day a plant takes the first, or the one whose number it names", async () => {
    const stage = await tradedDay();
    await plant(stage, { day: payoutDay, kind: "payoutShort", amount: 50 });
    await stage.until("2026-11-21 09:00:00");
    const drawn = (await stage.control("withdraw", { amount: 1_000 })).json.number;
    const amounts = async () => (await credits(stage)).map(([, amount]: [string, number]) => amount);
    await stage.until("2026-11-22 10:00:00");
    expect(await amounts()).toEqual([net - 50, 1_000]);
    await plant(stage, { order: drawn, kind: "payoutOver", amount: 7 });
    expect(await amounts()).toEqual([net - 50, 1_007]);
  });

  it("unknownCredit is a line of the bank that no payout explains", async () => {
    const stage = await tradedDay();
    await plant(stage, { kind: "unknownCredit", amount: 777, at: "2026-11-20T18:00:00+08:00" });
    expect(await came(stage)).toMatchObject([{ state: "waiting", credit: null }]);
    await stage.until("2026-11-20 20:00:00");
    expect(await came(stage)).toMatchObject([{ state: "there", credit: { amount: 777, payout: null } }]);
    expect(await credits(stage)).toEqual([["2026-11-20T18:00", 777]]);
  });
});
