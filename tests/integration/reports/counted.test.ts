import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { reportGrains, type Report } from "../../../src/contract/reports.ts";
import type { Instant } from "../../../src/domain/clock.ts";
import type { CompletedSale } from "../../../src/domain/journal.ts";
import { weekOf } from "../../../src/domain/reports/periods.ts";
import type { BusinessDate } from "../../../src/domain/till-session.ts";
import { fillWork } from "../../../src/gateway/reports/fill-work.ts";
import { foldWork } from "../../../src/gateway/reports/fold-work.ts";
import { openPostgres } from "../../../src/gateway/store/database.ts";
import { playedSales } from "../../fakes/random-sale.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { deliver, officeOf, playOut } from "./report-stage.ts";

let bench: GatewayBench;
let office: Awaited<ReturnType<typeof officeOf>>;
let tills: SigningTill[];
const given: { body: CompletedSale; date: string; hour: number; till: string; staff: string }[] = [];
const texts: (readonly string[])[] = [];
const products = ["100001", "100002", "100003", "100007", "no-such-product"];
/** Across a month's end, a year's and the days on which clocks change in Europe and America; the shop's zone has none. */
const dates = ["2026-10-25", "2026-10-31", "2026-11-01", "2026-12-31", "2027-01-01", "2027-01-04"];
const range = { from: "2026-10-20", to: "2027-01-10" };

beforeAll(async () => {
  bench = await gatewayBench();
  office = await officeOf(bench);
  tills = [await bench.till("till-a1"), await bench.till("till-a2"), await bench.till("till-b1")];
  const days = fc.sample(
    fc.array(fc.tuple(playedSales(), fc.option(playedSales(), { nil: null })), { minLength: 3, maxLength: 3 }),
    {
      numRuns: dates.length * tills.length,
      seed: 20261129,
    },
  );
  for (const [nth, day] of days.entries()) {
    const till = tills[nth % tills.length]!;
    const date = dates[Math.floor(nth / tills.length)]!;
    const sales = day.flatMap(([played, back]) => playOut(till, played, products, back));
    const staff = `staff-${nth % 2}`;
    // 23:30 in Shanghai, so that the later ones fall into the hours after midnight, of the same business date
    const from = (Date.parse(`${date}T15:58:00Z`) + 0) as Instant;
    texts.push(await deliver(till, sales, date, from, staff, nth % 3 === 1 ? 7_200_000 : 0));
    sales.forEach((body, at) => given.push({ body, date, hour: at < 2 ? 23 : 0, till: till.id, staff }));
  }
});

const job = { store: "*", id: "x", kind: "x", subject: "", payload: null, dueAt: 0 as Instant, tries: 0 };
const sums = (rows: readonly { body: CompletedSale }[]) => {
  const lines = rows.flatMap(({ body }) => body.sale.lines);
  const add = (parts: readonly number[]) => parts.reduce((all, each) => all + each, 0);
  return {
    sales: rows.length,
    gross: add(
      lines
        .filter((line) => line.returnOf === null)
        .map((line) => line.amount.amount + add(line.reductions.map((each) => each.amount.amount))),
    ),
    discounts: add(lines.flatMap((line) => line.reductions.map((each) => each.amount.amount))),
    returned: 0 - add(lines.filter((line) => line.returnOf !== null).map((line) => line.amount.amount)),
    rounding: add(rows.map(({ body }) => body.sale.rounding.amount)),
    tax: add(rows.flatMap(({ body }) => body.sale.taxes.map((each) => each.tax.amount))),
    total: add(rows.map(({ body }) => body.sale.total.amount)),
    tips: add(
      rows.flatMap(({ body }) => body.tenders.map((tender) => (tender.kind === "payment" ? tender.tip.amount : 0))),
    ),
  };
};
const all = (report: Report) => ({ ...range, ...report.totals });
const rowSum = (report: Report, name: keyof Report["rows"][number]["figures"]) =>
  report.rows.reduce((sum, row) => sum + row.figures[name], 0);

