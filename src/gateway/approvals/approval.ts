import type { ApprovalLine, approvalStates } from "../../contract/approvals.ts";
import { approvalLiveMs, officeAskMs, officeHeardMs } from "../../contract/approvals.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import { randomCrockford, type ApprovalId, type StaffId } from "../../domain/identifier.ts";
import { money, type CurrencyCode, type Money } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { Act, Approval, ApprovalMethod } from "../../domain/staff.ts";
import { audit, wholeChain } from "../audit/audit.ts";
import type { GatewayParts } from "../parts.ts";
import { json, type Database } from "../store/database.ts";
import type { ApprovalRow } from "../store/staff-tables.ts";
import { readJudges } from "./entitled-people.ts";
import type { Decider } from "./who-counts.ts";
import { isPinKnownTo } from "./known-pin.ts";

/** One store, some stores, or null for the whole chain. */
export type About = string | readonly string[] | null;

/** What another person is asked to agree to. `subject` says all that the yes is bound to: an id, or an id with a digest of the change. */
export type Asking = {
  readonly store: About;
  readonly act: Act;
  readonly subject: string;
  /** Basis points or minor units, as `permits` takes it. */
  readonly size: number;
  readonly amount: Money | null;
  readonly reason: string;
  readonly shown: readonly ApprovalLine[];
  /** `owner` or a staff id; of an owner who has one, the staff id. */
  readonly askedBy: string;
  readonly till: string | null;
  /** Asked of somebody who is to answer now: over after two minutes. Else it waits for whoever looks. */
  readonly isLive: boolean;
  /** Asked on a page of the office that goes on with it: it waits while that page looks for the answer (`keepWaiting`). */
  readonly isOfPage?: boolean;
  /** Who is being let go by it: their own yes does not count. */
  readonly leaving?: string;
};

/** An approval that was given, for who goes on with it. */
export type Given = {
  readonly id: string;
  readonly act: Act;
  readonly subject: string;
  readonly by: string;
  readonly method: ApprovalMethod;
  readonly at: Instant;
};
export type UseRefusal =
  | "approvalUnknown"
  | "approvalOpen"
  | "approvalRefused"
  | "approvalUsed"
  | "approvalExpired"
  | "approvalOther"
  /** Whoever said yes has left since, or has no role any more that counts. */
  | "approvalLapsed";
export type ApprovalState = (typeof approvalStates)[number];

const idLength = 26;
const renewedAfterMs = 60_000;

