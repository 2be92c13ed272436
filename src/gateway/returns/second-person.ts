import { makeId, type ApprovalId, type StaffId, type StoreId, type Tag } from "../../domain/identifier.ts";
import type { ApprovalAsked } from "../../contract/approval.ts";
import { money } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { mayApprove, permits, type Act, type Approval, type Role } from "../../domain/staff.ts";
import type { GatewayParts } from "../parts.ts";
import { signOn, type SignOnRefusal } from "../staff/sign-on.ts";
import type { Database } from "../store/database.ts";

export type SecondPersonRefusal = { readonly kind: "approvalNeeded" | "forbidden" } | SignOnRefusal;

/** What is asked for, who is signed on at the till (as it says), and whose PIN comes along; `amount` in minor units. */
export type AskedActs = {
  readonly asker: StaffId;
  readonly approval: ApprovalAsked | null;
  readonly subject: string;
  readonly amount: number;
};

/**
 * Checks by itself what the gateway is about to execute (`trust.md`, People): the asker may do all of `acts` alone (null), or
 * somebody who may has given the PIN.
 */
export async function checkSecondPerson(
  parts: Pick<GatewayParts, "clock" | "random" | "database" | "keys">,
  store: StoreId,
  acts: readonly { readonly act: Act; readonly size: number }[],
  { asker, approval, subject, amount }: AskedActs,
): Promise<Result<Approval | null, SecondPersonRefusal>> {
  const role = await roleOf(parts.database, store, asker);
  if (role === null) return refuse({ kind: "forbidden" });
  const due = acts.filter(({ act, size }) => permits(role, act, size) !== "allowed");
  const [first] = due;
  if (first === undefined) return ok(null);
  if (due.some(({ act, size }) => permits(role, act, size) === "refused")) return refuse({ kind: "forbidden" });
  if (approval === null) return refuse({ kind: "approvalNeeded" });
  const { by, pin } = approval;
  const signed = await signOn(parts, store, { v: 1, staff: by, pin });
  if (!signed.ok) return signed;
  const person = { id: by, name: "", role: signed.value };
  if (!due.every(({ act, size }) => mayApprove(person, asker, act, size))) return refuse({ kind: "forbidden" });
  const at = parts.clock.now();
  const currency = await currencyOf(parts.database, store);
  return ok({
    id: makeId<ApprovalId>(at, await gatewayTag(parts.database, store), parts.random),
    act: first.act,
    subject,
    amount: money(amount, currency),
    by,
    method: "pin",
    at,
  });
}

async function roleOf(database: Database, store: StoreId, staff: StaffId): Promise<Role | null> {
  const row = await database
    .selectFrom("staff_role")
    .innerJoin("staff", "staff.id", "staff_role.staff")
    .select("staff_role.role")
    .where("staff_role.staff", "=", staff)
    .where("staff_role.store", "=", store)
    .where("staff.left_at", "is", null)
    .executeTakeFirst();
  return row === undefined ? null : (row.role as Role);
}

async function gatewayTag(database: Database, store: StoreId): Promise<Tag> {
  const row = await database
    .selectFrom("tag")
    .select("tag")
    .where("store", "=", store)
    .where("holder", "=", "gateway")
    .executeTakeFirstOrThrow();
  return row.tag as Tag;
}

async function currencyOf(database: Database, store: StoreId): Promise<"CNY" | "JPY" | "USD"> {
  const row = await database.selectFrom("store").select("currency").where("id", "=", store).executeTakeFirstOrThrow();
  return row.currency as "CNY";
}
