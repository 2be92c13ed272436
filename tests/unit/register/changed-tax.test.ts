import { expect, test } from "vitest";
import type { CompletedSale } from "../../../src/domain/journal.ts";
import { saleTotal } from "../../../src/domain/sale-totals.ts";
import { pastSale } from "../../fakes/counter-gateway.ts";
import { bringBack, counter, fen, milkCode, one, state } from "../../fakes/returning-till.ts";

/** A cash sale of one piece at 10.00, and 1.30 of tax added to it: as the shop sold before it changed to tax included. */
function soldWithTaxAdded(): CompletedSale {
  const past = pastSale(1, 1_000, 0);
  const [tax] = past.sale.taxes;
  const [cash] = past.tenders;
  if (tax === undefined || cash?.kind !== "cash") throw new Error("a sale of one rate, paid in cash");
  const sale = {
    ...past.sale,
    taxMode: "added",
    total: fen(1_130),
    taxes: [{ ...tax, tax: fen(130), net: fen(1_000) }],
  };
  return { ...past, sale, tenders: [{ ...cash, amount: fen(1_130), given: fen(1_130) }] } as CompletedSale;
}

test("goods come back with tax as it was when they were sold: what was paid is what goes back", async () => {
  const past = soldWithTaxAdded();
  const { bench } = await counter(past);
  await bringBack(bench, past.receipt, one(1_000));
  const { sale } = state(bench);
  expect(sale === null ? null : saleTotal(sale)).toEqual(fen(-1_130));
});

test("new goods are not sold the old way beside them, nor the old ones taken back beside new goods", async () => {
  const past = soldWithTaxAdded();
  const { bench } = await counter(past);
  await bringBack(bench, past.receipt, one(1_000));
  await bench.register.scan(milkCode);
  expect(state(bench)).toMatchObject({
    notice: { kind: "refused", why: "taxChanged" },
    sale: { lines: { length: 1 } },
  });
  await bench.register.voidSale();
  await bench.register.scan(milkCode);
  await bringBack(bench, past.receipt, one(1_000));
  expect(state(bench)).toMatchObject({
    notice: { kind: "refused", why: "taxChanged" },
    sale: { lines: { length: 1 } },
  });
});

test("once the old goods are off the ticket, new ones are sold as the shop reckons tax today", async () => {
  const past = soldWithTaxAdded();
  const { bench } = await counter(past);
  await bringBack(bench, past.receipt, one(1_000));
  const [line] = state(bench).sale?.lines ?? [];
  bench.register.remove(line?.line ?? 0);
  await bench.register.scan(milkCode);
  const { sale } = state(bench);
  expect([sale?.taxMode, sale === null ? null : saleTotal(sale)]).toEqual(["included", fen(1_280)]);
  bench.register.undoRemove();
  expect(state(bench).sale?.lines).toHaveLength(1);
});
