import { afterAll, beforeAll, expect, test } from "vitest";
import type { SaleId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { sampleSale } from "../../fakes/sample-sale.ts";
import { counterStage, newId, returnOf, sold, tell, untilRefund, type CounterStage } from "./counter-stage.ts";

let stage: CounterStage;
beforeAll(async () => void (stage = await counterStage()));
afterAll(async () => stage.stop());

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
