import { cashAccount } from "../../contract/item-classes.ts";
import type { NoteCount } from "../../domain/denominations.ts";
import { plusMs, type Instant, type Random } from "../../domain/clock.ts";
import { randomCrockford, type StoreId } from "../../domain/identifier.ts";
import { instantOfLocal } from "../../domain/local-time.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { missingFrom } from "../../domain/settlement/match-deposits.ts";
import { audit } from "../audit/audit.ts";
import { depositTransfers } from "../books/drawer-transfers.ts";
import { reversedTransfers } from "../books/ledger.ts";
import { post } from "../books/post.ts";
import { addJob, type Job } from "../jobs/jobs.ts";
import type { JobOutcome } from "../jobs/runner.ts";
import type { GatewayParts } from "../parts.ts";
import { oneAtATime } from "../reconcile/one-at-a-time.ts";
import { oneBankAtATime } from "../settlement/one-bank-at-a-time.ts";
import { sayDeposit } from "../settlement/match-deposits.ts";
import type { DepositRow } from "../store/cash-tables.ts";
import { inTransaction, json, type Database } from "../store/database.ts";
import type { CashPlace } from "./cash-place.ts";
import { oneSafeAtATime } from "./one-safe-at-a-time.ts";

/** Kind of the job that looks whether a deposit came in time; its subject is the deposit. */
export const depositDueKind = "depositDue";

/** Cash that is taken out of the safe to the bank. */
export type NewDeposit = {
  readonly bank: { readonly store: string; readonly id: string };
  /** The number on the bank's or the shop's slip: one of a number at a time. */
  readonly slip: string;
  /** Minor units, above zero. */
  readonly amount: number;
  readonly notes: readonly NoteCount[];
  /** Who carries it: a staff id. */
  readonly takenBy: string;
  /** It was asked for as more than the books have in the safe. */
  readonly beyondBooks: boolean;
};
export type By = { readonly who: string; readonly secondPerson: string | null };

const idLength = 26;
const lookEveryMs = 6 * 3_600_000;

