import type { StaffId, StoreId } from "../../domain/identifier.ts";
import { refuse, type Result } from "../../domain/result.ts";
import { checkPassword } from "../office/password.ts";
import { officePerson } from "../office/person.ts";
import type { GatewayParts } from "../parts.ts";
import { signOn, type SignOnRefusal } from "../staff/sign-on.ts";
import { inTransaction, type Database } from "../store/database.ts";
import type { ApprovalRow } from "../store/staff-tables.ts";
import { decideApproval, type Given } from "./approval.ts";
import { officeDecider, readJudges } from "./entitled-people.ts";
import type { Decider } from "./who-counts.ts";

export type BesideRefusal =
  | SignOnRefusal
  | { readonly kind: "notFound" | "forbidden" | "knownPin" | "decided" | "expired" | "wrongPassword" | "tooManyTries" };

/** A second person says yes on the page of who asked: by PIN where they work, or by their password for the office. */
export async function approveBeside(
  parts: Pick<GatewayParts, "database" | "keys" | "clock" | "random">,
  asked: ApprovalRow,
  {
    by,
    pin,
    password,
  }: { readonly by: string; readonly pin?: string | undefined; readonly password?: string | undefined },
): Promise<Result<Given, BesideRefusal>> {
  // told before the secret is asked: nobody's own PIN is a yes to what they asked
  if (by === asked.asked_by) return refuse({ kind: "forbidden" });
  if (password !== undefined) {
    const person = await officePerson(parts.database, by);
    const checked = person === null ? "wrong" : await checkPassword(parts, by, password);
    if (checked !== "right" || person === null)
      return refuse({ kind: checked === "tooManyTries" ? "tooManyTries" : "wrongPassword" });
    return decide(parts, asked, officeDecider(person), "password");
  }
  // a PIN is a person's, not a store's: it is proved once, at a store where they work
  const judges = await readJudges(parts.database);
  const { roleIn } = judges.deciderNow(by);
  const about = judges.storesOf(asked);
  const at = about.find((store) => roleIn(store) !== null) ?? (await storeOfWork(parts.database, by)) ?? about[0] ?? "";
  const signed = await signOn(parts, at as StoreId, { v: 1, staff: by as StaffId, pin: pin ?? "" });
  return signed.ok ? decide(parts, asked, { id: by, roleIn }, "pin") : signed;
}

async function storeOfWork(database: Database, staff: string): Promise<string | null> {
  const row = await database
    .selectFrom("staff_role")
    .select("store")
    .where("staff", "=", staff)
    .orderBy("store")
    .executeTakeFirst();
  return row?.store ?? null;
}

async function decide(
  parts: Pick<GatewayParts, "database" | "clock" | "random">,
  asked: ApprovalRow,
  by: Decider,
  method: "pin" | "password",
): Promise<Result<Given, BesideRefusal>> {
  const decided = await inTransaction(parts.database, (step) =>
    decideApproval(step, parts, asked.id, by, { yes: true, method }),
  );
  return decided.ok ? decided : refuse({ kind: decided.refusal });
}
