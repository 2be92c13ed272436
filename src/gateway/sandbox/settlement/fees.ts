import type { Instant } from "../../../domain/clock.ts";
import { isUndone, type TradeFact, type TradeRow } from "./trade-row.ts";

const million = 1_000_000;
const ratePattern = /^(\d{1,2})(?:\.(\d{1,4}))?%$/;

/** Half-up of rate × amount, in whole fen. */
export function feeOn(amount: number, ratePpm: number): number {
  return Math.floor((amount * ratePpm * 2 + million) / (2 * million));
}

/** `0.60%` for 6000 parts per million; more decimals where they are needed. */
export function rateText(ratePpm: number): string {
  const decimals = String(ratePpm % 10_000).padStart(4, "0");
  return `${Math.floor(ratePpm / 10_000)}.${decimals.replace(/0{1,2}$/u, "")}%`;
}

/** Parts per million of a text like `0.60%`, or null. */
export function rateIn(value: unknown): number | null {
  const [, whole = "", decimals = ""] = ratePattern.exec(typeof value === "string" ? value : "") ?? [];
  return whole === "" ? null : Number(whole) * 10_000 + Number(decimals.padEnd(4, "0"));
}

/** What is charged for a payment; a planted fee stands in the place of the reckoned one. */
export type Charges = {
  ratePpm(payment: TradeFact): number;
  plantedFee(payment: TradeFact): number | null;
};

/**
 * The facts with their fees, in order of time. With every refund the fee held for an order falls to half-up(rate × what is
 * left of the receivable), and the difference goes back; a refund that did not happen takes it again.
 */
export function priced(facts: readonly TradeFact[], charges: Charges): readonly TradeRow[] {
  const orders = new Map<string, TradeFact[]>();
  for (const fact of facts) {
    const own = orders.get(fact.order);
    if (own === undefined) orders.set(fact.order, [fact]);
    else own.push(fact);
  }
  return [...orders.values()].flatMap((own) => pricedOrder(own, charges)).toSorted((a, b) => a.at - b.at);
}

type Step = { readonly at: Instant; readonly fact: TradeFact; readonly isUndoing: boolean };

function pricedOrder(facts: readonly TradeFact[], charges: Charges): readonly TradeRow[] {
  const [payment] = facts.filter(({ kind }) => kind === "payment");
  if (payment === undefined) return [];
  const ratePpm = charges.ratePpm(payment);
  const steps: readonly Step[] = facts
    .flatMap((fact): Step[] => [
      { at: fact.at, fact, isUndoing: false },
      ...(isUndone(fact) ? [{ at: fact.endedAt, fact, isUndoing: true }] : []),
    ])
    .toSorted((a, b) => a.at - b.at);
  const fees = new Map<TradeFact, { readonly fee: number; readonly feeAgain: number }>();
  let left = 0;
  let held = 0;
  for (const { fact, isUndoing } of steps) {
    left += (fact.kind === "payment" || isUndoing ? 1 : -1) * fact.receivable;
    const due = (fact.kind === "payment" ? charges.plantedFee(fact) : null) ?? feeOn(left, ratePpm);
    const fee = due - held;
    held = due;
    fees.set(fact, isUndoing ? { fee: fees.get(fact)?.fee ?? 0, feeAgain: fee } : { fee, feeAgain: 0 });
  }
  return facts.map((fact) => ({ ...fact, ratePpm, ...(fees.get(fact) ?? { fee: 0, feeAgain: 0 }) }));
}
