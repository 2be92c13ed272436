import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import { systemRandom } from "../../../src/gateway/system-clock.ts";
import { audit } from "../../../src/gateway/audit/audit.ts";
import { readAudit } from "../../../src/gateway/audit/read-audit.ts";
import { aboutMending } from "../../../src/gateway/mend/mended-stores.ts";
import { pairByHand } from "../../../src/gateway/mend/pair-by-hand.ts";
import { openPostgres, type Database, type OpenDatabase } from "../../../src/gateway/store/database.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon, stores } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";
import { lookUpsOf } from "../look-ups.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const rowsBefore = 50_000;

let shop: MatchedShop;
let owner: OpenDatabase;
beforeEach(async () => {
  const fresh = await freshDatabase();
  shop = await openMatchedShop(fresh.open());
  owner = openPostgres(fresh.ownerUrl, () => undefined, 1);
  return () => owner.destroy();
});

/** An index that begins with the store serves every look-up of `table`. */
async function byStore<Answer>(table: string, act: (step: Database) => Promise<Answer>): Promise<Answer> {
  await sql`analyze ${sql.table(table)}`.execute(owner);
  const { answer, conditions } = await lookUpsOf(shop.database, table, act);
  expect(conditions.length).toBeGreaterThan(0);
  for (const condition of conditions) expect(condition).toMatch(/\bstore\b/u);
  return answer;
}

describe("years of bills and pairs", () => {
  beforeEach(async () => {
    await shop.movement("unverified", "S1/1", { store: "jiangbian", amount: 1800, receivable: 1800, at, sale: "S1" });
    await shop.bill(day, [tradeRow("FOREIGN-1", 1800, noon("2026-11-19"))], next);
    expect(await shop.open()).toEqual(["break unprovenTender -1800"]);
    await sql`
      insert into bill_row (store, account, bill, line, kind, day, side, number, payment, own, amount, receivable, fee, rate,
        currency, provider_number, at, status, gone_with)
      select ${account.homeStore}, ${account.id}, 'old', i, 'trade', '2025-01-01', 'payment', 'N' || i, 'N' || i, false, 1, 1, 0, 0,
        'CNY', '', 0, '', null
      from generate_series(1, ${sql.lit(rowsBefore)}) i
    `.execute(shop.database);
    await sql`
      insert into pairing (store, account, tender, row_store, row_number, by, at, undone_at)
      select ${account.homeStore}, 'another', 'T' || i, ${account.homeStore}, 'N' || i, '', 0, null
      from generate_series(1, ${sql.lit(rowsBefore)}) i
    `.execute(shop.database);
    // the home has gone over to another account: its rows stand there all the same
    await shop.database.deleteFrom("store_account").where("store", "=", account.homeStore).execute();
  });

  it("are not read to tell which stores a pair that is proposed is about, the account's home among them", async () => {
    const items = await shop.database.selectFrom("difference").select(["store", "id"]).execute();
    const about = await byStore("bill_row", (step) => aboutMending(step, "pair", items, { row: "FOREIGN-1" }));
    expect([...(about ?? [])].toSorted()).toEqual([...stores].toSorted());
  });

  it.each(["bill_row", "pairing"])("are not read to pair by hand: %s", async (table) => {
    const row = await shop.database.selectFrom("difference").selectAll().executeTakeFirstOrThrow();
    const by = { mending: "M1", person: "staff-5", at: next };
    const item = { row, class: "unprovenTender" } as const;
    expect((await byStore(table, (step) => pairByHand(step, item, "FOREIGN-1", by))).ok).toBe(true);
    expect(await shop.open()).toEqual([]);
  });
});

describe("years of mendings", () => {
  it.each([
    ["one store", "jiangbian"],
    ["several stores", null],
  ])("are not read for the audit log to name what a yes about %s was for", async (_, store) => {
    await sql`
      insert into mending (store, id, action, state, reason, amount, currency, parameters, proposed_by, proposed_at)
      select 'jiangbian', 'M' || i, 'writeOff', 'done', '', 1, 'CNY', '{}', 'owner', 0
      from generate_series(1, ${sql.lit(rowsBefore)}) i
    `.execute(shop.database);
    const entry = { store, who: "staff-5", act: "approvalGiven", subject: "mending/M77/abc", at } as const;
    await audit(shop.database, systemRandom, entry);
    const { entries } = await byStore("mending", (step) => readAudit(step, stores, {}));
    expect(entries.map(({ action }) => action)).toEqual(["writeOff"]);
  });
});
