import { join } from "node:path";
import { sql } from "kysely";
import { startPostgres } from "../../src/launch/postgres.mjs";
import { openStaging, replaceRows } from "../../src/gateway/bills/correct-rows.ts";
import { tradeColumns } from "../../src/gateway/bills/write-rows.ts";
import { reconcileBill } from "../../src/gateway/reconcile/reconcile-bill.ts";
import { openPostgres, type Database, type OpenDatabase } from "../../src/gateway/store/database.ts";
import { migrate } from "../../src/gateway/store/migrate.ts";
import { roleOf } from "../../src/gateway/store/database.ts";
import type { Stage } from "./bench.ts";
import type { Row } from "./figures.ts";
import { accountNames, at, day, fill, inBigTransaction, linesOfAll, linesOfOne } from "./match-load.ts";

const secondsMax = 60;
const ratioMax = 3;

/**
 * The day's end of a large chain: a million bill lines of three accounts against as many captures and their sales, posting
 * included; then a corrected bill of one account in which one line in a hundred differs. Beside it the bare join of the same rows.
 */
export async function measureMatch({ folder }: Stage): Promise<readonly Row[]> {
  const server = await startPostgres({ folder: join(folder, "match-cluster") });
  const owner = openPostgres(server.ownerUrl, complain, 1);
  await migrate(owner, roleOf(server.applicationUrl), at);
  await owner.destroy();
  const database = openPostgres(server.applicationUrl, complain, 2);
  try {
    await fill(database);
    await sql`select pg_stat_reset()`.execute(database).catch(() => undefined);
    await analyze(server.ownerUrl);
    return await measured(database);
  } finally {
    await database.destroy();
    await server.stop();
  }
}

async function measured(database: OpenDatabase): Promise<readonly Row[]> {
  const bare = await timed(() => bareJoin(database));
  const before = rssMiB();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, rssMiB());
  }, 50);
  const matched = await timed(async () => {
    for (const account of accountNames)
      await inBigTransaction(database, (step) =>
        reconcileBill(step, { bill: billOf(account, 1), changed: null }, { zone: "Asia/Shanghai" }, at),
      );
  });
  clearInterval(watch);
  const found = await countsOf(database);
  const corrected = await correct(database);
  const wholeRows = await timed(() => copyOfRows(database));
  return [
    {
      measure: `matching ${linesOfAll.toLocaleString("en")} bill lines of 3 accounts, posting included`,
      figures: `${matched.toFixed(1)} s, ${found} differences, memory +${Math.round(peak - before)} MiB`,
      target: `≤ ${secondsMax} s`,
      isMet: matched <= secondsMax,
    },
    { measure: "  the same rows, a bare join", figures: `${bare.toFixed(1)} s`, target: null, isMet: null },
    {
      measure: "  ratio",
      figures: `${(matched / bare).toFixed(2)} ×`,
      target: `≤ ${ratioMax} × the join`,
      isMet: matched / bare <= ratioMax,
    },
    {
      measure: "  one account's corrected bill, 1 % changed: its rows compared with those before",
      figures: `${corrected.rows.toFixed(1)} s (to write that account's rows the first time: ${wholeRows.toFixed(1)} s)`,
      target: null,
      isMet: null,
    },
    {
      measure: "  and judged, posting included",
      figures: `${corrected.judged.toFixed(1)} s for ${corrected.changed} rows (that account's whole bill: ${(matched / accountNames.length).toFixed(1)} s)`,
      target: null,
      isMet: null,
    },
  ];
}

/** What nobody could do with less: each line beside its capture and its sale's tender, counted. */
async function bareJoin(database: Database): Promise<void> {
  await inBigTransaction(database, async (step) => {
    await sql`
      create temporary table joined on commit drop as
      select b.store, b.side, b.number, b.amount, b.receivable, b.fee, m.amount as ours, t.amount as tender
      from bill_row b
      left join movement m on m.store = b.store and m.account = b.account and m.side = b.side and m.number = b.number
      left join sale_tender t on t.store = b.store and t.attempt = b.number and t.kind = 'payment'
      where b.day = ${day} and b.gone_with is null
    `.execute(step);
  });
}

type Corrected = { readonly changed: number; readonly rows: number; readonly judged: number };

/** A corrected bill of one account, one line in a hundred another amount. Seconds. */
async function correct(database: OpenDatabase): Promise<Corrected> {
  const bill = billOf("wechat", 2);
  const done = { changed: 0, rows: 0, judged: 0 };
  await inBigTransaction(database, async (step) => {
    done.rows = await timed(async () => {
      done.changed = await takeCorrected(step, bill.id);
    });
    done.judged = await timed(() =>
      reconcileBill(step, { bill, changed: done.changed }, { zone: "Asia/Shanghai" }, at),
    );
  });
  return done;
}

async function takeCorrected(step: Database, bill: string): Promise<number> {
  await openStaging(step);
  await sql`
      insert into bill_staging (${sql.join(tradeColumns.map((name) => sql.ref(name)))})
      select store, account, ${bill}, line, kind, day, side, number, payment, own,
        case when line % 100 = 7 then amount + 100 else amount end, receivable, fee, rate, currency, provider_number, at, status
      from bill_row where account = 'wechat' and gone_with is null
    `.execute(step);
  return replaceRows(step, { bill, account: "wechat", kind: "trade", day, homeStore: "heping", storeOfTag: new Map() });
}

/** As many rows as a first bill of that account writes, into the same table, under a bill that nobody asks for. */
async function copyOfRows(database: OpenDatabase): Promise<void> {
  await inBigTransaction(database, async (step) => {
    await sql`
      insert into bill_row (${sql.join(tradeColumns.map((name) => sql.ref(name)))})
      select store, account, 'copy', line, kind, '2026-11-19', side, number, payment, own, amount, receivable, fee, rate, currency,
        provider_number, at, status
      from bill_row where account = 'alipay' and gone_with is null
    `.execute(step);
  });
}

function billOf(account: string, version: number) {
  return {
    store: "heping",
    id: `${account}/trade/${day}/${version}`,
    account,
    kind: "trade" as const,
    day,
    version,
    state: "current" as const,
    origin: "fetched" as const,
    name: "",
    size: 0,
    sha256: null,
    announced: null,
    handed_by: null,
    row_count: linesOfOne,
    footer: null,
    counted: null,
    trouble: null,
    at,
    taken_at: at,
    checked_at: at,
    confirmed_at: null,
  };
}

async function analyze(url: string): Promise<void> {
  const owner = openPostgres(url, complain, 1);
  await sql`set statement_timeout = 0`.execute(owner);
  await sql`vacuum analyze`.execute(owner);
  await owner.destroy();
}

async function countsOf(database: Database): Promise<string> {
  const { rows } = await sql<{ class: string; count: number }>`
    select class, count(*)::integer as count from difference where state in ('break', 'waiting') group by class order by class
  `.execute(database);
  return rows.map(({ class: name, count }) => `${name} ${count}`).join(", ");
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1_000;
}

function rssMiB(): number {
  return process.memoryUsage().rss / 1024 / 1024;
}

function complain(trouble: Error): void {
  console.error(`the bench's database broke off: ${trouble.message}`);
}
