import { afterAll, beforeAll, expect, test } from "vitest";
import type { SoldSaleFound } from "../../../src/contract/returns.ts";
import type { SaleId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { sampleSale } from "../../fakes/sample-sale.ts";
import { counterStage, newId, returnOf, sold, tell, untilRefund, type CounterStage } from "./counter-stage.ts";

let stage: CounterStage;
beforeAll(async () => void (stage = await counterStage()));
afterAll(async () => stage.stop());

test("cash for empties beside a return is not counted as used of the original", async () => {
  const { a1 } = stage.tills;
  const sale = newId<SaleId>(a1);
  const original = { ...sampleSale(sale, 1_000), receipt: "A1-1-E001" };
  await tell(a1, { kind: "saleCompleted", body: original });
  const part = returnOf({ sale, attempt: newId<never>(a1), completed: original }, 400, a1, "wechat");
  const [back] = part.completed.sale.lines;
  const out = (fen: number) => money(-fen, "CNY");
  const none = money(0, "CNY");
  const empties = { ...back!, line: 2, isDeposit: true, returnOf: null, amount: out(50) };
  const tax = { ...part.completed.sale.taxes[0]! };
  const body = {
    ...part.completed,
    sale: {
      ...part.completed.sale,
      lines: [back!, empties],
      taxes: [{ ...tax, tax: money(tax.tax.amount - 6, "CNY"), net: money(tax.net.amount - 44, "CNY") }],
      total: out(450),
    },
    tenders: [
      { kind: "cash" as const, amount: out(400), given: none, change: none, rounding: none },
      { kind: "cash" as const, amount: out(50), given: none, change: none, rounding: none },
    ],
  };
  await tell(a1, { kind: "saleCompleted", body });
  const found = (await a1.ask({ path: "/v1/sales?number=A1-1-E001" })).json<{ sales: SoldSaleFound[] }>();
  expect(found.sales[0]?.left).toEqual([{ kind: "cash", left: money(600, "CNY") }]);
});

test("what an exchange has used up is not refunded to a till that was cut off: it stays owed and is put before a person", async () => {
  const { a1, a2 } = stage.tills;
  const original = await sold(a2, 1_000, "wechat");
  const part = returnOf(original, 400, a1, "wechat");
  const [back] = part.completed.sale.lines;
  const [fresh] = sampleSale(newId<SaleId>(a1), 400).sale.lines;
  const none = money(0, "CNY");
  const exchange = {
    ...part.completed,
    sale: {
      ...part.completed.sale,
      lines: [back!, { ...fresh!, line: 2 }],
      taxes: [{ rate: fresh!.taxRate, tax: none, net: none }],
      total: none,
    },
    tenders: [],
    carried: [
      { kind: "payment" as const, attempt: original.attempt, channel: "wechat" as const, amount: money(400, "CNY") },
    ],
  };
  await tell(a1, { kind: "saleCompleted", body: exchange });
  const whole = returnOf(original, 1_000, a2, "wechat");
  await tell(a2, { kind: "saleCompleted", body: whole.completed });
  await untilRefund(a2, whole.refund, "owed");
  const shown = await stage.bench.parts.database
    .selectFrom("exception_item")
    .select(["kind", "subject"])
    .where("kind", "=", "refundAboveLeft")
    .orderBy("subject")
    .execute();
  expect(new Set(shown.map(({ subject }) => subject))).toEqual(new Set([whole.sale, whole.refund]));
  expect(stage.truth("wechat", original.attempt)).toEqual({ moved: 1_000, givenBack: 0 });
});
