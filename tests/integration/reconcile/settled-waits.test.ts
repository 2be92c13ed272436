import { beforeEach, describe, expect, it } from "vitest";
import type { Instant } from "../../../src/domain/clock.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { planJudgingOpen } from "../../../src/gateway/mend/judge-work.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMender, type Mender } from "../../fakes/mender.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
/** Twenty minutes before the provider's midnight. */
const late = (at + 12 * 3_600_000 - 20 * 60_000) as Instant;

let shop: MatchedShop;
let mender: Mender;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  mender = openMender(shop, next);
});

const widen = (nearMinutes: number, pairMinutes: number) =>
  shop.database
    .insertInto("matching_window")
    .values({ account: account.id, near_minutes: nearMinutes, pair_minutes: pairMinutes, set_by: "owner", set_at: 0 })
    .execute();

describe("what two people have settled", () => {
  it("stays settled while wider minutes let it wait for the neighbouring bill, and after it", async () => {
    await shop.payment({ amount: 200, at });
    await shop.payment({ amount: 11300, at: late });
    await shop.bill(day, [], next);
    const items = (await shop.database.selectFrom("difference").select(["store", "id", "amount"]).execute()).filter(
      ({ amount }) => amount === -11300,
    );
    await mender.mend("writeOff", {}, items);
    await widen(30, 10);
    await planJudgingOpen(shop.database, account.id, next);
    await mender.judge();
    const settled = [["break withUsNotWithThem -200"], 11300];
    expect([await shop.open(), await shop.balance(accounts.loss)]).toEqual(settled);
    await shop.bill("2026-11-21", [], noon("2026-11-22"));
    await shop.review(noon("2026-11-22"));
    expect([await shop.open(), await shop.balance(accounts.loss)]).toEqual(settled);
  });

  it("stays settled while a noted payment waits for a bill that wider minutes ask for", async () => {
    const noted = { store: "jiangbian", amount: 1800, receivable: 1800, at: late, sale: "S1" };
    await shop.movement("unverified", "S1/1", noted);
    await shop.bill(day, [], next);
    expect(await shop.open()).toEqual(["break unprovenTender -1800"]);
    await mender.mend("writeOff");
    await widen(10, 30);
    await shop.review(next);
    expect([await shop.open(), await shop.balance(accounts.loss)]).toEqual([[], 1800]);
  });
});

it("what falls with its cause is told in the audit log, each once", async () => {
  const one = await shop.payment({ amount: 11300, at });
  await shop.bill(day, [], next);
  await mender.mend("writeOff");
  await shop.bill(day, [tradeRow(one, 11300, at)], next);
  await shop.review(next);
  const told = await shop.database
    .selectFrom("audit_entry")
    .select(["who", "subject", "before"])
    .where("act", "=", "mendingUndone")
    .execute();
  const mending = await shop.database.selectFrom("mending").select("id").executeTakeFirstOrThrow();
  const before = { action: "writeOff", amount: 11300, currency: "CNY" };
  expect(told).toEqual([{ who: null, subject: mending.id, before }]);
});

describe("a refund that somebody has sent again", () => {
  const hour = 3_600_000;
  const after = (hours: number): Instant => (next + hours * hour) as Instant;
  const set = (state: string, updated: Instant) =>
    shop.database.updateTable("refund").set({ state, updated_at: updated }).execute();

  /** A promised one that waited for a person for more than a day. */
  beforeEach(async () => {
    const one = await shop.payment({ amount: 4700, at: (at - 24 * hour) as Instant });
    await shop.refund(one, 800, (at - 24 * hour) as Instant, "owed");
    await shop.review(next);
    expect(await shop.open()).toEqual(["break refundStuck 800"]);
    expect(await mender.mend("resendRefund")).toEqual({ state: "done", failed: [] });
    await shop.review(after(1));
    expect(await shop.open()).toEqual([]);
  });

  it("and that fails is a break anew", async () => {
    await set("failed", after(2));
    await shop.review(after(3));
    expect(await shop.open()).toEqual(["break refundStuck 800"]);
    const [row] = await shop.database
      .selectFrom("difference")
      .select("round")
      .where("class", "=", "refundStuck")
      .execute();
    expect(row?.round).toBe(2);
  });

  it("and that nothing came of for another day is a break anew", async () => {
    await set("unknown", after(2));
    await shop.review(after(23));
    expect(await shop.open()).toEqual([]);
    await shop.review(after(25));
    expect(await shop.open()).toEqual(["break refundStuck 800"]);
  });

  it("and that the provider takes on is none", async () => {
    await set("succeeded", after(2));
    await shop.review(after(48));
    expect((await shop.open()).filter((each) => each.includes("refundStuck"))).toEqual([]);
  });
});
