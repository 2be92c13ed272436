import type { LabelRule } from "./label.ts";
import type { MinorUnits } from "./money.ts";
import type { RoundingRule } from "./rounding.ts";

/** What a shop decides for all its tills at the counter; pulled by tills, in force offline. Amounts in the store's currency. */
export type ShopRules = {
  /** 抹零 on cash; null: none. */
  readonly rounding: RoundingRule | null;
  /** How the shop's scales write labels. */
  readonly labels: readonly LabelRule[];
  /** Tips offered before a payment, in basis points of what is due; none: tips are not taken. */
  readonly tips: readonly number[];
  /** Payments to a static code that nobody could ask about, recorded; null: off. */
  readonly unverified: { readonly each: MinorUnits; readonly day: MinorUnits } | null;
  /** Cash given back while the gateway is out of reach, for this till's own cash sales. */
  readonly offlineCashBack: { readonly each: MinorUnits; readonly day: MinorUnits };
  /** Refunds to wallets on a till's word alone, without the gateway having seen the second person's PIN; per till and business day. */
  readonly refundsOnTrust: { readonly day: MinorUnits };
  /** Offered when a shift is opened. */
  readonly float: MinorUnits;
  /** A drawer or safe counted over or short by less than this ends by itself, as gain or loss; 0: a person ends each. */
  readonly smallCashDifference: MinorUnits;
};

/** A shop that has decided nothing: no rounding, no labels, no tips, no unverified tender, small offline cash refunds. */
export const plainRules: ShopRules = {
  rounding: null,
  labels: [],
  tips: [],
  unverified: null,
  offlineCashBack: { each: 20_000 as MinorUnits, day: 100_000 as MinorUnits },
  refundsOnTrust: { day: 500_000 as MinorUnits },
  float: 0 as MinorUnits,
  smallCashDifference: 0 as MinorUnits,
};

/** Whether a count that is `off` so much ends by itself: below the shop's limit, and a limit is set. */
export function endsByItself(off: number, { smallCashDifference }: Pick<ShopRules, "smallCashDifference">): boolean {
  return off !== 0 && Math.abs(off) < smallCashDifference;
}
