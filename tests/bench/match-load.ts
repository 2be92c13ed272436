import { sql } from "kysely";
import type { Instant } from "../../src/domain/clock.ts";
import { tradeColumns } from "../../src/gateway/bills/write-rows.ts";
import type { Database, OpenDatabase } from "../../src/gateway/store/database.ts";
import { noon } from "../fakes/matched-stores.ts";

export const accountNames = ["wechat", "alipay", "union"] as const;
export const linesOfAll = 1_000_000;
export const linesOfOne = Math.floor(linesOfAll / accountNames.length);
const refunds = 0.03;
/** The day of the bills, and when they are judged. */
export const day = "2026-11-20";
export const at = noon("2026-11-21");
const dayStart = (noon(day) - 12 * 3_600_000) as Instant;

/**
 * Captures, sales and bill lines: 3 % refunds, 1 % over midnight, and half a percent that does not agree, one of each class a line
 * can come to in every two thousand: 101 not in the bill, 301 captured unheard, 501 paid twice, 701 given up and paid, 901 reversed
 * here alone, 1101 of nobody here, 1301 another amount, 1501 another tender, 1701 another rate; of the refunds one in 200 each is of
 * nobody here or of another amount. What agrees leaves no mark, so the fifth that had been matched before is judged like the rest.
 */
export async function fill(database: OpenDatabase): Promise<void> {
  await sql`insert into store (id, name, address, phone, zone, cut_minute, currency, tax_mode, display_language, rules)
    select id, id, '', '', 'Asia/Shanghai', 240, 'CNY', 'included', 'zh-CN', '{}' from unnest(array['heping', 'jiangbian']) id`.execute(
    database,
  );
  for (const [nth, account] of accountNames.entries()) await fillAccount(database, account, nth);
}

