import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { savedViewsMax, type ReportReceipt, type ReportSales, type SavedViews } from "../../../src/contract/reports.ts";
import type { Instant } from "../../../src/domain/clock.ts";
import type { CompletedSale } from "../../../src/domain/journal.ts";
import { playedSales } from "../../fakes/random-sale.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { deliver, officeOf, playOut } from "./report-stage.ts";

const range = { from: "2026-11-01", to: "2026-11-28" };
let bench: GatewayBench;
let office: Awaited<ReturnType<typeof officeOf>>;
const given: CompletedSale[] = [];

beforeAll(async () => {
  bench = await gatewayBench();
  office = await officeOf(bench);
  const rows = await bench.parts.database.selectFrom("product").select("id").orderBy("id").limit(12).execute();
  const products = [...rows.map(({ id }) => id), "no-such-product"];
  for (const [at, id] of (["till-a1", "till-a2", "till-b1"] as const).entries()) {
    const till = await bench.till(id);
    for (let day = 1; day <= 28; day += 3) {
      const date = `2026-11-${String(day).padStart(2, "0")}`;
      const played = fc.sample(fc.tuple(playedSales(), fc.option(playedSales(), { nil: null })), {
        numRuns: 4,
        seed: day * 3 + at,
      });
      const sales = played.flatMap(([sale, back], nth) =>
        playOut(till, sale, [products[(day + nth) % products.length]!, products[(at + nth) % products.length]!], back),
      );
      await deliver(
        till,
        sales,
        date,
        (Date.parse(`${date}T03:00:00Z`) + at * 3_540_000) as Instant,
        `staff-${day % 2}`,
      );
      given.push(...sales);
    }
  }
});

/** Every sale behind a filter, page after page. */
async function behind(query: Record<string, string>): Promise<ReportSales["sales"]> {
  const sales: ReportSales["sales"][number][] = [];
  for (let before: string | null = ""; before !== null;) {
    const asked = { ...range, ...query, ...(before === "" ? {} : { before }) };
    const answer = await office.ask("GET", `/v1/office/reports/sales?${new URLSearchParams(asked)}`);
    expect(answer.statusCode).toBe(200);
    const page = answer.json<ReportSales>();
    sales.push(...page.sales);
    before = page.next;
  }
  return sales;
}

describe("the sales behind a row", () => {
  it("are, over the whole range, every sale once, newest first", async () => {
    const all = await behind({});
    expect(all.length).toBeGreaterThan(120);
    expect(all.map(({ id }) => id).toSorted()).toEqual(given.map(({ sale }) => sale.id).toSorted());
    const keys = all.map(({ businessDate, completedAt }) => `${businessDate} ${completedAt}`);
    expect(keys).toEqual(keys.toSorted().toReversed());
  });

  it.each(["store", "till", "cashier", "product", "category", "tender", "tax", "discount"])(
    "are as many as the row by %s says",
    async (by) => {
      const told = await office.report({ ...range, by, grain: "none", rows: "1000" });
      expect(told.rows.length).toBeGreaterThan(1);
      for (const row of told.rows) {
        const sales = await behind({ [by]: row.key ?? "" });
        expect([row.key, sales.length]).toEqual([row.key, row.figures.sales]);
        if (["store", "till", "cashier"].includes(by))
          expect(sales.reduce((sum, { total }) => sum + total.amount, 0)).toBe(row.figures.total);
      }
    },
  );

  it("of products narrowed by a category are those of the category, and of what the catalogue does not know", async () => {
    const categories = await office.report({ ...range, by: "category", grain: "none" });
    for (const row of categories.rows) {
      const products = await office.report({
        ...range,
        by: "product",
        grain: "none",
        category: row.key ?? "",
        rows: "1000",
      });
      expect([row.key, products.totals.total]).toEqual([row.key, row.figures.total]);
    }
    expect(categories.rows.map(({ key }) => key)).toContain("");
  });

  it("are those of the hour, and narrowed further by till and amount", async () => {
    const told = await office.report({ ...range, by: "till", grain: "hour" });
    for (const row of told.rows) {
      const sales = await behind({ till: row.key!, hour: row.period! });
      expect([row.key, row.period, sales.length]).toEqual([row.key, row.period, row.figures.sales]);
      const own = { ...range, by: "none", grain: "none", till: row.key!, hour: row.period! };
      expect((await office.report(own)).totals).toEqual(row.figures);
      const some = await behind({ till: row.key!, hour: row.period!, least: "1000", most: "90000" });
      expect(some.length).toBe(sales.filter(({ total }) => total.amount >= 1_000 && total.amount <= 90_000).length);
    }
  });

  it("are found by the beginning of a receipt's number", async () => {
    const { receipt } = given[40]!;
    expect((await behind({ number: receipt.toLowerCase() })).map((row) => row.receipt)).toEqual([receipt]);
  });
});

