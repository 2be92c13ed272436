import type { MendingParameters } from "../../contract/mending.ts";
import { plusMs } from "../../domain/clock.ts";
import type { StaffId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import type { MendingAction } from "../../domain/reconciliation/mending.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { entitle } from "../approvals/entitle.ts";
import { identityOf } from "../approvals/entitled-people.ts";
import { readApproval, useApproval } from "../approvals/approval.ts";
import { audit } from "../audit/audit.ts";
import { addJob, type Job } from "../jobs/jobs.ts";
import type { JobOutcome } from "../jobs/runner.ts";
import { personCalled } from "../office/person.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import type { OfficePass } from "../routes/passes.ts";
import type { MendingRow } from "../store/mending-tables.ts";
import { inTransactionAgain } from "../store/again.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { askAgain } from "./ask-again.ts";
import { execute, type Executed } from "./execute.ts";
import { aboutMending, aboutProposal, actOf, mayMend } from "./mended-stores.ts";
import { mendingLines } from "./mending-shown.ts";
import { mendingSubject } from "./mending-subject.ts";
import { propose, type ProposalRefusal } from "./propose.ts";

/** Kind of the job that carries a proposal out once another person has agreed; its subject is the proposal. */
export const mendKind = "mend";
const lookEveryMs = 2_000;
/** A proposal that nobody has looked at by then is looked after less often. */
const lateLookMs = 60_000;
const eagerMs = 600_000;

export type MendRequest = {
  readonly items: readonly { readonly store: string; readonly id: string }[];
  readonly action: MendingAction;
  readonly reason: string;
  readonly parameters: MendingParameters;
};

/** What came of a request: done, or waiting for another person under `approval`. */
export type Mended =
  | { readonly kind: "done"; readonly mending: string; readonly executed: Executed }
  | { readonly kind: "proposed"; readonly mending: string; readonly approval: string };

/**
 * Proposes an action for breaks in `pass`'s name. Where nobody else is needed it is done at once, in the same SQL transaction; where
 * somebody is, an approval is asked for, bound to exactly these breaks, and a job carries it out once it is given.
 */
export async function mend(
  engine: PaymentEngine,
  pass: OfficePass,
  request: MendRequest,
): Promise<Result<Mended, ProposalRefusal | "forbidden">> {
  const { parts } = engine;
  const result = await inTransactionAgain(parts.database, (step) => proposeOrDo(step, engine, pass, request));
  if (!result.ok) return result;
  // asking the provider is no decision and writes nothing: it is done when the proposal stands
  if (request.action === "ask") await askAgain(engine, request.items);
  engine.wake();
  return result;
}

async function proposeOrDo(
  step: Database,
  engine: PaymentEngine,
  pass: OfficePass,
  request: MendRequest,
): Promise<Result<Mended, ProposalRefusal | "forbidden">> {
  const { parts } = engine;
  const at = parts.clock.now();
  const about = await aboutMending(step, request.action, request.items, request.parameters);
  if (!mayMend(pass, request.action, about)) return refuse("forbidden");
  const proposed = await propose(step, parts, { ...request, by: identityOf(pass) }, at);
  if (!proposed.ok) return proposed;
  const { row, offered } = proposed.value;
  if (!offered.needsSecond) return doNow(step, engine, pass, row, null);
  const allowed = await entitle(step, parts, pass, {
    store: about,
    act: actOf(row.action as MendingAction),
    subject: mendingSubject(row),
    outlivesPage: true,
    size: row.amount,
    amount: money(row.amount, row.currency as CurrencyCode),
    reason: row.reason,
    shown: await mendingLines(step, row),
    approval: undefined,
  });
  if (allowed.ok) return doNow(step, engine, pass, row, allowed.value.secondPerson);
  if (typeof allowed.refusal === "string") return refuse("forbidden");
  const approval = allowed.refusal.proposed;
  await step.updateTable("mending").set({ approval }).where("store", "=", row.store).where("id", "=", row.id).execute();
  await addJob(step, {
    store: row.store,
    id: `${mendKind}/${row.id}`,
    kind: mendKind,
    subject: row.id,
    payload: null,
    dueAt: plusMs(at, lookEveryMs),
  });
  return ok({ kind: "proposed", mending: row.id, approval });
}

async function doNow(
  step: Database,
  engine: PaymentEngine,
  pass: OfficePass,
  row: MendingRow,
  secondPerson: string | null,
): Promise<Result<Mended, never>> {
  const executed = await execute(step, engine, row, secondPerson ?? identityOf(pass), pass.staff);
  await writeDown(step, engine, row, executed, secondPerson);
  return ok({ kind: "done", mending: row.id, executed });
}

/**
 * Looks whether the other person has agreed, and then does it: once, for the approval is used up with it. Not what somebody proposed
 * who has left since or may not propose it any more: days may have gone by.
 */
export async function mendWork(engine: PaymentEngine, job: Job): Promise<JobOutcome> {
  const { parts } = engine;
  return inTransaction(parts.database, async (step): Promise<JobOutcome> => {
    const row = await step
      .selectFrom("mending")
      .selectAll()
      .where("store", "=", job.store)
      .where("id", "=", job.subject)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined || row.state !== "proposed" || row.approval === null) return { kind: "done" };
    const at = parts.clock.now();
    const approval = await readApproval(step, row.approval);
    if (approval?.state === "open") {
      const pause = at - row.proposed_at > eagerMs ? lateLookMs : lookEveryMs;
      return { kind: "again", at: plusMs(at, pause) };
    }
    const action = row.action as MendingAction;
    const about = await aboutProposal(step, row);
    const proposer = await personCalled(step, row.proposed_by);
    if (proposer === null || !mayMend(proposer, action, about)) {
      await sayRefused(step, row, null, at);
      return { kind: "done" };
    }
    const use = {
      store: about,
      act: actOf(action),
      subject: mendingSubject(row),
      size: row.amount,
    };
    const used = await useApproval(step, row.approval, { ...use, askedBy: row.proposed_by }, at);
    if (!used.ok) {
      const refusedBy = approval?.state === "refused" ? approval.decided_by : null;
      await sayRefused(step, row, refusedBy, at);
      return { kind: "done" };
    }
    const { by } = used.value;
    const executed = await execute(step, engine, row, by, by as StaffId);
    await writeDown(step, engine, row, executed, by);
    return { kind: "done" };
  });
}

async function sayRefused(step: Database, row: MendingRow, by: string | null, at: number): Promise<void> {
  await step
    .updateTable("mending")
    .set({ state: "refused", decided_by: by, decided_at: at })
    .where("store", "=", row.store)
    .where("id", "=", row.id)
    .execute();
}

async function writeDown(
  step: Database,
  { parts }: PaymentEngine,
  row: MendingRow,
  executed: Executed,
  secondPerson: string | null,
): Promise<void> {
  await audit(step, parts.random, {
    store: row.store,
    who: row.proposed_by,
    act: "mended",
    subject: row.id,
    before: { amount: row.amount, currency: row.currency },
    after: { action: row.action, ...executed },
    reason: row.reason,
    secondPerson,
    at: parts.clock.now(),
  });
}
