import { createMemo, createSignal, type Accessor } from "solid-js";
import { money, negate, type Money } from "../domain/money.ts";
import { quantity } from "../domain/quantity.ts";
import {
  isHandBack,
  isTakenIn,
  linesLeft,
  returnByAmount,
  returnByQuantity,
  setOffOf,
  splitBack,
  type Carried,
  type LineLeft,
} from "../domain/returns.ts";
import type { NewReturnLine, SaleLine } from "../domain/sale-line.ts";
import { taxPerLine } from "../domain/sale-totals.ts";
import type { Sale } from "../domain/sale.ts";
import type { FoundSale } from "../register/returning/found-sale.ts";
import { soldSaleOf, type HandedBack, type ReturnPick } from "../register/returning/return-goods.ts";

/** What of a past sale is chosen to come back, before it is put on the ticket. */
export type ReturnPicks = {
  readonly left: readonly LineLeft[];
  readonly picked: Accessor<readonly ReturnPick[]>;
  /** What is chosen of a line; null for nothing. */
  of(line: number): ReturnPick | null;
  /** What a line's choice comes to; zero for nothing. */
  amountOf(line: number): Money;
  /** Bottles taken in with the sale. */
  readonly takenIn: readonly SaleLine[];
  /** Those of them that go back to the customer, by line. */
  readonly handedBack: Accessor<HandedBack>;
  /** All that goes back for what is chosen, tax on top included, less the deposits of bottles handed back. */
  readonly owed: Accessor<Money>;
  /** How much of that was paid with bottles and goes back as cash. */
  readonly setOff: Accessor<Money>;
  /** Where it goes, and what no tender has room for. */
  readonly split: Accessor<{ readonly parts: readonly Carried[]; readonly short: Money }>;
  /** So much of the goods; 0 for none. */
  takeGoods(line: number, thousandths: number): void;
  /** Money without goods; null for none. */
  takeMoney(line: number, amount: Money | null): void;
  /** Whether bottles taken in on this line go back to the customer. */
  handBack(line: number, isBack: boolean): void;
  /** The whole sale undone, bottles taken in included. */
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
  const bottles = createBottles(found, ticket);
  const worth = (line: NewReturnLine | null): number =>
    line === null ? 0 : line.amount.amount + (sold.taxMode === "added" ? line.returnOf.tax.amount : 0);
  const owed = createMemo((): Money => {
    const all = [...chosen().keys()].reduce((sum, line) => sum - worth(lineOf(line)), 0);
    return money(all - bottles.deposits(), sold.currency);
  });
  const split = createMemo(() => splitBack(money(Math.max(owed().amount, 0), sold.currency), found.left));
  const takeAll = (): void => {
    setChosen(allOf(left));
    bottles.none();
    // paid out already, or more than the goods: those bottles stay in the shop
    if (bottles.allDeposits <= Math.min(cashLeft(found), owed().amount)) bottles.all();
  };
  return {
    left,
    takenIn: bottles.takenIn,
    handedBack: bottles.handedBack,
    setOff: () => money(setOffIn(split().parts, found), sold.currency),
    handBack: bottles.handBack,
    picked: () => [...chosen().values()].filter((pick) => lineOf(pick.line) !== null),
    of: (line) => chosen().get(line) ?? null,
    amountOf: (line) => negate(lineOf(line)?.amount ?? money(0, sold.currency)),
    owed,
    split,
    takeGoods: (line, thousandths) => set(line, thousandths <= 0 ? null : { line, thousandths }),
    takeMoney: (line, amount) => set(line, amount === null || amount.amount <= 0 ? null : { line, amount }),
    takeAll,
    takeNone: () => {
      setChosen(new Map());
      bottles.none();
    },
  };
}

/** Which of the bottles taken in go back, and what their deposits come to in minor units. */
function createBottles(found: FoundSale, ticket: Sale | null) {
  const sold = soldSaleOf(found);
  const takenIn = sold.lines.filter(isTakenIn);
  const taxes = taxPerLine(sold);
  const [handedBack, setHandedBack] = createSignal<HandedBack>(handedBackOn(found, takenIn, ticket));
  const depositOf = (line: SaleLine): number =>
    -line.amount.amount - (sold.taxMode === "added" ? (taxes[sold.lines.indexOf(line)]?.amount ?? 0) : 0);
  const deposits = (of: readonly SaleLine[]): number => of.reduce((sum, line) => sum + depositOf(line), 0);
  return {
    takenIn,
    handedBack,
    allDeposits: deposits(takenIn),
    deposits: (): number => deposits(takenIn.filter((line) => handedBack().includes(line.line))),
    handBack: (line: number, isBack: boolean): void => {
      setHandedBack((lines) => [...lines.filter((each) => each !== line), ...(isBack ? [line] : [])]);
    },
    all: (): void => {
      setHandedBack(takenIn.map((line) => line.line));
    },
    none: (): void => {
      setHandedBack([]);
    },
  };
}

/** How much of the cash among `parts` is beyond the cash that was paid: minor units. */
function setOffIn(parts: readonly Carried[], found: FoundSale): number {
  const paidInCash = Math.max(0, cashLeft(found) - setOffOf(soldSaleOf(found)).amount);
  const cash = parts.reduce((sum, part) => (part.kind === "cash" ? sum + part.amount.amount : sum), 0);
  return Math.max(0, cash - paidInCash);
}

function allOf(left: readonly LineLeft[]): ReadonlyMap<number, ReturnPick> {
  return new Map(
    left
      .filter((each) => each.quantity.thousandths > 0)
      .map((each) => [each.line.line, { line: each.line.line, thousandths: each.quantity.thousandths }]),
  );
}

function cashLeft({ left }: FoundSale): number {
  return left.reduce((sum, each) => (each.kind === "cash" ? sum + each.left.amount : sum), 0);
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

/** Bottles that an earlier choice from the same sale gives back on `ticket`. */
function handedBackOn(found: FoundSale, takenIn: readonly SaleLine[], ticket: Sale | null): HandedBack {
  const lines = ticket?.lines ?? [];
  if (!lines.some((line) => line.returnOf?.sale === found.body.sale.id)) return [];
  return takenIn.filter((taken) => lines.some((line) => isHandBack(line, taken))).map((taken) => taken.line);
}