it("a receipt in the office is made from what the paper was made from", async () => {
  const sold = given.find(({ tenders }) => tenders.some(({ kind }) => kind === "payment"))!;
  const receipt = (await office.ask("GET", `/v1/office/reports/sales/${sold.sale.id}`)).json<ReportReceipt>();
  expect(receipt.sold).toEqual(JSON.parse(JSON.stringify(sold)));
  expect(receipt).toMatchObject({
    cashier: expect.stringMatching(/^staff-/),
    promised: [],
    shop: { language: "zh-CN" },
  });
  expect((await office.ask("GET", "/v1/office/reports/sales/01KA1B2C3DTA10AAAAAAAAAAAA")).statusCode).toBe(404);
});

it("pages hold every row once, in the order of the column asked for", async () => {
  for (const [sort, order] of [
    ["total", "down"],
    ["net", "up"],
    ["name", "up"],
    ["period", "down"],
  ] as const) {
    const query = { ...range, by: "product", grain: "month", sort, order };
    const whole = await office.report({ ...query, rows: "1000" });
    const pages = [];
    for (let page = 0; page * 5 < whole.count; page++)
      pages.push(...(await office.report({ ...query, rows: "5", page: String(page) })).rows);
    expect(pages).toEqual(whole.rows);
    const values = whole.rows.map(({ figures }) => (sort === "net" ? figures.total - figures.tax : figures.total));
    if (sort === "total" || sort === "net")
      expect(values).toEqual(values.toSorted((a, b) => (order === "up" ? a - b : b - a)));
  }
});

it.each([
  [{ from: "2026-11-02", to: "2026-11-01", by: "none", grain: "day" }],
  [{ from: "2026-02-30", to: "2026-11-01", by: "none", grain: "day" }],
  [{ from: "2026-01-01", to: "2026-11-01", by: "product", grain: "day" }],
  [{ from: "2006-01-01", to: "2026-11-01", by: "none", grain: "month" }],
  [{ ...range, by: "product", grain: "none", tender: "cash" }],
  [{ ...range, by: "none", grain: "none", tax: "1300", discount: "offer" }],
  [{ ...range, by: "category", grain: "none", product: "100001" }],
  [{ ...range, by: "weather", grain: "none" }],
])("refuses %j, whose figures would mean nothing or take too long", async (query) => {
  const answer = await office.ask("GET", `/v1/office/reports?${new URLSearchParams(query as Record<string, string>)}`);
  expect([answer.statusCode, answer.json().code]).toEqual([400, "badRequest"]);
});

it("views are kept under their names for their owner, replaced and removed, and no more than are kept", async () => {
  const view = {
    by: "till",
    grain: "week",
    range: "thisWeek",
    filter: { store: "heping" },
    sort: "net",
    order: "down",
  };
  const put = (name: string, body: unknown = { v: 1, view }) =>
    office.ask("PUT", `/v1/office/reports/views/${encodeURIComponent(name)}`, body);
  const long = "每周一早上看的和平路店各款台各班次销售额报表每周一早上看的和平路店各款台各班次销售额报表每周一早上";
  expect((await put(long)).json<SavedViews>().views).toEqual([{ name: long, view }]);
  expect((await put(long, { v: 1, view: { ...view, by: "store" } })).json<SavedViews>().views[0]!.view.by).toBe(
    "store",
  );
  expect((await put("x", { v: 1, view: { ...view, by: "weather" } })).statusCode).toBe(400);
  for (let n = 1; n < savedViewsMax; n++) expect((await put(`view ${n}`)).statusCode).toBe(200);
  expect((await put("one more")).json().code).toBe("tooManyTries");
  expect((await put(long)).statusCode).toBe(200);
  const removed = await office.ask("DELETE", `/v1/office/reports/views/${encodeURIComponent(long)}`);
  expect(removed.json<SavedViews>().views.length).toBe(savedViewsMax - 1);
});
