import { makeId, type ApprovalId, type StaffId, type StoreId, type Tag } from "../../domain/identifier.ts";
import type { ApprovalAsked } from "../../contract/approval.ts";
import type { Instant } from "../../domain/clock.ts";
import { money } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { mayApprove, permits } from "../../domain/permissions.ts";
import type { Permissions } from "../../domain/permissions.ts";
import { officeOwner, type Act, type Approval, type Role } from "../../domain/staff.ts";
import { listAloneAs, timesAloneOn } from "../approvals/alone.ts";
import { isPinKnownTo } from "../approvals/known-pin.ts";
import { asRecord, readApproval, useApproval } from "../approvals/approval.ts";
import type { GatewayParts } from "../parts.ts";
import { permissionsIn } from "../staff/permission-rules.ts";
import { signOn, type SignOnRefusal } from "../staff/sign-on.ts";
import { inTransaction, type Database } from "../store/database.ts";

export type SecondPersonRefusal = { readonly kind: "approvalNeeded" | "forbidden" | "knownPin" } | SignOnRefusal;

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
  const shop = await permissionsIn(parts.database, store);
  const due = acts.filter(({ act, size }) => permits(role, act, size, shop) !== "allowed");
  const [first] = due;
  if (first === undefined) return ok(null);
  if (due.some(({ act, size }) => permits(role, act, size, shop) === "refused")) return refuse({ kind: "forbidden" });
  if (approval === null) return refuse({ kind: "approvalNeeded" });
  if ("approval" in approval) return givenElsewhere(parts, store, due, { asker, approval, subject, amount }, shop);
  const { by, pin, reason } = approval;
  if (by === asker && reason !== undefined)
    return aloneWith(parts, store, { role, due, shop }, { asker, subject, amount, pin, reason });
  const signed = await signOn(parts, store, { v: 1, staff: by, pin });
  if (!signed.ok) return signed;
  const person = { id: by, name: "", role: signed.value };
  if (await isPinKnownTo(parts.database, asker, by)) return refuse({ kind: "knownPin" });
  if (!due.every(({ act, size }) => mayApprove(person, asker, act, size, shop))) return refuse({ kind: "forbidden" });
  return ok(await newApproval(parts, store, { act: first.act, subject, amount, by }, parts.clock.now()));
}

type Due = readonly { readonly act: Act; readonly size: number }[];
type Parts = Pick<GatewayParts, "clock" | "random" | "database" | "keys">;

/** Somebody said yes on their phone or in the office: used up for this, and it must be theirs to say for all that is due. */
async function givenElsewhere(
  parts: Parts,
  store: StoreId,
  due: Due,
  asked: AskedActs & { readonly approval: { readonly by: StaffId; readonly approval: ApprovalId } },
  shop: Permissions,
): Promise<Result<Approval, SecondPersonRefusal>> {
  const { asker, subject, approval } = asked;
  const row = await readApproval(parts.database, approval.approval);
  const about = due.find(({ act }) => act === row?.act);
  if (row === null || about === undefined || row.decided_by !== approval.by) return refuse({ kind: "approvalNeeded" });
  const use = { store, act: about.act, size: about.size, subject, askedBy: asker };
  const used = await inTransaction(parts.database, (step) => useApproval(step, row.id, use, parts.clock.now(), true));
  const record = used.ok ? asRecord(row) : null;
  const role = approval.by === officeOwner ? "owner" : await roleOf(parts.database, store, approval.by);
  if (record === null || role === null) return refuse({ kind: "approvalNeeded" });
  const person = { id: approval.by, name: "", role };
  const isTheirs = due.every(({ act, size }) => mayApprove(person, asker, act, size, shop));
  return isTheirs ? ok(record) : refuse({ kind: "forbidden" });
}

/** The asker's own PIN again, where the table lets one do all of it alone, so many times a day; it goes on the list for review. */
async function aloneWith(
  parts: Parts,
  store: StoreId,
  { role, due, shop }: { readonly role: Role; readonly due: Due; readonly shop: Permissions },
  told: Pick<AskedActs, "asker" | "subject" | "amount"> & { readonly pin: string; readonly reason: string },
): Promise<Result<Approval, SecondPersonRefusal>> {
  const { asker, subject, amount, pin, reason } = told;
  const [first] = due;
  if (first === undefined || due.some(({ act, size }) => permits(role, act, size, shop) !== "alone"))
    return refuse({ kind: "forbidden" });
  const signed = await signOn(parts, store, { v: 1, staff: asker, pin });
  if (!signed.ok) return signed;
  const at = parts.clock.now();
  const done = await timesAloneOn(parts.database, at, store, asker, first.act);
  if (!done.isBelow(new Map([[store, shop]]), new Map([[store, role]]))) return refuse({ kind: "forbidden" });
  const approval = await newApproval(parts, store, { act: first.act, subject, amount, by: asker }, at);
  const record = { ...approval, size: first.size, method: "alone", reason } as const;
  const alone = {
    store,
    act: first.act,
    subject,
    size: first.size,
    amount: record.amount,
    reason,
    who: asker,
    till: null,
  };
  await listAloneAs(parts.database, alone, { id: record.id, at, businessDate: null });
  return ok(record);
}

async function newApproval(
  parts: Parts,
  store: StoreId,
  {
    act,
    subject,
    amount,
    by,
  }: { readonly act: Act; readonly subject: string; readonly amount: number; readonly by: StaffId },
  at: Instant,
): Promise<Approval> {
  const id = makeId<ApprovalId>(at, await gatewayTag(parts.database, store), parts.random);
  return { id, act, subject, amount: money(amount, await currencyOf(parts.database, store)), by, method: "pin", at };
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