/** Writes down what is asked; the id to give it, refuse it and use it by. `id`: the till's own, else made here. */
export async function askApproval(
  step: Database,
  { clock, random }: Pick<GatewayParts, "clock" | "random">,
  asking: Asking,
  id: string = randomCrockford(random, idLength),
): Promise<string> {
  const at = clock.now();
  await step
    .insertInto("approval")
    .values({
      ...placeOf(asking.store),
      id,
      act: asking.act,
      subject: asking.subject,
      size: asking.size,
      amount: asking.amount?.amount ?? null,
      currency: asking.amount?.currency ?? "CNY",
      reason: asking.reason,
      shown: json(asking.shown),
      asked_by: asking.askedBy,
      till: asking.till,
      asked_at: at,
      expires_at: asking.isLive
        ? plusMs(at, approvalLiveMs)
        : asking.isOfPage === true
          ? plusMs(at, officeHeardMs)
          : null,
      state: "open",
      decided_by: null,
      method: null,
      decided_at: null,
      used_at: null,
      leaving: asking.leaving ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return id;
}

/** How an approval says what it is about. */
export function placeOf(about: About): Pick<ApprovalRow, "store" | "stores"> {
  if (about === null || typeof about === "string") return { store: about ?? wholeChain, stores: null };
  const [only, ...others] = new Set(about);
  if (only === undefined || others.length === 0) return { store: only ?? wholeChain, stores: null };
  return { store: wholeChain, stores: [only, ...others].toSorted() };
}

/** Whether a yes about the one is about all of the other as well. */
function covers(given: Pick<ApprovalRow, "store" | "stores">, about: About): boolean {
  const { store, stores } = placeOf(about);
  return (
    given.store === store && (given.stores === null || stores?.every((each) => given.stores?.includes(each)) === true)
  );
}

/** One approval, whatever its state; null when there is none of that id. */
export async function readApproval(step: Database, id: string): Promise<ApprovalRow | null> {
  return (await step.selectFrom("approval").selectAll().where("id", "=", id).executeTakeFirst()) ?? null;
}

/** The same of several; those that there are none of are left out. */
export async function readApprovals(step: Database, ids: readonly string[]): Promise<readonly ApprovalRow[]> {
  return ids.length === 0 ? [] : step.selectFrom("approval").selectAll().where("id", "in", ids).execute();
}

/** What has become of it by `at`: an open one whose time is over has expired. */
export function stateOf(row: Pick<ApprovalRow, "state" | "expires_at">, at: Instant): ApprovalState {
  return row.state === "open" && row.expires_at !== null && row.expires_at <= at ? "expired" : row.state;
}

/** Asked of somebody who is to answer now; a page of the office waits longer. */
function isAskedLive(row: Pick<ApprovalRow, "expires_at" | "asked_at">): boolean {
  return row.expires_at !== null && row.expires_at <= row.asked_at + approvalLiveMs;
}

/** The page of who asked in the office looks for the answer: what is open waits on, up to its limit; written once a minute at most. */
export async function keepWaiting(step: Database, row: ApprovalRow, at: Instant): Promise<void> {
  if (row.expires_at === null || isAskedLive(row) || stateOf(row, at) !== "open") return;
  const until = Math.min(plusMs(at, officeHeardMs), row.asked_at + officeAskMs);
  if (until - row.expires_at < renewedAfterMs) return;
  await step
    .updateTable("approval")
    .set({ expires_at: until })
    .where("store", "=", row.store)
    .where("id", "=", row.id)
    .where("state", "=", "open")
    .execute();
}

/**
 * Says yes or no in `by`'s name, who has just proved to be that. Once: whoever comes later is told `decided`. Never by who asked, nor
 * by somebody whose role does not count (`forbidden`), nor by a PIN that who asked had made (`knownPin`).
 */
export async function decideApproval(
  step: Database,
  { clock, random }: Pick<GatewayParts, "clock" | "random">,
  id: string,
  by: Decider,
  { yes, method }: { readonly yes: boolean; readonly method: "pin" | "password" | "passkey" },
): Promise<Result<Given, "notFound" | "forbidden" | "knownPin" | "decided" | "expired">> {
  const at = clock.now();
  const row = await step.selectFrom("approval").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (row === undefined) return refuse("notFound");
  // whoever heard no answer says the same again: it counts once
  const isSame =
    row.decided_by === by.id && (yes ? row.state === "given" || row.state === "used" : row.state === "refused");
  if (isSame) return ok({ id, act: row.act as Act, subject: row.subject, by: by.id, method, at });
  if (stateOf(row, at) === "expired") return refuse("expired");
  if (row.state !== "open") return refuse("decided");
  if (!(await readJudges(step)).mayDecide(row, by)) return refuse("forbidden");
  if (yes && method === "pin" && (await isPinKnownTo(step, row.asked_by, by.id))) return refuse("knownPin");
  // a no is proved by nothing
  const proof = yes ? method : null;
  const decided = { decided_by: by.id, method: proof, decided_at: at, state: yes ? "given" : "refused" } as const;
  await step.updateTable("approval").set(decided).where("store", "=", row.store).where("id", "=", id).execute();
  await audit(step, random, {
    store: row.store === wholeChain ? null : row.store,
    who: by.id,
    act: yes ? "approvalGiven" : "approvalRefused",
    subject: row.subject,
    after: { act: row.act, size: row.size, amount: row.amount, askedBy: row.asked_by, ...(yes && { method }) },
    reason: row.reason,
    at,
  });
  return ok({ id, act: row.act as Act, subject: row.subject, by: by.id, method, at });
}

/**
 * Uses a given approval up for what is done now: the same act and subject, in the same stores, no larger than what was asked, asked
 * by the same person. Called in the SQL transaction of the act, so that it is used once, or not at all.
 *
 * @param mayRepeat a request that may come twice because its answer was lost, and does the same both times
 */
export async function useApproval(
  step: Database,
  id: string,
  use: Pick<Asking, "store" | "act" | "subject" | "size" | "askedBy">,
  at: Instant,
  mayRepeat = false,
): Promise<Result<Given, UseRefusal>> {
  const row = await step.selectFrom("approval").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (row === undefined || !covers(row, use.store)) return refuse("approvalUnknown");
  if (row.act !== use.act || row.subject !== use.subject || row.asked_by !== use.askedBy || row.size < use.size)
    return refuse("approvalOther");
  const state = stateOf(row, at);
  if (state === "used" && !mayRepeat) return refuse("approvalUsed");
  if (state !== "given" && state !== "used") return refuse(notGiven[state]);
  const { decided_by: by, decided_at: decidedAt, method } = row;
  if (by === null || decidedAt === null || method === null) return refuse("approvalOpen");
  // a page of the office that slept goes on with it when it wakes
  if (isAskedLive(row) && at > decidedAt + approvalLiveMs) return refuse("approvalExpired");
  if (state === "given" && !(await stillCounts(step, row, by))) return refuse("approvalLapsed");
  await step
    .updateTable("approval")
    .set({ state: "used", used_at: row.used_at ?? at })
    .where("store", "=", row.store)
    .where("id", "=", id)
    .execute();
  return ok({ id, act: use.act, subject: use.subject, by, method: method as ApprovalMethod, at: decidedAt as Instant });
}

/** A yes is looked at again when it is used: days may have gone by. */
async function stillCounts(step: Database, row: ApprovalRow, by: string): Promise<boolean> {
  const { mayDecide, deciderNow } = await readJudges(step);
  return mayDecide(row, deciderNow(by));
}

const notGiven = {
  open: "approvalOpen",
  refused: "approvalRefused",
  withdrawn: "approvalRefused",
  expired: "approvalExpired",
} as const;

/** Takes back what nobody has decided yet; only who asked may. */
export async function withdrawApproval(step: Database, id: string, askedBy: string): Promise<boolean> {
  const written = await step
    .updateTable("approval")
    .set({ state: "withdrawn" })
    .where("id", "=", id)
    .where("asked_by", "=", askedBy)
    .where("state", "=", "open")
    .executeTakeFirst();
  return written.numUpdatedRows === 1n;
}

/** A given approval as a till writes it into its journal. */
export function asRecord(row: ApprovalRow): Approval | null {
  if (row.decided_by === null || row.decided_at === null || row.method === null) return null;
  if (row.state !== "given" && row.state !== "used") return null;
  return {
    id: row.id as ApprovalId,
    act: row.act as Act,
    subject: row.subject,
    amount: row.amount === null ? null : money(row.amount, row.currency as CurrencyCode),
    size: row.size,
    by: row.decided_by as StaffId,
    method: row.method as ApprovalMethod,
    at: row.decided_at as Instant,
  };
}
