import type { StaffId, StoreId } from "../../domain/identifier.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { wholeChain } from "../audit/audit.ts";
import type { GatewayParts } from "../parts.ts";
import { inTransaction } from "../store/database.ts";
import { choosePin } from "./edit-staff.ts";
import { signOn, type SignOnRefusal } from "./sign-on.ts";

/** A till asks again within this whose answer was lost. */
const askedAgainMs = 60_000;

/**
 * Gives somebody the PIN that they chose themselves, who proves by the present one to be that person, and in the office by having
 * signed in there: only then is it known to nobody else where somebody had the present one made. Tries are counted as when signing on. The same again, because its answer was lost a moment ago, is right once more.
 */
export async function changeOwnPin(
  parts: Pick<GatewayParts, "database" | "keys" | "clock" | "random">,
  store: StoreId,
  { staff, pin, newPin }: { readonly staff: StaffId; readonly pin: string; readonly newPin: string },
  proved: "byPin" | "inOffice",
): Promise<Result<null, SignOnRefusal | { readonly kind: "notNew" }>> {
  if (pin === newPin) return refuse({ kind: "notNew" });
  const signed = await signOn(parts, store, { v: 1, staff, pin });
  if (signed.ok) {
    await inTransaction(parts.database, (step) => choosePin(step, parts, staff, newPin, proved));
    return ok(null);
  }
  const isRecent = signed.refusal.kind === "wrongPin" && (await wasJustChosen(parts, staff));
  if (!isRecent) return signed;
  return (await signOn(parts, store, { v: 1, staff, pin: newPin })).ok ? ok(null) : signed;
}

/** Else whoever mistypes the present one would be counted twice. */
async function wasJustChosen(
  { database, clock }: Pick<GatewayParts, "database" | "clock">,
  staff: StaffId,
): Promise<boolean> {
  const row = await database
    .selectFrom("audit_entry")
    .select("id")
    .where("store", "=", wholeChain)
    .where("at", ">", clock.now() - askedAgainMs)
    .where("act", "=", "pinRenewed")
    .where("subject", "=", staff)
    .where("who", "=", staff)
    .executeTakeFirst();
  return row !== undefined;
}