/** Takes cash out of the safe: it is in transit until the bank's line brings it, and missing where none does in time. */
export async function makeDeposit(
  step: Database,
  { random }: { readonly random: Random },
  place: CashPlace,
  made: NewDeposit,
  by: By,
  at: Instant,
): Promise<Result<string, "slipTaken">> {
  const id = randomCrockford(random, idLength);
  const row: DepositRow = {
    store: place.store,
    id,
    bank_store: made.bank.store,
    bank: made.bank.id,
    slip: made.slip,
    day: place.today,
    amount: made.amount,
    currency: place.currency,
    notes: made.notes,
    taken_by: made.takenBy,
    made_by: by.who,
    second_person: by.secondPerson,
    state: "underWay",
    arrived_on: null,
    credited: null,
    taken_back_by: null,
    taken_back_at: null,
    reason: "",
    at,
  };
  const written = await step
    .insertInto("deposit")
    .values({ ...row, notes: json(row.notes) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if ((written.numInsertedOrUpdatedRows ?? 0n) === 0n) return refuse("slipTaken");
  await postDeposit(step, row, false, place.today, at);
  const dueAt = instantOfLocal(missingFrom(row.day), 0, place.zone);
  await addJob(step, {
    store: row.store,
    id: `${depositDueKind}/${id}`,
    kind: depositDueKind,
    subject: id,
    payload: null,
    dueAt,
  });
  const known = { bank: row.bank, slip: row.slip, amount: row.amount, takenBy: row.taken_by };
  const after = made.beyondBooks ? { ...known, beyondBooks: true } : known;
  await audit(step, random, { store: row.store, act: "cashDeposited", subject: id, after, ...by, at });
  return ok(id);
}

/** Whether a deposit of that number is on its way to the bank or has arrived there. */
export async function isSlipTaken(
  step: Database,
  store: string,
  { bank, slip }: Pick<NewDeposit, "bank" | "slip">,
): Promise<boolean> {
  const row = await step
    .selectFrom("deposit")
    .select("id")
    .where("store", "=", store)
    .where("bank", "=", bank.id)
    .where("slip", "=", slip)
    .where("state", "<>", "takenBack")
    .executeTakeFirst();
  return row !== undefined;
}

export type TakeBackRefusal = "notFound" | "arrived" | "givenUp";

/** Brings a deposit back into the safe: a red entry, while no line has brought it and nobody has given it up. */
export async function takeBackDeposit(
  step: Database,
  { random }: { readonly random: Random },
  place: CashPlace,
  { id, reason }: { readonly id: string; readonly reason: string },
  by: By,
  at: Instant,
): Promise<Result<null, TakeBackRefusal>> {
  const before = await depositOf(step, place.store, id);
  if (before === null) return refuse("notFound");
  // a count in the same moment would find it in the safe and not in its books; safe before bank, as a deposit takes them
  await oneSafeAtATime(step, place.store);
  await lockDeposit(step, before);
  const row = await depositOf(step, place.store, id);
  if (row?.state !== "underWay") return refuse(row?.state === "arrived" ? "arrived" : "notFound");
  if (await isGivenUp(step, row)) return refuse("givenUp");
  const change = { state: "takenBack", taken_back_by: by.who, taken_back_at: at, reason } as const;
  await step.updateTable("deposit").set(change).where("store", "=", row.store).where("id", "=", id).execute();
  await postDeposit(step, row, true, place.today, at);
  await sayDeposit(step, { ...row, ...change }, at);
  const entry = { store: row.store, act: "depositTakenBack", subject: id, ...by, reason, at } as const;
  await audit(step, random, { ...entry, before: { slip: row.slip, amount: row.amount } });
  return ok(null);
}

/** Looks at a deposit whose time is over: one that no line has brought is a difference from now on. */
export async function depositDueWork(
  { database, clock }: Pick<GatewayParts, "database" | "clock">,
  job: Job,
): Promise<JobOutcome> {
  const at = clock.now();
  return inTransaction(database, async (step): Promise<JobOutcome> => {
    const known = await depositOf(step, job.store, job.subject);
    if (known === null) return { kind: "done" };
    await lockDeposit(step, known);
    const row = await depositOf(step, job.store, job.subject);
    if (row?.state !== "underWay" || (await isGivenUp(step, row))) return { kind: "done" };
    await sayDeposit(step, row, at);
    // whoever lets it wait is told again
    return { kind: "again", at: plusMs(at, lookEveryMs) };
  });
}

/** No line brings it meanwhile, and nobody gives it up. */
async function lockDeposit(step: Database, { bank_store: store, bank: id }: DepositRow): Promise<void> {
  await oneBankAtATime(step, { store, id });
  await oneAtATime(step, cashAccount);
}

async function depositOf(step: Database, store: string, id: string): Promise<DepositRow | null> {
  const row = await step
    .selectFrom("deposit")
    .selectAll()
    .where("store", "=", store)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

async function isGivenUp(step: Database, { store, id }: DepositRow): Promise<boolean> {
  const row = await step
    .selectFrom("difference")
    .select("id")
    .where("store", "=", store)
    .where("side", "=", "deposit")
    .where("number", "=", id)
    .where("state", "=", "mended")
    .executeTakeFirst();
  return row !== undefined;
}

async function postDeposit(step: Database, row: DepositRow, isRed: boolean, day: string, at: Instant): Promise<void> {
  const transfers = depositTransfers(money(row.amount, row.currency as CurrencyCode));
  await post(
    step,
    {
      store: row.store as StoreId,
      posting: `deposit/${row.id}${isRed ? "/back" : ""}`,
      event: isRed ? "depositTakenBack" : "cashDeposited",
      subject: row.id,
      businessDate: day,
      transfers: isRed ? reversedTransfers(transfers) : transfers,
    },
    at,
  );
}
