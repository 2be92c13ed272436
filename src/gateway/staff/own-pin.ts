import type { StaffId, StoreId } from "../../domain/identifier.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { GatewayParts } from "../parts.ts";
import { inTransaction } from "../store/database.ts";
import { choosePin } from "./edit-staff.ts";
import { signOn, type SignOnRefusal } from "./sign-on.ts";

/**
 * Gives somebody the PIN that they chose themselves, who proves by the present one to be that person; from now on nobody else knows it.
 * Tries are counted as when signing on. The same again, because its answer was lost, is right once more.
 */
export async function changeOwnPin(
  parts: Pick<GatewayParts, "database" | "keys" | "clock" | "random">,
  store: StoreId,
  { staff, pin, newPin }: { readonly staff: StaffId; readonly pin: string; readonly newPin: string },
): Promise<Result<null, SignOnRefusal | { readonly kind: "notNew" }>> {
  if (pin === newPin) return refuse({ kind: "notNew" });
  const signed = await signOn(parts, store, { v: 1, staff, pin });
  if (signed.ok) {
    await inTransaction(parts.database, (step) => choosePin(step, parts, staff, newPin));
    return ok(null);
  }
  const isDone = signed.refusal.kind === "wrongPin" && (await isOwnChoice(parts, staff));
  if (!isDone) return signed;
  return (await signOn(parts, store, { v: 1, staff, pin: newPin })).ok ? ok(null) : signed;
}

async function isOwnChoice({ database }: Pick<GatewayParts, "database">, staff: StaffId): Promise<boolean> {
  const row = await database.selectFrom("staff").select("pin_made_by").where("id", "=", staff).executeTakeFirst();
  return row?.pin_made_by === staff;
}