async function fillAccount(database: OpenDatabase, account: string, nth: number): Promise<void> {
  await sql`insert into provider_account (id, home_store, provider, mode, terms, timings, settings, secrets_sealed)
    values (${account}, 'heping', 'wechat-pay', 'sandbox', '{}', '{}', '{}', '\\x00')`.execute(database);
  await sql`insert into store_account (store, account, channel) values
    ('heping', ${account}, ${account}), ('jiangbian', ${account}, ${account})`.execute(database);
  await sql`insert into fee_rate values (${account}, '2026-01-01', 6000, true, 'owner', 0)`.execute(database);
  const payments = Math.floor(linesOfOne * (1 - refunds));
  await inBigTransaction(database, async (step) => {
    await sql`
      create temporary table made on commit drop as
      select i, case when i % 3 = 0 then 'jiangbian' else 'heping' end as store,
        '01KAB0000' || ${String(nth)} || case when i % 3 = 0 then 'TB10' else 'TA10' end || lpad(upper(to_hex(i)), 12, '0') as number,
        100 + (i::bigint * 7919) % 50000 as amount,
        -- one in a hundred lies in the last minute of the day before
        case when i % 100 = 3 then ${dayStart}::bigint - 30000 else ${dayStart}::bigint + (i::bigint * 86399000) / ${payments} end as at,
        i % 2000 as lot
      from generate_series(1, ${payments}) i
    `.execute(step);
    await sql`
      insert into movement
      select store, ${account}, 'payment', number, number, 'S' || substr(number, 2), 'till', ${account}, amount, amount, 'CNY',
        '42' || number, at, ${day}, '', null
      from made where lot not in (301, 701)
    `.execute(step);
    await sql`
      insert into movement
      select store, ${account}, 'reversal', number, number, 'S' || substr(number, 2), 'till', ${account}, amount, amount, 'CNY',
        '42' || number, at, ${day}, '', null
      from made where lot = 901
    `.execute(step);
    await sql`
      insert into payment_attempt (store, id, till, series, journal_number, sale, session, business_date, account, channel,
        presentment, amount, currency, deadline, state, detail, freed, version, memo, snapshot, code_hash, provider_transaction,
        created_at, updated_at)
      select store, number, 'till', 1, i, 'S' || substr(number, 2), null, ${day}, ${account}, ${account}, 'consumer', amount, 'CNY', at,
        case lot when 301 then 'closed' when 701 then 'closed' when 901 then 'reversed' else 'captured' end, '{}', false, 1, '{}', null, null, '42' || number, at, at
      from made
    `.execute(step);
    await sql`
      insert into sale (store, id, till, series, number, state, receipt_number, business_date, session, staff, currency, total, at, body)
      select store, 'S' || substr(number, 2), 'till', 1, i, 'completed', 'A1-1-' || i, ${day}, null, 'staff-1', 'CNY', amount, at, 'null'
      from made
    `.execute(step);
    await sql`
      insert into sale_tender (store, sale, n, kind, amount, tip, attempt)
      select store, 'S' || substr(number, 2), 1, 'payment', case lot when 1501 then amount + 1 else amount end, 0, number
      from made where lot not in (501, 701, 901)
    `.execute(step);
    await sql`
      insert into bill_row (${sql.join(tradeColumns.map((name) => sql.ref(name)))})
      select store, ${account}, ${`${account}/trade/${day}/1`}, i, 'trade', ${day}, 'payment',
        case when lot = 1101 then substr(number, 1, 14) || 'ZZ' || substr(number, 17) else number end, number, true,
        case when lot = 1301 then amount - 1 else amount end, case when lot = 1301 then amount - 1 else amount end,
        ((amount * 6000 * 2 + 1000000) / 2000000) * case when lot = 1701 then 2000 else 1000 end,
        6000, 'CNY', '42' || number, at, 'SUCCESS'
      from made where lot <> 101
    `.execute(step);
    const back = linesOfOne - payments;
    await sql`
      insert into movement
      select store, ${account}, 'refund', substr(number, 1, 10) || 'RFND' || substr(number, 15), number, null, 'till', ${account},
        100, 100, 'CNY', '', ${dayStart}::bigint + 3600000, ${day}, '', null
      from made where i <= ${back}
    `.execute(step);
    await sql`
      insert into refund (store, id, attempt, account, channel, cause, sale, till, amount, currency, state, detail, memo, version,
        business_date, provider_refund, created_at, updated_at)
      select store, substr(number, 1, 10) || 'RFND' || substr(number, 15), number, ${account}, ${account}, 'return', '', 'till', 100, 'CNY',
        'succeeded', '{}', '{}', 1, ${day}, null, at, at
      from made where i <= ${back}
    `.execute(step);
    await sql`
      insert into bill_row (${sql.join(tradeColumns.map((name) => sql.ref(name)))})
      select store, ${account}, ${`${account}/trade/${day}/1`}, ${payments} + i, 'trade', ${day}, 'refund',
        substr(number, 1, 10) || case when i % 200 = 7 then 'RFNZ' else 'RFND' end || substr(number, 15), number, true,
        case when i % 200 = 9 then 99 else 100 end, case when i % 200 = 9 then 99 else 100 end,
        -1000 * ((amount * 12000 + 1000000) / 2000000 - ((amount - 100) * 12000 + 1000000) / 2000000), 6000, 'CNY', '', at, 'SUCCESS'
      from made where i <= ${back}
    `.execute(step);
    for (const [version, state] of [
      [1, "current"],
      [2, "stored"],
    ] as const)
      await sql`insert into bill (store, id, account, kind, day, version, state, origin, name, size, sha256, announced, handed_by,
          row_count, footer, counted, trouble, at, taken_at, checked_at)
        values ('heping', ${`${account}/trade/${day}/${version}`}, ${account}, 'trade', ${day}, ${version}, ${state}, 'fetched', '', 0,
          null, null, null, 0, null, null, null, ${at}, ${at}, ${at})`.execute(step);
  });
}

/** A transaction that may take as long as it takes. */
export function inBigTransaction(database: Database, work: (step: Database) => Promise<void>): Promise<void> {
  return (database as OpenDatabase).transaction().execute(async (step) => {
    await sql`set local statement_timeout = 0`.execute(step);
    await work(step);
  });
}
