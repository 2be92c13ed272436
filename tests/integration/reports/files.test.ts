import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { parse } from "csv-parse/sync";
import { beforeAll, expect, it } from "vitest";
import type { Report, ReportQuery } from "../../../src/contract/reports.ts";
import type { SaleId } from "../../../src/domain/identifier.ts";
import { everyRow } from "../../../src/gateway/reports/every-row.ts";
import { csvStream, xlsxStream, type FileColumn } from "../../../src/gateway/reports/files.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { newId, sampleSale } from "../../fakes/sample-sale.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { deliver, officeOf } from "./report-stage.ts";

const day = { from: "2026-11-24", to: "2026-11-24" };
/** Names that a sheet would run, part or lose, if they were let. */
const names = ["=1+1", "+86 milk", "-5 °C", "@home", 'a "quote", a comma', "two\r\nlines", "0012", "牛奶🥛", "   "];
let bench: GatewayBench;
let office: Awaited<ReturnType<typeof officeOf>>;
let products: string[];

beforeAll(async () => {
  bench = await gatewayBench();
  office = await officeOf(bench);
  const till = await bench.till("till-a1");
  const rows = await bench.parts.database
    .selectFrom("product")
    .select("id")
    .orderBy("id")
    .limit(names.length)
    .execute();
  products = rows.map(({ id }) => id);
  for (const [nth, id] of products.entries()) {
    const named = { "zh-CN": names[nth]!, en: names[nth]!, ja: names[nth]! };
    await sql`update product set body = body || ${json({ names: named })} where id = ${id}`.execute(
      bench.parts.database,
    );
    const sale = sampleSale(newId<SaleId>(till.answer.settings.tag), 12_345 + nth);
    const [line] = sale.sale.lines;
    await deliver(
      till,
      [{ ...sale, sale: { ...sale.sale, lines: [{ ...line!, product: id as never }] } }],
      day.from,
      bench.parts.clock.now(),
      "staff-1",
    );
  }
});

const asked = { ...day, by: "product", grain: "day", sort: "total", order: "up" };
const file = async (format: "csv" | "xlsx") => {
  const answer = await office.ask(
    "GET",
    `/v1/office/reports/file?${new URLSearchParams({ ...asked, format, language: "en" })}`,
  );
  expect(answer.statusCode).toBe(200);
  return answer;
};

