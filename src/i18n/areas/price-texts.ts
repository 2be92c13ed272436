import type { OverrideReason } from "../../domain/sale-line.ts";

/** The words of prices and discounts, fetched when the first line is opened. */
export type PriceWords = {
  readonly saleTitle: string;
  readonly now: string;
  readonly kinds: {
    readonly percent: string;
    readonly amount: string;
    readonly target: string;
    readonly price: string;
  };
  readonly percentOff: (percent: string) => string;
  readonly why: string;
  readonly reasons: { readonly [R in OverrideReason]: string };
  /** Names the box for a line's note, and says what to write into it. */
  readonly note: string;
  readonly noteHint: string;
  readonly take: string;
  readonly clear: string;
  readonly remove: string;
  readonly back: string;
  readonly hint: { readonly percent: string; readonly amount: string; readonly target: string; readonly price: string };
};
