import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import type { FlowRow } from "../../../src/domain/bills/bill.ts";
import { minorUnits } from "../../../src/domain/money.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { proveBalance } from "../../../src/gateway/settlement/prove-balance.ts";
import { openPostgres, type OpenDatabase } from "../../../src/gateway/store/database.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");

let shop: MatchedShop;
let owner: OpenDatabase;
beforeEach(async () => {
  const fresh = await freshDatabase();
  shop = await openMatchedShop(fresh.open());
  owner = openPostgres(fresh.ownerUrl, () => undefined, 1);
  return () => owner.destroy();
});

function flowRow(line: number, change: Partial<FlowRow>): FlowRow {
  const amount = minorUnits(5616);
  const own = { line, at, number: `F${line}`, transaction: "", voucher: "", words: "", note: "", isJoined: false };
  return { ...own, kind: "payout", amount, balance: amount, ...change };
}

describe("a ledger of years", () => {
  const rowsBefore = 60_000;

  it("is not read for the proof of one day's balance", async () => {
    await shop.bill(day, [tradeRow("PORTAL-1", 11300, at)], next);
    await shop.flow(day, [flowRow(1, { voucher: "P1", amount: minorUnits(-500), words: "提现" })], next);
    await sql`
      insert into ledger_transfer
        (store, posting, n, debit, credit, amount, currency, business_date, posting_date, event, subject, at)
      select ${account.homeStore}, 'old/' || i, 1, ${accounts.balance(account.id)}, 'betweenStores/jiangbian', 1, 'CNY',
        to_char(date '2025-01-01' + i % 300, 'YYYY-MM-DD'), to_char(date '2025-01-01' + i % 300, 'YYYY-MM-DD'),
        'billTaken', 'old/' || i, 0
      from generate_series(1, ${sql.lit(rowsBefore)}) i
    `.execute(shop.database);
    await sql`analyze ledger_transfer`.execute(owner);
    const read = await shop.database.transaction().execute(async (step) => {
      await proveBalance(step, account, day, next);
      const { rows } = await sql<{ read: number }>`
        select (seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as read from pg_stat_xact_user_tables
        where relname = 'ledger_transfer'
      `.execute(step);
      return rows[0]?.read ?? 0;
    });
    expect(read).toBeLessThan(100);
  });
});

describe("a refund that the provider closed", () => {
  it("and that no bill knows had taken what came back, not what another one without a provider's number had taken", async () => {
    const one = await shop.payment({ amount: 11300, at });
    const back = await shop.refund(one, 2000, at);
    await shop.bill(
      day,
      [tradeRow(one, 11300, at), tradeRow(one, 2000, at, { kind: "refund", refund: back, fee: -12_000 })],
      next,
    );
    const before = await shop.balance(accounts.fees);
    await shop.flow(day, [flowRow(1, { kind: "refundClosed", voucher: "UNKNOWN", words: "退款关闭" })], next);
    expect(await shop.balance(accounts.fees)).toBe(before);
  });
});
