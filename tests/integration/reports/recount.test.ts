import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import {
  reportBys,
  reportGrains,
  reportSorts,
  type Report,
  type ReportBy,
  type ReportQuery,
} from "../../../src/contract/reports.ts";
import type { Instant } from "../../../src/domain/clock.ts";
import { plusDays } from "../../../src/domain/local-time.ts";
import { dimensions, figureNames, type Dimension, type Figures } from "../../../src/domain/reports/figures.ts";
import type { BusinessDate } from "../../../src/domain/till-session.ts";
import { foldWork } from "../../../src/gateway/reports/fold-work.ts";
import { onKnownRow, rowsOf, type Place } from "../../../src/gateway/reports/keep.ts";
import { readReport } from "../../../src/gateway/reports/report.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { recount, type Atom, type Catalogue } from "./recount.ts";

const firstDay = "2026-09-20";
const lengthDays = 100;
const products = ["100001", "100002", "100003", "100004", "100017", "100120", "no-such-product"];
const keys: Record<Dimension, readonly string[]> = {
  all: [""],
  product: products,
  category: ["drinks", "snacks", "no-such-category", ""],
  tender: ["cash", "wechat", "unverified/alipay"],
  tax: ["0", "900", "1300"],
  discount: ["line/percent", "sale/amount", "offer", "rounding"],
};
const tills = { "till-a1": "heping", "till-a2": "heping", "till-b1": "jiangbian" } as const;
const seed = 20261130;

const places: fc.Arbitrary<Place> = fc
  .record({
    businessDate: fc.nat(lengthDays).map((days) => plusDays(firstDay, days) as BusinessDate),
    hour: fc.nat(23),
    till: fc.constantFrom("till-a1", "till-a2", "till-b1"),
    staff: fc.constantFrom("staff-1", "staff-2", null),
  })
  .map((place) => ({ ...place, store: tills[place.till as keyof typeof tills] }));
/** Few different ones, so that rows are equal and stand by time and key, and some whose sums reach far. */
const amounts = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -(10 ** 12), max: 10 ** 12 }));
const figures = fc
  .tuple(...figureNames.map(() => amounts))
  .map((each) => Object.fromEntries(figureNames.map((name, nth) => [name, each[nth]])) as Figures);
const atoms: fc.Arbitrary<Atom> = fc.constantFrom(...dimensions, "product" as const).chain((dimension) =>
  fc.record({
    place: places,
    counted: fc.record({
      dimension: fc.constant(dimension),
      key: fc.constantFrom(...keys[dimension]),
      unit: dimension === "product" ? fc.constantFrom("piece", "kg") : fc.constant(""),
      figures,
    }),
  }),
);

let bench: GatewayBench;
let catalogue: Catalogue;
let given: readonly Atom[];

beforeAll(async () => {
  bench = await gatewayBench();
  const { database, clock } = bench.parts;
  given = fc.sample(atoms, { seed, numRuns: 900 });
  await keep(given.slice(0, 600));
  // some tills' rows are put together by now, some not yet, and some came afterwards
  const now = Date.parse("2026-11-20T04:00:00Z") as Instant;
  const fold = foldWork({ database, clock: { now: () => now, after: clock.after } });
  await fold({ store: "*", id: "x", kind: "x", subject: "", payload: null, dueAt: now, tries: 0 });
  await keep(given.slice(600));
  catalogue = await catalogueOf();
});

describe("a report", () => {
  it.each(reportBys)(
    "by %s is what each thing counted adds up to, in any grain, order, filter and page",
    async (by) => {
      // products over time have a statement of their own
      const shapes = Array.from({ length: by === "product" ? 4 : 1 }, shapesOnce).flat();
      let nonEmpty = 0;
      for (const [nth, [grain, sort]] of shapes.entries()) {
        const [drawn] = fc.sample(queries(by), { seed: seed + nth, numRuns: 1 });
        const { query, report } = await answered({ ...drawn!, grain, ...(sort === null ? {} : { sort }) });
        const { rows, ...rest } = recount(given, query, catalogue);
        expect([query, told(report)]).toEqual([query, { ...rest, rows }]);
        if (rows.length > 0) nonEmpty += 1;
      }
      expect(nonEmpty).toBeGreaterThan(shapes.length / 3);
    },
  );

  it("of a range without sales has no rows, and totals of zero", async () => {
    const { report } = await answered({ from: day(400), to: day(440), by: "product", grain: "month" });
    expect(report).toMatchObject({ rows: [], count: 0, chart: [], totals: { total: 0, tax: 0, sales: null } });
  });
});

