import type { SignOnRequest } from "../../contract/sign-on.ts";
import { instant, type Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { lockedUntil, type Role } from "../../domain/staff.ts";
import type { GatewayParts } from "../parts.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { isSameSecret, pinSecret, secretContext } from "./pin.ts";

export type SignOnRefusal = { readonly kind: "wrongPin" } | { readonly kind: "locked"; readonly until: Instant };

type SignOnParts = Pick<GatewayParts, "database" | "keys" | "clock">;

/**
 * Whether the PIN is the person's, at a store where the person works. Somebody unknown is answered like a wrong PIN.
 * The try is counted before the PIN is computed, so that tries made at once cannot outrun the lock.
 */
export async function signOn(
  parts: SignOnParts,
  store: StoreId,
  request: SignOnRequest,
): Promise<Result<Role, SignOnRefusal>> {
  const person = await parts.database
    .selectFrom("staff")
    .innerJoin("staff_role", "staff_role.staff", "staff.id")
    .select(["staff.id", "staff.salt", "staff.secret_sealed", "staff_role.role"])
    .where("staff.id", "=", request.staff)
    .where("staff_role.store", "=", store)
    .where("staff.left_at", "is", null)
    .executeTakeFirst();
  if (person === undefined) return refuse({ kind: "wrongPin" });
  const lock = await inTransaction(parts.database, (step) => beginTry(step, person.id, parts.clock.now()));
  if (lock.isLocked) return refuse({ kind: "locked", until: lock.until });
  const secret = await pinSecret(request.pin, person.salt);
  if (!isSameSecret(secret, parts.keys.open(person.secret_sealed, secretContext(person.id)))) {
    return refuse(lock.until === null ? { kind: "wrongPin" } : { kind: "locked", until: lock.until });
  }
  await parts.database
    .updateTable("staff_try")
    .set({ wrong: 0, locked_until: null })
    .where("staff", "=", person.id)
    .execute();
  return ok(person.role as Role);
}

type Try =
  | { readonly isLocked: true; readonly until: Instant }
  | { readonly isLocked: false; readonly until: Instant | null };

/** Counts this try as wrong until it is known to be right. */
async function beginTry(step: Database, staff: string, at: Instant): Promise<Try> {
  const fresh = { staff, wrong: 0, last_at: at, locked_until: null };
  await step
    .insertInto("staff_try")
    .values(fresh)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await step
    .selectFrom("staff_try")
    .select(["wrong", "locked_until"])
    .where("staff", "=", staff)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.locked_until !== null && row.locked_until > at) return { isLocked: true, until: instant(row.locked_until) };
  const wrong = row.wrong + 1;
  const until = lockedUntil(wrong, at);
  await step
    .updateTable("staff_try")
    .set({ wrong, last_at: at, locked_until: until })
    .where("staff", "=", staff)
    .execute();
  return { isLocked: false, until };
}
