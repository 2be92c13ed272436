import { endsByItself, plainRules, type ShopRules } from "../../domain/shop-rules.ts";
import type { Database } from "../store/database.ts";

/** By whom a difference was ended that is small by the shop's own rule: by nobody. */
export const smallDifference = "small";

/** Whether a count of cash in this store that is `off` so much ends by itself. */
export async function endsBelowLimit(
  step: Database,
  { store }: { readonly store: string },
  off: number,
): Promise<boolean> {
  if (off === 0) return false;
  const row = await step.selectFrom("store").select("rules").where("id", "=", store).executeTakeFirst();
  return endsByItself(off, { ...plainRules, ...(row?.rules as Partial<ShopRules> | undefined) });
}
