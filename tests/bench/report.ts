import { Agent, request } from "node:http";
import type { AddressInfo } from "node:net";
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { sql } from "kysely";
import { pino } from "pino";
import { reportBys, reportGrains, type ReportSales } from "../../src/contract/reports.ts";
import { composeGateway } from "../../src/gateway/compose.ts";
import type { DemoShop } from "../../src/gateway/config.ts";
import { gatewayKeys } from "../../src/gateway/keys/gateway-keys.ts";
import { foldKind, foldWork } from "../../src/gateway/reports/fold-work.ts";
import { resetOwner } from "../../src/gateway/office/owner.ts";
import { processNews } from "../../src/gateway/payments/news.ts";
import type { GatewayParts } from "../../src/gateway/parts.ts";
import { fillSampleShop } from "../../src/gateway/sample-shop/fill.ts";
import { openPostgres, roleOf } from "../../src/gateway/store/database.ts";
import { migrate } from "../../src/gateway/store/migrate.ts";
import { systemClock, systemRandom } from "../../src/gateway/system-clock.ts";
import { startPostgres } from "../../src/launch/postgres.mjs";
import type { Stage } from "./bench.ts";
import { percentile, timed, type Row } from "./figures.ts";
import { loadSales } from "./report-load.ts";

const askedEach = 10;
const firstPageMsMax = 200;
const year = { from: "2025-11-29", to: "2026-11-28" };
const wholeYear = { from: "2025-12-01", to: "2026-10-31" };
const odd = { from: "2026-02-10", to: "2026-10-17" };
const month = { from: "2026-05-01", to: "2026-05-31" };
const twoMonths = { from: "2026-05-01", to: "2026-06-30" };

/** Buffers on their way may differ by this between two looks; a sheet held whole would be tens of megabytes more. */
const flatBytesMax = 8 * 1024 * 1024;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const newLine = 0x0a;

type Answer = {
  readonly ms: number;
  readonly status: number;
  readonly bytes: number;
  readonly lines: number;
  readonly text: string;
};

/** Every report and filter over a year's million sales, asked over HTTP as the office asks; then files and their memory. */
export async function measureReports(stage: Stage): Promise<readonly Row[]> {
  const folder = join(stage.folder, "reports");
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  chmodSync(stage.folder, 0o711);
  // a database of its own: a million sales would slow what others measure
  const postgres = await startPostgres({ folder });
  const owner = openPostgres(postgres.ownerUrl, complain, 1);
  await migrate(owner, roleOf(postgres.applicationUrl), systemClock.now());
  await owner.destroy();
  const parts = partsOf(postgres.applicationUrl);
  await fillSampleShop(parts, parts.config.shop as DemoShop, []);
  await loadSales(postgres.ownerUrl);
  await foldAll(parts);
  await tidy(postgres.ownerUrl);
  const gateway = await composeGateway(parts);
  await gateway.app.server.listen({ host: "127.0.0.1", port: 0 });
  const { port } = gateway.app.server.server.address() as AddressInfo;
  const ask = await signedIn(port, parts.config.gateway.officeHost, await resetOwner(parts));
  const rows = [...(await pages(ask)), ...(await drilled(ask)), ...(await files(ask))];
  await gateway.stop();
  await parts.database.destroy();
  await postgres.stop();
  return rows;
}

/** What the gateway's job has done by the time that somebody asks about a year. */
async function foldAll(parts: GatewayParts): Promise<void> {
  const work = foldWork(parts);
  const job = {
    store: "*",
    id: foldKind,
    kind: foldKind,
    subject: "",
    payload: null,
    dueAt: parts.clock.now(),
    tries: 0,
  };
  for (;;) {
    const done = await work(job);
    if (done.kind !== "again" || done.at > parts.clock.now()) break;
  }
}

/** What PostgreSQL does by itself within minutes. */
async function tidy(ownerUrl: string): Promise<void> {
  const owner = openPostgres(ownerUrl, complain, 1);
  await sql`set statement_timeout = 0`.execute(owner);
  await sql`vacuum analyze report_rollup`.execute(owner);
  await owner.destroy();
}

function partsOf(url: string): GatewayParts {
  const random = systemRandom;
  return {
    clock: systemClock,
    random,
    database: openPostgres(url, complain),
    keys: gatewayKeys({ sealing: random.bytes(32), hashing: random.bytes(32), signing: random.bytes(32) }, random),
    config: {
      v: 1,
      gateway: { listen: "127.0.0.1", port: 8400, tillHost: "127.0.0.1", officeHost: "localhost" },
      sandbox: { on: true, listen: "127.0.0.1", port: 8401 },
      shop: { kind: "demo", seed: 1, products: 5_000 },
    },
    fetch,
    log: pino({ level: "silent" }),
    news: processNews(),
    pages: null,
  };
}

function complain(trouble: Error): void {
  console.error(trouble.message);
}

type Ask = (path: string, query: Record<string, string>, keep?: boolean) => Promise<Answer>;

