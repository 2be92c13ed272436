import type { DisplayView } from "../contract/display.ts";
import { unreachable } from "../domain/assert.ts";
import type { Language } from "../domain/item.ts";
import { add, subtract, sum, type Money } from "../domain/money.ts";
import { priceOf } from "../domain/quantity.ts";
import { balanceOf, type Sale } from "../domain/sale.ts";
import { shownAmountOf, type SaleLine } from "../domain/sale-line.ts";
import type { SaleTotals } from "../domain/sale-totals.ts";
import { nextAsked } from "./paying/part-asked.ts";
import type { Counter, RegisterState, TakenPart } from "./state.ts";

/** What the customer is shown for `state`: always one sale's figures or none, never a mixture. */
export function customerView(state: RegisterState, language: Language): DisplayView {
  const { counter, sale, totals } = state;
  if (counter.kind === "done") {
    return {
      kind: "paid",
      sale: counter.sale,
      total: counter.total,
      given: counter.cash?.given ?? null,
      change: counter.cash?.change ?? null,
      back: counter.back.map((part) => part.amount).reduce(addUp, null),
      ...(isNoted(counter.taken) ? { unverified: true } : {}),
      savings: counter.savings,
    };
  }
  if (sale === null || totals === null || sale.lines.length === 0) return { kind: "idle" };
  return openView(sale, totals, state, language);
}

/** What the line, as it is shown, is below its price before offers; a line coming back saves nothing. */
function savingOf(line: SaleLine): Money {
  const saved = subtract(priceOf(line.listPrice, line.quantity), shownAmountOf(line));
  return line.returnOf === null && saved.amount > 0 ? saved : { ...saved, amount: 0 as Money["amount"] };
}

/** Some of it was noted only: what nobody has proved is not told as received. */
function isNoted(taken: readonly TakenPart[]): boolean {
  return taken.some((part) => part.isUnverified === true);
}

/** Tax that stands in none of the lines. */
function taxOf({ taxes, total }: SaleTotals): Money {
  return sum(
    taxes.map((each) => each.tax),
    total.currency,
  );
}

function addUp(all: Money | null, part: Money): Money {
  return all === null ? part : add(all, part);
}

/** A part, and a tip, are of a payment by code; cash says by itself how much it is. */
function asksByCode(counter: Counter): boolean {
  return counter.kind === "tender" && counter.method !== "cash";
}

function openView(sale: Sale, totals: SaleTotals, state: RegisterState, language: Language): DisplayView {
  const { counter, newest } = state;
  const { total } = totals;
  switch (counter.kind) {
    case "waiting":
      if (counter.code !== null && counter.stage === "password")
        return { kind: "scan", sale: sale.id, due: counter.amount, total, channel: counter.channel, ...counter.code };
      return {
        kind: "paying",
        sale: sale.id,
        due: counter.amount,
        total,
        stage: counter.stage === "password" ? "password" : counter.stage === "contacting" ? "contacting" : "inDoubt",
      };
    case "declined":
      return { kind: "declined", sale: sale.id, due: nextAsked(state, sale), total, givenBack: counter.givenBack };
    case "goods":
    case "weigh":
    case "tender":
    case "secondPerson":
    case "sales":
    case "find":
    case "return":
    case "giveBack":
    case "held":
    case "line":
    case "discount":
    case "shift":
    case "cashMove":
    case "count":
    case "handOver":
    case "done":
      return {
        kind: "selling",
        sale: sale.id,
        lines: sale.lines.map((line) => ({
          line: line.line,
          name: line.names[language],
          quantity: line.quantity,
          amount: shownAmountOf(line),
          saving: savingOf(line),
        })),
        newest,
        savings: totals.savings,
        saleDiscount: totals.saleDiscount,
        ...(sale.taxMode === "added" ? { tax: taxOf(totals) } : {}),
        due: asksByCode(counter) ? nextAsked(state, sale) : balanceOf(sale),
        total,
        itemCount: totals.itemCount,
      };
    default:
      return unreachable(counter);
  }
}
