import type { Instant } from "../../../domain/clock.ts";
import { priced } from "./fees.ts";
import type { Plant } from "./plant.ts";
import { chargesUnder } from "./plan.ts";
import type { AccountTerms } from "./terms.ts";
import type { TradeFact, TradeRow } from "./trade-row.ts";

/** A made-up payment that says nothing is of 10.00 yuan. */
const madeUpFen = 1_000;

/** Everything that moved money by trade: the ledger's facts, and the payments that were made up; `number` is the provider's. */
export function truthRows(
  facts: readonly TradeFact[],
  plants: readonly Plant[],
  terms: AccountTerms,
  number: (at: Instant, turn: number) => string,
): readonly TradeRow[] {
  const madeUp = plants
    .filter(({ kind }) => kind === "foreignPayment" || kind === "unmadePayment")
    .map((plant) => madeUpPayment(plant, number(plant.at, plant.turn)));
  return priced([...facts, ...madeUp], chargesUnder(plants, terms));
}

function madeUpPayment({ kind, at, made, amount, turn }: Plant, transaction: string): TradeFact {
  return {
    kind: "payment",
    at,
    orderedAt: at,
    order: made,
    transaction,
    refund: "",
    providerRefund: "",
    subject: kind === "foreignPayment" ? "其他业务收款" : "门店消费",
    attach: "",
    store: "",
    device: "",
    payer: `oSANDBOX${String(turn).padStart(20, "0")}`,
    way: "NATIVE",
    amount: amount ?? madeUpFen,
    receivable: amount ?? madeUpFen,
    othersCoupon: 0,
    shopCoupon: 0,
    status: "SUCCESS",
    endedAt: null,
    isFromAvailable: false,
    by: "shop",
  };
}
