import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import { plusMs } from "../../../src/domain/clock.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { reviewAccount } from "../../../src/gateway/reconcile/review.ts";
import { openPostgres, type OpenDatabase } from "../../../src/gateway/store/database.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon, stores, zone } from "../../fakes/matched-stores.ts";
import { openMender } from "../../fakes/mender.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const minute = 60_000;

let shop: MatchedShop;
let owner: OpenDatabase;
beforeEach(async () => {
  const fresh = await freshDatabase();
  shop = await openMatchedShop(fresh.open());
  owner = openPostgres(fresh.ownerUrl, () => undefined, 1);
  return () => owner.destroy();
});

const noted = (sale: string, instant = at) =>
  shop.movement("unverified", `${sale}/1`, { store: "heping", amount: 1800, receivable: 1800, at: instant, sale });
const giveUp = async (sale: string) => {
  const items = await shop.database
    .selectFrom("difference")
    .select(["store", "id"])
    .where("number", "=", `${sale}/1`)
    .execute();
  expect(await openMender(shop, next).mend("writeOff", {}, items)).toEqual({ state: "done", failed: [] });
};
const pairWithin = (minutes: number) =>
  shop.database
    .insertInto("matching_window")
    .values({ account: account.id, near_minutes: 10, pair_minutes: minutes, set_by: "owner", set_at: 0 })
    .execute();

describe("the bills of the months since a payment was noted unproved", () => {
  /** So many rows of later days that no till of ours made. */
  const rowsSince = 50_000;
  const later = noon("2027-03-01");

  it.each([
    ["given up", true],
    ["not settled by anybody", false],
  ])("are not read by a review when it was %s", async (_, isGivenUp) => {
    await noted("S1");
    await shop.bill(day, [], next);
    if (isGivenUp) await giveUp("S1");
    await sql`
      insert into bill_row (store, account, bill, line, kind, day, side, number, payment, own, amount, receivable, fee, rate,
        currency, provider_number, at, status, gone_with)
      select ${account.homeStore}, ${account.id}, 'later', i, 'trade', to_char(date '2026-12-01' + i % 60, 'YYYY-MM-DD'), 'payment',
        'N' || i, 'N' || i, false, 1, 1, 0, 0, 'CNY', '', ${at}::bigint + 86400000::bigint * (11 + i % 60), '', null
      from generate_series(1, ${sql.lit(rowsSince)}) i
    `.execute(shop.database);
    await sql`analyze bill_row`.execute(owner);
    const read = await shop.database.transaction().execute(async (step) => {
      await reviewAccount(step, account, stores, { zone }, later);
      const { rows } = await sql<{ read: number }>`
        select (seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as read from pg_stat_xact_user_tables
        where relname = 'bill_row'
      `.execute(step);
      return rows[0]?.read ?? 0;
    });
    expect(read).toBeLessThan(100);
    expect(await shop.open()).toEqual(isGivenUp ? [] : ["break unprovenTender -1800"]);
  });
});

describe("a payment noted unproved that was given up", () => {
  it("stays so while minutes get wider, and is looked at again once a bill had it and lost it", async () => {
    const row = tradeRow("FOREIGN-1", 1800, plusMs(at, 20 * minute));
    await noted("S1");
    await shop.bill(day, [row], next);
    await giveUp("S1");
    await pairWithin(25);
    await shop.review(next);
    expect([await shop.open(), await shop.balance(accounts.loss)]).toEqual([[], 1800]);
    await shop.bill(day, [row, tradeRow("FOREIGN-2", 1800, plusMs(at, 30 * minute))], next);
    expect(await shop.balance(accounts.loss)).toBe(0);
    await shop.bill(day, [tradeRow("FOREIGN-2", 1800, plusMs(at, 30 * minute))], next);
    expect([await shop.open(), await shop.balance(accounts.loss)]).toEqual([["break unprovenTender -1800"], 0]);
    await shop.database.updateTable("matching_window").set({ pair_minutes: 35 }).execute();
    await shop.review(next);
    expect(await shop.open()).toEqual([]);
  });

  it("may still be what a row is: another noted beside it is not paired by itself", async () => {
    await noted("S1");
    await noted("S2", plusMs(at, 12 * minute));
    await shop.bill(day, [tradeRow("FOREIGN-1", 1800, plusMs(at, 6 * minute))], next);
    await giveUp("S1");
    await shop.review(next);
    expect(await shop.open()).toEqual(["break unprovenTender -1800"]);
  });
});
