import { createMemo, createSignal, type Accessor } from "solid-js";
import { money, negate, type Money } from "../domain/money.ts";
import { quantity } from "../domain/quantity.ts";
import {
  linesLeft,
  returnByAmount,
  returnByQuantity,
  splitBack,
  type Carried,
  type LineLeft,
} from "../domain/returns.ts";
import type { NewReturnLine } from "../domain/sale-line.ts";
import type { Sale } from "../domain/sale.ts";
import type { FoundSale } from "../register/found-sale.ts";
import { soldSaleOf, type ReturnPick } from "../register/return-goods.ts";

/** What of a past sale is chosen to come back, before it is put on the ticket. */
export type ReturnPicks = {
  readonly left: readonly LineLeft[];
  readonly picked: Accessor<readonly ReturnPick[]>;
  /** What is chosen of a line; null for nothing. */
  of(line: number): ReturnPick | null;
  /** What a line's choice comes to; zero for nothing. */
  amountOf(line: number): Money;
  /** All that goes back for what is chosen, tax on top included. */
  readonly owed: Accessor<Money>;
  /** Where it goes, and what no tender has room for. */
  readonly split: Accessor<{ readonly parts: readonly Carried[]; readonly short: Money }>;
  /** So much of the goods; 0 for none. */
  takeGoods(line: number, thousandths: number): void;
  /** Money without goods; null for none. */
  takeMoney(line: number, amount: Money | null): void;
  takeAll(): void;
  takeNone(): void;
};

/** Choosing from `found`, beginning with what of it is on `ticket` already. */
export function createReturnPicks(found: FoundSale, ticket: Sale | null): ReturnPicks {
  const sold = soldSaleOf(found);
  const left = linesLeft(sold, found.returned);
  const [chosen, setChosen] = createSignal(picksOnTicket(found, ticket));
  const set = (line: number, pick: ReturnPick | null): void => {
    const next = new Map(chosen());
    if (pick === null) next.delete(line);
    else next.set(line, pick);
    setChosen(next);
  };
  const lineOf = (line: number): NewReturnLine | null => {
    const pick = chosen().get(line);
    const of = left.find((each) => each.line.line === line);
    if (pick === undefined || of === undefined) return null;
    const made =
      "amount" in pick
        ? returnByAmount(sold, of, pick.amount)
        : returnByQuantity(sold, of, quantity(pick.thousandths, of.quantity.unit));
    return made.ok ? made.value : null;
  };
  const worth = (line: NewReturnLine | null): number =>
    line === null ? 0 : line.amount.amount + (sold.taxMode === "added" ? line.returnOf.tax.amount : 0);
  const owed = createMemo((): Money => {
    const all = [...chosen().keys()].reduce((sum, line) => sum + worth(lineOf(line)), 0);
    return negate(money(all, sold.currency));
  });
  const all = (): ReadonlyMap<number, ReturnPick> =>
    new Map(
      left
        .filter((each) => each.quantity.thousandths > 0)
        .map((each) => [each.line.line, { line: each.line.line, thousandths: each.quantity.thousandths }]),
    );
  return {
    left,
    picked: () => [...chosen().values()].filter((pick) => lineOf(pick.line) !== null),
    of: (line) => chosen().get(line) ?? null,
    amountOf: (line) => negate(lineOf(line)?.amount ?? money(0, sold.currency)),
    owed,
    split: () => splitBack(owed(), found.left),
    takeGoods: (line, thousandths) => set(line, thousandths <= 0 ? null : { line, thousandths }),
    takeMoney: (line, amount) => set(line, amount === null || amount.amount <= 0 ? null : { line, amount }),
    takeAll: () => setChosen(all()),
    takeNone: () => setChosen(new Map()),
  };
}

function picksOnTicket(found: FoundSale, ticket: Sale | null): ReadonlyMap<number, ReturnPick> {
  const picks = new Map<number, ReturnPick>();
  for (const line of ticket?.lines ?? []) {
    if (line.returnOf?.sale !== found.body.sale.id) continue;
    const of = line.returnOf.line;
    const thousandths = -line.quantity.thousandths;
    picks.set(of, thousandths > 0 ? { line: of, thousandths } : { line: of, amount: negate(line.amount) });
  }
  return picks;
}
