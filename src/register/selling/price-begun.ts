import type { DiscountRule } from "../../domain/discount.ts";
import type { Money } from "../../domain/money.ts";
import type { OverrideReason } from "../../domain/sale-line.ts";

/** What is typed of a line's or a sale's price. */
export type PriceBegun =
  | DiscountRule
  | { readonly kind: "price"; readonly unitPrice: Money; readonly reason: OverrideReason };