it("a CSV file begins with a byte order mark and reads back to the report's own rows; what a sheet would run is made harmless", async () => {
  const answer = await file("csv");
  expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(answer.headers["content-disposition"]).toBe('attachment; filename="product-day_2026-11-24.csv"');
  expect(answer.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  const text = answer.rawPayload.toString("utf8");
  expect(text.endsWith("\r\n")).toBe(true);
  const [heads, ...rows] = parse(text, { bom: true, recordDelimiter: "\r\n" }) as string[][];
  expect(heads!.slice(0, 4)).toEqual(["Day", "Product", "ID", "Receipts with it"]);
  expect(rows.map(([, name]) => name)).toEqual(["'=1+1", "'+86 milk", "'-5 °C", "'@home", ...names.slice(4)]);
  const sold = heads!.indexOf("Sales");
  expect(rows.map((row) => row[sold])).toEqual(names.map((_, nth) => ((12_345 + nth) / 100).toFixed(2)));
});

it("an XLSX file reads back in another's reader: amounts are numbers of two decimals, text stays text", async () => {
  const answer = await file("xlsx");
  const [heads, ...rows] = readBack(answer.rawPayload);
  const report = (await office.report(asked)) as Report;
  expect(rows.length).toBe(report.count);
  expect(rows.map((row) => row[1])).toEqual(names.map((name) => ["s", name.replace("\r\n", "\n"), expect.any(String)]));
  const sold = heads!.findIndex(([, head]) => head === "Sales");
  expect(rows.map((row) => row[sold])).toEqual(names.map((_, nth) => ["n", (12_345 + nth) / 100, "#,##0.00"]));
  expect(rows.map((row) => row[2])).toEqual(products.map((id) => ["s", id, expect.any(String)]));
});

it("a hundred thousand rows come out as they went in, in either form", async () => {
  const columns: FileColumn[] = [
    { head: "Id", kind: "text" },
    { head: "Amount", kind: "amount" },
    { head: "Weight", kind: "quantity" },
  ];
  const count = 100_000;
  async function* rows() {
    for (let n = 0; n < count; n++) yield [`${n}`.padStart(6, "0"), n * 7 - 1_000, n];
  }
  const csv = await read(csvStream(columns, rows(), 2));
  const lines = csv.toString("utf8").split("\r\n");
  expect([lines.length, lines[1], lines[count]]).toEqual([count + 2, "000000,-10.00,0.000", "099999,6989.93,99.999"]);
  const xlsx = readBack(await read(xlsxStream("a/b:c", columns, rows(), 2)));
  expect([xlsx.length, xlsx[1], xlsx[count]]).toEqual([
    count + 1,
    [
      ["s", "000000", expect.any(String)],
      ["n", -10, "#,##0.00"],
      ["n", 0, "#,##0.000"],
    ],
    [
      ["s", "099999", expect.any(String)],
      ["n", 6989.93, "#,##0.00"],
      ["n", 99.999, "#,##0.000"],
    ],
  ]);
});

it("a reader that goes away after the first row gives its connection back", async () => {
  for (let n = 0; n < 20; n++) {
    const every = await everyRow(bench.parts.database, { ...asked, by: "product", grain: "day" } as ReportQuery);
    if (!every.ok) throw new Error(every.refusal);
    for await (const row of every.value.rows) {
      expect(row.figures.total).toBe(12_345);
      break;
    }
  }
  const sheet = (...given: Parameters<typeof csvStream>) => xlsxStream("x", ...given);
  for (const make of [csvStream, sheet]) {
    const every = await everyRow(bench.parts.database, { ...asked, by: "product", grain: "day" } as ReportQuery);
    if (!every.ok) throw new Error(every.refusal);
    const { rows } = every.value;
    async function* endless() {
      for await (const row of rows) for (;;) yield [row.key];
    }
    const stream = make([{ head: "Id", kind: "text" }], endless(), 2);
    await new Promise((done) => stream.once("data", done));
    const closed = new Promise((done) => stream.once("close", done));
    stream.destroy();
    await closed;
  }
  const held = async () => {
    const { rows } = await sql<{ open: number }>`select count(*)::int as open from pg_stat_activity
    where datname = current_database() and state like 'idle in transaction%'`.execute(bench.parts.database);
    return rows[0]?.open;
  };
  await expect.poll(held).toBe(0);
});

async function read(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

type Cell = readonly [type: string, value: unknown, format: string];
const reader = `
import sys, json, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1], read_only=True).active
for row in sheet.iter_rows():
    print(json.dumps([[c.data_type, c.value, c.number_format] for c in row]))
`;

/** Every cell as Debian's openpyxl reads it. */
function readBack(bytes: Buffer): readonly (readonly Cell[])[] {
  const folder = mkdtempSync(join(tmpdir(), "kuantai-xlsx-"));
  try {
    const path = join(folder, "report.xlsx");
    writeFileSync(path, bytes);
    const told = spawnSync("/usr/bin/python3", ["-c", reader, path], {
      encoding: "utf8",
      maxBuffer: 256 * 1024 * 1024,
    });
    if (told.status !== 0 && !/^\s*$/.test(told.stderr ?? "") && !told.stderr.includes("openpyxl"))
      throw new Error(told.stderr);
    if (told.status !== 0)
      throw new Error(
        `openpyxl is missing: run "npm run setup" as root, or install python3-openpyxl.\n${told.stderr ?? ""}`,
      );
    return told.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Cell[]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
