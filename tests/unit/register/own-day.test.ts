import { describe, expect, test } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { ownDay } from "../../../src/domain/reports/own-day.ts";
import { daysSalesMax } from "../../../src/register/days-sales.ts";
import { sampleSale, newId } from "../../fakes/sample-sale.ts";
import { sellMilk, shiftWith } from "../../fakes/shift-till.ts";
import type { SaleRow } from "../../../src/storage/database.ts";
import type { BusinessDate } from "../../../src/domain/till-session.ts";

const hourMs = 3_600_000;

describe("a till's own day", () => {
  test("has every sale of its date in figures, more of them than the list shows, and none of another date", async () => {
    const bench = await shiftWith(0);
    await sellMilk(bench);
    const [sold] = await bench.ledger.database.sale.toArray();
    const row = (nth: number, businessDate: string): SaleRow => ({
      ...sold!,
      id: newId("TA10" as never),
      businessDate: businessDate as BusinessDate,
      completedAt: instant(sold!.completedAt + nth),
    });
    const more = Array.from({ length: daysSalesMax + 20 }, (_, nth) => row(nth, sold!.businessDate));
    await bench.ledger.database.sale.bulkPut([...more, row(3, "1999-01-01")]);
    await bench.register.showDaysSales();
    const { today, day } = bench.register.state.get();
    expect([today.length, day.whole.sales]).toEqual([daysSalesMax, daysSalesMax + 21]);
    expect(day.whole.total).toBe((daysSalesMax + 21) * 1_280);
    expect(day.tenders.map(({ key, figures }) => [key, figures.total])).toEqual([["cash", day.whole.total]]);
    expect(day.hours.reduce((sum, { figures }) => sum + figures.total, 0)).toBe(day.whole.total);
  });

  test("goes by the store's clock, the device's corrected, in the day's own order: past midnight comes last", () => {
    const at = (iso: string) => instant(Date.parse(iso));
    const sale = (fen: number, completedAt: ReturnType<typeof at>) => ({
      completedAt,
      body: sampleSale(newId("TA10" as never), fen),
    });
    const sales = [
      sale(300, at("2026-11-24T16:30:00Z")),
      sale(100, at("2026-11-24T02:10:00Z")),
      sale(200, at("2026-11-24T15:59:00Z")),
    ];
    const { hours, whole } = ownDay(sales, "Asia/Shanghai", 0);
    expect(hours.map(({ key, figures }) => [key, figures.total])).toEqual([
      ["10", 100],
      ["23", 200],
      ["0", 300],
    ]);
    expect(whole).toMatchObject({ sales: 3, total: 600 });
    expect(ownDay(sales, "Asia/Shanghai", hourMs).hours.map(({ key }) => key)).toEqual(["11", "0", "1"]);
  });
});
