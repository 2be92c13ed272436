import { createRoot } from "solid-js";
import { expect, test } from "vitest";
import { money } from "../../../src/domain/money.ts";
import type { FoundSale } from "../../../src/register/returning/found-sale.ts";
import { openSale, saleAfter } from "../../../src/domain/sale.ts";
import { linesLeft, returnByQuantity, tendersOf, type ReturnedLine } from "../../../src/domain/returns.ts";
import { pieces } from "../../../src/domain/quantity.ts";
import { createReturnPicks, type ReturnPicks } from "../../../src/ui/return-picks.ts";
import { soldSaleOf } from "../../../src/register/returning/return-goods.ts";
import { at, pastSale } from "../../fakes/counter-gateway.ts";

const fen = (amount: number) => money(amount, "CNY");

function found(returned: readonly ReturnedLine[] = []): FoundSale {
  const body = pastSale(3, 700, 1_000);
  const left = tendersOf({ ...body.sale, tenders: body.tenders, carried: [], currency: "CNY" });
  return { body, completedAt: at, tillLabel: "A2", returned, left, own: false };
}

const picksOf = (sale: FoundSale, ticket: Parameters<typeof createReturnPicks>[1] = null): ReturnPicks =>
  createRoot(() => createReturnPicks(sale, ticket));

test("the whole sale in one press goes to the wallet first, then to the drawer", () => {
  const picks = picksOf(found());
  picks.takeAll();
  expect(picks.picked()).toEqual([{ line: 1, thousandths: 3_000 }]);
  expect(picks.owed()).toEqual(fen(2_100));
  expect(picks.split()).toMatchObject({
    parts: [
      { kind: "payment", amount: fen(1_000) },
      { kind: "cash", amount: fen(1_100) },
    ],
    short: fen(0),
  });
  picks.takeNone();
  expect([picks.picked(), picks.owed()]).toEqual([[], fen(0)]);
});

test("money alone and goods exclude each other on one line", () => {
  const picks = picksOf(found());
  picks.takeGoods(1, 1_000);
  picks.takeMoney(1, fen(250));
  expect(picks.picked()).toEqual([{ line: 1, amount: fen(250) }]);
  picks.takeGoods(1, 2_000);
  expect([picks.picked(), picks.owed()]).toEqual([[{ line: 1, thousandths: 2_000 }], fen(1_400)]);
});

test("what came back before cannot be chosen again", () => {
  const picks = picksOf(found([{ line: 1, thousandths: 3_000, amount: 2_100, tax: 242 }]));
  picks.takeAll();
  picks.takeMoney(1, fen(1));
  expect([picks.left, picks.picked()]).toEqual([[], []]);
});

/** Three pieces at 7.00 and one bottle taken in for 0.50: 20.50 by WeChat Pay and Alipay alone. */
function withBottle(): FoundSale {
  const { body, ...rest } = found();
  const [line] = body.sale.lines;
  const [payment] = body.tenders;
  if (line === undefined || payment === undefined) throw new Error("a past sale has a line and a tender");
  const bottle = { ...line, line: 2, quantity: pieces(-1), unitPrice: fen(50), amount: fen(-50), isDeposit: true };
  const sale = { ...body.sale, lines: [{ ...line, amount: fen(2_100) }, bottle], total: fen(2_050) };
  const sold = { ...body, sale, tenders: [{ ...payment, amount: fen(2_050) }] };
  return { ...rest, body: sold, left: tendersOf({ ...sold.sale, ...sold, currency: "CNY" }) };
}

test("the whole of a sale that took a bottle in hands the bottle back and gives back what was paid", () => {
  const picks = picksOf(withBottle());
  picks.takeAll();
  expect([picks.handedBack(), picks.owed(), picks.setOff()]).toEqual([[2], fen(2_050), fen(0)]);
  expect(picks.split()).toMatchObject({ parts: [{ kind: "payment", amount: fen(2_050) }], short: fen(0) });
  picks.takeNone();
  expect(picks.handedBack()).toEqual([]);
});

test("the bottle that stays in the shop is 0.50 of cash, said as set off and not as given back", () => {
  const picks = picksOf(withBottle());
  picks.takeGoods(1, 3_000);
  expect([picks.owed(), picks.setOff()]).toEqual([fen(2_100), fen(50)]);
  expect(picks.split()).toMatchObject({
    parts: [
      { kind: "payment", amount: fen(2_050) },
      { kind: "cash", amount: fen(50) },
    ],
    short: fen(0),
  });
  picks.handBack(2, true);
  expect([picks.owed(), picks.setOff()]).toEqual([fen(2_050), fen(0)]);
});

test("choosing begins with what is on the ticket already", () => {
  const sale = found();
  const sold = soldSaleOf(sale);
  const [left] = linesLeft(sold, []);
  const line = left === undefined ? null : returnByQuantity(sold, left, pieces(2));
  if (line?.ok !== true) throw new Error("two of three come back");
  const empty = openSale({
    id: "t" as never,
    currency: "CNY",
    taxMode: "included",
    session: "s" as never,
    staff: "p" as never,
    openedAt: at,
  });
  const ticket = saleAfter(empty, { kind: "addReturn", line: line.value });
  expect(picksOf(sale, ticket.ok ? ticket.value : null).picked()).toEqual([{ line: 1, thousandths: 2_000 }]);
});
