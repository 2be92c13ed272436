import { pino } from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import type { FlowRow } from "../../../src/domain/bills/bill.ts";
import type { Instant } from "../../../src/domain/clock.ts";
import { minorUnits } from "../../../src/domain/money.ts";
import { fetchBill } from "../../../src/gateway/bills/fetch-bill.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { openMender } from "../../fakes/mender.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const hour = 3_600_000;
const next = noon("2026-11-21");
const before = (next - hour) as Instant;
const late = (next + hour) as Instant;
const bills = { zone: "Asia/Shanghai", kinds: ["trade", "fundFlow"], cutMinute: 0, readyMinute: 600, keptDays: 90 };
const word = { code: "NO_AUTH", text: "" };

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  const one = await shop.payment({ amount: 11300, at });
  await shop.bill(day, [tradeRow(one, 11300, at)], before);
});

/** Asks for a day's bill at `now`; the provider answers so. */
function ask(outcome: object, now: Instant, kind: "fundFlow" | "trade" = "fundFlow", of = day) {
  const clock = { now: () => now, after: () => () => undefined };
  const parts = { database: shop.database, clock, log: pino({ level: "silent" }) };
  const provider = { channel: "wechat", bills, billAccount: async () => "19", fetchBill: async () => outcome };
  return fetchBill(parts as never, { id: account.id, provider } as never, account.homeStore, kind, of);
}

/** A payout of 10.00 out of what lay there. */
const payout: FlowRow = {
  line: 1,
  number: "F1",
  transaction: "42PAYOUT-0001",
  voucher: "PAYOUT-0001",
  words: "提现",
  note: "",
  kind: "payout",
  at,
  amount: minorUnits(-1000),
  balance: minorUnits(0),
  isJoined: false,
};

describe("a day whose fund flow does not come", () => {
  it.each([
    ["is silent", { kind: "silence", why: "timeout" }],
    ["refuses it", { kind: "refused", word }],
    ["has it not ready", { kind: "notReady", word }],
  ])("is said once it is late, when the provider %s", async (_, outcome) => {
    expect(await ask(outcome, before)).toBe("later");
    expect(await shop.open()).toEqual([]);
    expect(await ask(outcome, late)).toBe("later");
    expect(await shop.open()).toEqual(["break flowMissing 0"]);
  });

  it.each([
    ["fundFlow", "flowMissing"],
    ["trade", "billMissing"],
  ] as const)("is in the store's currency, also where no capture says which (%s)", async (kind, type) => {
    // nothing was captured on the day before
    await ask({ kind: "refused", word }, late, kind, "2026-11-19");
    const row = shop.database.selectFrom("difference").select(["currency", "amount"]).where("class", "=", type);
    expect(await row.executeTakeFirst()).toEqual({ currency: "CNY", amount: 0 });
  });

  it("is said no more when it comes", async () => {
    await ask({ kind: "silence", why: "timeout" }, late);
    await shop.flow(day, [payout], late);
    expect((await shop.open()).filter((each) => each.includes("flowMissing"))).toEqual([]);
  });

  it("stays accepted however often it is asked for in vain, until it comes after all", async () => {
    await ask({ kind: "refused", word }, late);
    expect(await openMender(shop, late).mend("accept")).toEqual({ state: "done", failed: [] });
    await ask({ kind: "silence", why: "timeout" }, (late + hour) as Instant);
    expect(await shop.open()).toEqual([]);
    await ask({ kind: "none", word }, (late + 2 * hour) as Instant);
    // the day had a payment: an empty flow contradicts its trade bill
    expect(await shop.open()).toEqual(["break balanceDiffers -11232"]);
  });
});