function shapesOnce() {
  return reportGrains.flatMap((grain) => [null, ...reportSorts].map((sort) => [grain, sort] as const));
}

/** Filters that go together with `by`, a page and how long it is. */
function queries(by: ReportBy): fc.Arbitrary<Omit<ReportQuery, "grain" | "sort">> {
  const own = dimensions.find((each) => each === by);
  const narrowing = [
    ...(["product", "category", "tender", "tax", "discount"] as const)
      .filter((name) => own === undefined || own === name || (own === "product" && name === "category"))
      .map((name) =>
        fc
          .constantFrom(...keys[name].filter((key) => key !== "" || name === "category"))
          .map((key) => ({ [name]: key })),
      ),
    fc.constantFrom("heping", "jiangbian").map((store) => ({ store: store as never })),
    fc.constantFrom(...Object.keys(tills)).map((till) => ({ till })),
    fc.constantFrom("staff-1", "staff-2", "").map((cashier) => ({ cashier })),
    fc.nat(23).map((hour) => ({ hour: String(hour) })),
  ];
  return fc
    .record({
      from: fc.nat(lengthDays),
      length: fc.oneof(fc.nat(13), fc.nat(34), fc.nat(lengthDays)),
      order: fc.constantFrom({}, { order: "up" as const }, { order: "down" as const }),
      filter: fc.oneof(fc.constant({}), ...narrowing),
      page: fc.oneof(
        fc.constant({}),
        fc.record({ page: fc.nat(4).map(String), rows: fc.constantFrom("1", "7", "20") }),
      ),
    })
    .map(({ from, length, order, filter, page }) => ({
      from: day(from),
      to: day(from + length),
      by,
      ...order,
      ...filter,
      ...page,
    }));
}

function day(nth: number): BusinessDate {
  return plusDays(firstDay, nth) as BusinessDate;
}

/** The report; where its range is too long for products, that of its first fortnight. */
async function answered(query: ReportQuery): Promise<{ query: ReportQuery; report: Report }> {
  const answer = await readReport(bench.parts.database, query);
  if (answer.ok) return { query, report: answer.value };
  expect([query, answer]).toEqual([query, { ok: false, refusal: "tooLong" }]);
  return answered({ ...query, to: plusDays(query.from, 13) as BusinessDate });
}

function told({ rows, count, totals, chart }: Report) {
  const twoDigits = (period: string | null): string => (period ?? "").replace(/^\d$/, "0$&");
  return {
    count,
    totals,
    chart: chart.map((point) => ({ ...point, period: twoDigits(point.period) })),
    rows: rows.map(({ period, key, unit, figures: each }) => ({
      period: twoDigits(period),
      key: key ?? "",
      unit,
      figures: each,
    })),
  };
}

async function catalogueOf(): Promise<Catalogue> {
  const { database } = bench.parts;
  const { rows: goods } = await sql<{ id: string; name: string; category: string }>`
    select id, body->'names'->>'zh-CN' as name, coalesce(body->>'category', '') as category from product`.execute(
    database,
  );
  const named = async (table: "staff" | "till" | "store" | "category", column: string) =>
    (
      await sql<{
        id: string;
        name: string | number;
      }>`select id, ${sql.ref(column)} as name from ${sql.table(table)}`.execute(database)
    ).rows;
  const names: Partial<Record<ReportBy, readonly { id: string; name: string | number }[]>> = {
    product: goods,
    cashier: await named("staff", "name"),
    till: await named("till", "label"),
    store: await named("store", "name"),
    category: await named("category", "place"),
  };
  const categories = new Map(goods.map(({ id, category }) => [id, category]));
  const maps = new Map(
    Object.entries(names).map(([by, rows]) => [by, new Map(rows.map(({ id, name }) => [id, name]))]),
  );
  return {
    categoryOf: (product) => categories.get(product) ?? "",
    nameOf(by, key) {
      const known = maps.get(by);
      if (known !== undefined) return known.get(key) ?? null;
      return by === "tax" ? Number(key) : key;
    },
  };
}

/** Adds what `some` counted to the kept rows, as the sales do. */
async function keep(some: readonly Atom[]): Promise<void> {
  for (const { place, counted } of some) {
    const rows = JSON.stringify(rowsOf(place, "CNY", counted));
    await sql`insert into report_rollup
      select * from jsonb_populate_recordset(null::report_rollup, cast(${rows} as jsonb)) ${onKnownRow()}`.execute(
      bench.parts.database,
    );
  }
}