async function pages(ask: Ask): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const every: number[] = [];
  for (const [name, filter] of Object.entries(filters()))
    for (const by of reportBys) {
      const samples: number[] = [];
      const slow: string[] = [];
      for (const grain of reportGrains) {
        const query = { ...filter, by, grain };
        const first = await ask("reports", query, true);
        if (first.status === 400) {
          // one of the combinations that a report refuses: by product and day over a year, two kinds of key at once
          slow.push(`${grain}: refused`);
          continue;
        }
        if (first.status !== 200) throw new Error(`${JSON.stringify(query)}: ${first.status}`);
        const own: number[] = [];
        for (let nth = 0; nth < askedEach; nth++) own.push((await ask("reports", query)).ms);
        if (percentile(own, 0.95) > firstPageMsMax) slow.push(`${grain}: ${Math.round(percentile(own, 0.95))} ms`);
        samples.push(...own);
      }
      every.push(...samples);
      if (samples.length > 0)
        rows.push(
          timed(
            `report ${name}, by ${by}${slow.length === 0 ? "" : ` [${slow.join(", ")}]`}`,
            samples,
            0.95,
            firstPageMsMax,
          ),
        );
    }
  return [...rows, timed("reports, first page, all of these", every, 0.95, firstPageMsMax)];
}

function filters(): Record<string, Record<string, string>> {
  return {
    "11 whole months": wholeYear,
    "a year": year,
    "250 days": odd,
    "one month": month,
    "two weeks": { from: "2026-05-01", to: "2026-05-14" },
    "one day": { from: "2026-05-17", to: "2026-05-17" },
    "a year, one store": { ...year, store: "heping" },
    "a year, one till": { ...year, till: "till-q3" },
    "a year, one cashier": { ...year, cashier: "staff-q5" },
    "250 days, one cashier": { ...odd, cashier: "staff-q5" },
    "a year, one product": { ...year, product: "100017" },
    "a year, one category": { ...year, category: "drinks" },
    "a year, cash": { ...year, tender: "cash" },
    "a year, sorted by name": { ...year, sort: "name" },
  };
}

async function drilled(ask: Ask): Promise<readonly Row[]> {
  const cases: Record<string, Record<string, string>> = {
    "a year": year,
    "one product": { ...year, product: "100017" },
    "one rare product": { ...year, product: "104999" },
    "a category": { ...year, category: "drinks" },
    "paid in UnionPay": { ...year, tender: "unionpay" },
    "by amount": { ...year, least: "12340", most: "12345" },
    "by number": { ...year, number: "Q-123456" },
    "till and hour": { ...year, till: "till-q3", hour: "9" },
  };
  const rows: Row[] = [];
  for (const [name, query] of Object.entries(cases)) {
    const samples: number[] = [];
    const first = await ask("reports/sales", query, true);
    const { sales } = JSON.parse(first.text) as ReportSales;
    for (let nth = 0; nth < askedEach; nth++) samples.push((await ask("reports/sales", query)).ms);
    rows.push(timed(`sales behind a report, ${name} (${sales.length})`, samples, 0.95, firstPageMsMax));
  }
  return rows;
}

/** Files of a month and of two: what twice the rows hold more is what memory grows by with a file's length. */
async function files(ask: Ask): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const format of ["csv", "xlsx"]) {
    const short = await file(ask, month, format);
    const long = await file(ask, twoMonths, format);
    const more = long.held - short.held;
    rows.push({
      measure: `report as ${format}, ${long.rows} rows`,
      figures: `${(long.ms / 1000).toFixed(1)} s  ${mib(long.bytes)}  holds up to ${mib(long.held)}; of ${short.rows} rows ${mib(short.held)}`,
      target: `100,000 rows; twice as many hold up to ${mib(flatBytesMax)} more`,
      isMet: more <= flatBytesMax && long.rows >= 100_000,
    });
  }
  return rows;
}

type Written = { readonly rows: number; readonly bytes: number; readonly ms: number; readonly held: number };

/** `held` is what the process has that is in use, beyond what it had before: garbage is taken away before it is looked at. */
async function file(ask: Ask, days: { from: string; to: string }, format: string): Promise<Written> {
  const asked = { ...days, by: "product", grain: "day", format, language: "zh-CN" };
  const { lines } = await ask("reports/file", { ...asked, format: "csv" });
  const { ms, bytes } = await ask("reports/file", asked);
  const before = inUse();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, inUse())), 100);
  await ask("reports/file", asked);
  clearInterval(watch);
  return { rows: lines - 1, bytes, ms, held: most - before };
}

/** Bytes in use, on the heap and beside it. */
function inUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function mib(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

async function signedIn(port: number, host: string, once: string): Promise<Ask> {
  const agent = new Agent({ keepAlive: true });
  let cookie = "";
  const send = (
    method: string,
    path: string,
    body: string | null,
    keep: boolean,
  ): Promise<Answer & { cookie: string }> =>
    new Promise((done, failed) => {
      const began = performance.now();
      const headers = {
        host: `${host}:${port}`,
        origin: `http://${host}:${port}`,
        "content-type": "application/json",
        cookie,
      };
      const asking = request({ agent, host: "127.0.0.1", port, method, path, headers }, (answer) => {
        let bytes = 0;
        let lines = 0;
        const kept: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          for (const byte of chunk) if (byte === newLine) lines += 1;
          if (keep) kept.push(chunk);
        });
        answer.on("end", () =>
          done({
            ms: performance.now() - began,
            status: answer.statusCode ?? 0,
            bytes,
            lines,
            text: Buffer.concat(kept).toString("utf8"),
            cookie: String(answer.headers["set-cookie"]).split(";")[0] ?? "",
          }),
        );
      });
      asking.on("error", failed);
      asking.end(body ?? undefined);
    });
  const signed = await send(
    "POST",
    "/v1/office/sign-ins",
    JSON.stringify({ v: 1, password: once, newPassword: "a long new password" }),
    true,
  );
  if (signed.status !== 200) throw new Error(`sign-in: ${signed.status} ${signed.text}`);
  cookie = signed.cookie;
  return (path, query, keep = false) => send("GET", `/v1/office/${path}?${new URLSearchParams(query)}`, null, keep);
}
