import { createRoot } from "solid-js";
import { describe, expect, it } from "vitest";
import { createReportState, filterOfRow, fits, rangeOfRow } from "../../../src/office/reports/report-state.ts";
import type { BusinessDate } from "../../../src/domain/till-session.ts";

const d = (text: string) => text as BusinessDate;
const within = (look: (state: ReturnType<typeof createReportState>) => void): void =>
  createRoot((end) => {
    look(createReportState(() => "2026-11-29"));
    end();
  });

describe("what one looks at", () => {
  it("drops a filter that would split receipts in two ways when its rows change, and keeps the others", () => {
    within((state) => {
      state.setBy("product");
      state.setFilter("category", "drinks");
      state.setFilter("till", "till-a1");
      expect(state.filter()).toEqual({ category: "drinks", till: "till-a1" });
      state.setBy("tender");
      expect(state.filter()).toEqual({ till: "till-a1" });
    });
  });

  it("offers only filters that can stand beside the rows", () => {
    expect(fits("product", {}, "category")).toBe(true);
    expect(fits("product", {}, "tender")).toBe(false);
    expect(fits("category", {}, "product")).toBe(false);
    expect(fits("none", { category: "x" }, "tax")).toBe(false);
    expect(fits("tender", {}, "cashier")).toBe(true);
  });

  it("is not asked for while products by day are too many, but is when one product is named", () => {
    within((state) => {
      state.setBy("product");
      state.setGrain("day");
      state.setRange({ from: d("2026-01-01"), to: d("2026-11-29") });
      expect(state.misfit()).toBe("tooLong");
      state.setFilter("product", "100001");
      expect(state.misfit()).toBe(null);
      state.setRange({ from: d("2026-11-29"), to: d("2026-11-01") });
      expect(state.misfit()).toBe("wrongRange");
    });
  });

  it("begins with the first page again whatever changes, and comes back whole from what was saved", () => {
    within((state) => {
      state.setBy("till");
      state.setGrain("week");
      state.setRange("lastMonth");
      state.setFilter("store", "heping");
      state.sortBy("net");
      const saved = state.saved();
      const { page: _, ...asked } = state.query();
      state.setPage(3);
      state.setBy("product");
      expect(state.page()).toBe(0);
      state.setRange("today");
      state.takeUp(saved);
      expect(state.query()).toEqual({ ...asked, page: "0" });
      expect(asked).toMatchObject({ from: "2026-10-01", to: "2026-10-31", sort: "net", order: "down" });
    });
  });
});

it("a row's sales are those of its time within the range", () => {
  const range = { from: d("2026-11-10"), to: d("2026-11-29") };
  expect(rangeOfRow(range, "2026-W46")).toEqual({ from: "2026-11-10", to: "2026-11-15" });
  expect(rangeOfRow(range, "2026-11")).toEqual(range);
  expect(rangeOfRow(range, "2026-11-12")).toEqual({ from: "2026-11-12", to: "2026-11-12" });
  expect(rangeOfRow(range, "9")).toEqual(range);
  expect(filterOfRow("till", { key: "till-a1", period: "9" }, {})).toEqual({ till: "till-a1", hour: "9" });
});