describe("the figures kept with the sales", () => {
  it("nothing was refused: every sale given is counted", async () => {
    const { rows } = await sql<{
      kind: string;
      detail: unknown;
    }>`select kind, detail from exception_item where kind = 'entryNotUnderstood'`.execute(bench.parts.database);
    expect(rows).toEqual([]);
    expect(given.some(({ body }) => body.sale.total.amount < 0)).toBe(true);
    expect(given.some(({ body }) => body.sale.rounding.amount !== 0)).toBe(true);
  });

  it("the whole range's totals are a recount of the receipts", async () => {
    expect((await office.report({ ...range, by: "none", grain: "none" })).totals).toMatchObject(sums(given));
  });

  it.each(reportGrains)("rows by %s sum to the same figures as the whole range", async (grain) => {
    const whole = all(await office.report({ ...range, by: "none", grain: "none" }));
    for (const by of ["none", "store", "till", "cashier"]) {
      const told = await office.report({ ...range, by, grain, rows: "1000" });
      expect([by, all(told)]).toEqual([by, whole]);
      expect(rowSum(told, "total")).toBe(whole.total);
    }
  });

  it.each(["product", "category", "tax"])(
    "rows by %s sum to the same money as the whole range, in every grain",
    async (by) => {
      const {
        sales: _s,
        returns: _r,
        thousandths: _t,
        tips: _tips,
        ...whole
      } = (await office.report({ ...range, by: "none", grain: "none" })).totals;
      for (const grain of ["none", "month"])
        expect((await office.report({ ...range, by, grain })).totals).toMatchObject(whole);
      const days = { from: "2026-12-28", to: "2027-01-10" };
      const short = await office.report({ ...days, by: "none", grain: "none" });
      for (const grain of reportGrains) {
        const told = await office.report({ ...days, by, grain });
        expect([grain, told.totals.total, told.totals.tax, told.totals.gross]).toEqual([
          grain,
          short.totals.total,
          short.totals.tax,
          short.totals.gross,
        ]);
      }
    },
  );

  it("tenders sum to the sales, discounts of lines and sales to the discounts, the rounding's row to the rounding", async () => {
    const whole = (await office.report({ ...range, by: "none", grain: "none" })).totals;
    const tenders = await office.report({ ...range, by: "tender", grain: "none" });
    expect([tenders.totals.total, tenders.totals.tips, tenders.totals.rounding]).toEqual([
      whole.total,
      whole.tips,
      whole.rounding,
    ]);
    const discounts = await office.report({ ...range, by: "discount", grain: "none" });
    const of = (test: RegExp) =>
      discounts.rows.filter(({ key }) => test.test(key ?? "")).reduce((sum, row) => sum + row.figures.discounts, 0);
    expect([of(/^(?:line|sale)\//), of(/^rounding$/)]).toEqual([whole.discounts, whole.rounding]);
  });

  it("every till, day, hour, week and cashier has the figures of its own receipts", async () => {
    const cases: [Record<string, string>, (row: (typeof given)[number]) => string][] = [
      [{ by: "till", grain: "none" }, (row) => row.till],
      [{ by: "cashier", grain: "none" }, (row) => row.staff],
      [{ by: "none", grain: "day" }, (row) => row.date],
      [{ by: "none", grain: "hour" }, (row) => String(row.hour)],
      [{ by: "none", grain: "week" }, (row) => weekOf(row.date as BusinessDate)],
      [{ by: "none", grain: "month" }, (row) => row.date.slice(0, 7)],
    ];
    for (const [query, keyOf] of cases) {
      const told = await office.report({ ...range, ...query, rows: "1000" });
      const keys = [...new Set(given.map(keyOf))];
      expect(told.rows.map((row) => row.key ?? row.period).toSorted()).toEqual(keys.toSorted());
      for (const row of told.rows)
        expect(row.figures).toMatchObject(sums(given.filter((each) => keyOf(each) === (row.key ?? row.period))));
    }
  });

  it.each([
    // the month goes on after the 3rd, and after the 5th nothing came
    ["2027-01-01", "2027-01-03"],
    ["2027-01-01", "2027-01-05"],
    ["2026-10-25", "2027-01-03"],
    ["2026-10-25", "2027-01-05"],
    ["2026-12-01", "2026-12-30"],
  ])("a range from %s that ends within a month, on %s, has the figures of its own receipts alone", async (from, to) => {
    const own = given.filter(({ date }) => date >= from && date <= to);
    const store = "heping";
    for (const grain of ["none", "month", "hour"]) {
      expect((await office.report({ from, to, by: "none", grain })).totals).toMatchObject(sums(own));
      const till = await office.report({ from, to, by: "none", grain, till: "till-a2" });
      expect(till.totals).toMatchObject(sums(own.filter((each) => each.till === "till-a2")));
    }
    const goods = await office.report({ from, to, by: "product", grain: "month", rows: "1000" });
    const { total, tax } = sums(own);
    expect([goods.totals.total, goods.totals.tax, rowSum(goods, "total")]).toEqual([total, tax, total]);
    const a = sums(own.filter((each) => each.till !== "till-b1"));
    expect((await office.report({ from, to, by: "product", grain: "none", store })).totals.total).toBe(a.total);
  });

  it("a batch that comes again changes nothing", async () => {
    const before = await kept(bench);
    const last = texts.at(-1)!;
    expect((await tills[2]!.drain(last)).statusCode).toBe(200);
    expect(await kept(bench)).toEqual(before);
  });

  it("sales from before there were reports are filled in to the same rows, once, by whichever gateway", async () => {
    const before = await kept(bench);
    const owner = openPostgres(bench.fresh.ownerUrl, () => {}, 1);
    await sql`update sale set hour = null`.execute(owner);
    await sql`delete from report_rollup`.execute(owner);
    await owner.destroy();
    const work = fillWork(bench.parts);
    expect(await work(job)).toEqual({ kind: "done" });
    await Promise.all([work(job), work(job)]);
    expect(await kept(bench)).toEqual(before);
  });

  it("putting the tills' rows of past periods together changes no report, and what comes late still counts", async () => {
    const { parts } = bench;
    const asked = { by: "product", rows: "1000" };
    const reports = async () => [
      await office.report({ ...range, ...asked, grain: "none" }),
      await office.report({ ...range, ...asked, grain: "month", store: "heping" }),
      await office.report({ from: "2026-12-28", to: "2027-01-10", ...asked, grain: "day" }),
      await office.report({ ...range, ...asked, grain: "none", till: "till-a2" }),
    ];
    const before = await reports();
    const rowsBefore = (await kept(bench)).length;
    const march = Date.parse("2027-03-01T00:00:00Z") as Instant;
    const fold = foldWork({ database: parts.database, clock: { now: () => march, after: parts.clock.after } });
    for (let round = 0; round < 10; round++) await fold(job);
    const apart =
      await sql`select 1 from report_rollup where slice in ('product/e', 'product/a') and till <> '*'`.execute(
        parts.database,
      );
    expect(apart.rows).toEqual([]);
    expect((await kept(bench)).length).toBeLessThan(rowsBefore);
    expect(await reports()).toEqual(before);
    const [late] = playOut(tills[0]!, fc.sample(playedSales(), { numRuns: 1, seed: 3 })[0]!, products, null);
    await deliver(tills[0]!, [late!], "2026-12-31", parts.clock.now(), "staff-0");
    const [whole] = await reports();
    expect(whole!.totals.total).toBe(before[0]!.totals.total + late!.sale.total.amount);
    await fold(job);
    expect((await reports())[0]).toEqual(whole);
  });
});

async function kept({ parts }: GatewayBench) {
  const { rows } =
    await sql`select * from report_rollup order by store, slice, period, hour, till, staff, key, currency`.execute(
      parts.database,
    );
  return rows;
}
