import type { Switch } from "../switches.ts";
import type { Coupon } from "./trade.ts";

const tenth = 10;

/** The coupon the payer uses under `play` on `total` fen: a tenth, rounded down; none on less than ten fen. */
export function couponOf({ coupon }: Switch, total: number): Coupon | null {
  const amount = Math.floor(total / tenth);
  if (coupon === "none" || amount === 0) return null;
  return coupon === "others"
    ? { name: "支付宝立减", fundedBy: "platform", amount }
    : { name: "本店满减", fundedBy: "shop", amount };
}
