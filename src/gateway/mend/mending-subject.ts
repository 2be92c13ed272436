import { createHash } from "node:crypto";
import type { MendingRow } from "../store/mending-tables.ts";

/**
 * What a yes is bound to: this proposal, its action and all that it names. Parameters in any order: the database gives them back in
 * its own.
 */
export function mendingSubject({
  id,
  action,
  reason,
  amount,
  parameters,
}: Pick<MendingRow, "id" | "action" | "reason" | "amount" | "parameters">): string {
  const named = Object.entries(parameters as object).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const said = JSON.stringify([action, reason, amount, named]);
  return `mending/${id}/${createHash("sha256").update(said).digest("hex").slice(0, 32)}`;
}
