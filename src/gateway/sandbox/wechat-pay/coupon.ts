import type { Switch } from "../switches.ts";
import type { Coupon } from "./order.ts";

const tenth = 10;

/** The coupon the payer uses under `play` on `total` fen: a tenth, rounded down; none on less than ten fen. */
export function couponOf({ coupon }: Switch, total: number): Coupon | null {
  const amount = Math.floor(total / tenth);
  if (coupon === "none" || amount === 0) return null;
  return coupon === "others"
    ? { name: "微信立减", type: "CASH", amount }
    : { name: "本店满减", type: "NOCASH", amount };
}
