import type { BillKind } from "../../domain/bills/bill.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import { instantOfLocal, localTime, plusDays } from "../../domain/local-time.ts";
import { addJob, rememberInJob, type Job } from "../jobs/jobs.ts";
import type { JobOutcome } from "../jobs/runner.ts";
import type { Account } from "../payments/accounts.ts";
import type { PaymentEngine } from "../payments/engine.ts";
import type { BillRules } from "../provider-bills.ts";
import { reviewAccount } from "../reconcile/review.ts";
import { lateAt } from "../reconcile/bill-days.ts";
import { isWholeDay } from "../reconcile/bill-reach.ts";
import type { Database } from "../store/database.ts";
import { matchEveryBank } from "../settlement/match-banks.ts";
import { storesOf } from "./account-stores.ts";
import { fetchBill } from "./fetch-bill.ts";

/** Kind of the job that fetches an account's bills; its subject is the account. */
export const billsKind = "bills";
/** Kind of the job that holds captures against sales all day long. */
export const reviewKind = "review";

const tryAgainMs = 600_000;
/** Once a bill is late, it is asked for this often. */
const lateAgainMs = 3_600_000;
const reviewEveryMs = 20_000;
/** More than this in one go keeps other work waiting. */
const fetchedAtOnceMax = 12;
/** Refunds drawn from the balance come first: without them the trade bill would seem to miss them. */
const kindsInOrder: readonly BillKind[] = ["balanceRefunds", "trade", "fundFlow"];

/** Sees to it that every provider account has its jobs; called at every start. */
export async function planBills(database: Database, at: Instant): Promise<void> {
  const rows = await database.selectFrom("provider_account").select(["id", "home_store"]).execute();
  for (const { id, home_store: store } of rows)
    for (const kind of [billsKind, reviewKind])
      await addJob(database, { store, id: `${kind}/${id}`, kind, subject: id, payload: null, dueAt: at });
}

type Wanted = { readonly kind: BillKind; readonly day: string };
/** What the job remembers: when each bill that is missing was last asked for, by kind and day. */
type Asked = Readonly<Record<string, number>>;

/**
 * Fetches the bills of every finished day that is not here yet, as far back as the provider keeps them: some in one go, in turns, so
 * that one which never comes takes nobody's place.
 */
export async function billsWork(engine: PaymentEngine, job: Job): Promise<JobOutcome> {
  const { parts, accounts } = engine;
  const account = await accounts.byId(parts.database, job.subject);
  const { bills } = account.provider;
  const now = parts.clock.now();
  const missing = await missingBills(parts.database, account, job.store, now);
  let asked = askedOf(job, missing);
  let isLater = false;
  let isFlowHere = false;
  for (const { kind, day } of inTurn(missing, asked, lastDay(bills, now))) {
    // before it is asked for: one that this gateway does not survive goes to the end of the line too
    asked = { ...asked, [nameOf({ kind, day })]: parts.clock.now() };
    await rememberInJob(parts.database, job, { asked });
    // a bill that cannot be taken in keeps nobody from the others
    const fetched = await fetchBill(parts, account, job.store, kind, day).catch((trouble: unknown) => {
      parts.log.error({ account: account.id, bill: kind, day, trouble: String(trouble) }, "bill broke");
      return "later" as const;
    });
    isLater ||= fetched === "later";
    isFlowHere ||= fetched === "here" && kind === "fundFlow";
  }
  // a payout that is known only now may be a credit that waits
  if (isFlowHere) await matchEveryBank(engine);
  if (missing.length > fetchedAtOnceMax && !isLater) return { kind: "again", at: plusMs(now, 1) };
  return { kind: "again", at: isLater ? againAt(bills, now) : nextReadyAt(bills, now) };
}

/**
 * The next to be asked for: those of the last day before all others, for they are late first; then whatever was asked for longest ago,
 * or never. They are asked for in the order of their days, as `missing` is: what a day's bill means hangs on the day before.
 */
function inTurn(missing: readonly Wanted[], asked: Asked, last: string): readonly Wanted[] {
  const since = (wanted: Wanted): number => (wanted.day === last ? -1 : (asked[nameOf(wanted)] ?? 0));
  const next = new Set(missing.toSorted((a, b) => since(a) - since(b)).slice(0, fetchedAtOnceMax));
  return missing.filter((wanted) => next.has(wanted));
}

/** What is here by now is forgotten. */
function askedOf({ payload }: Job, missing: readonly Wanted[]): Asked {
  const { asked = {} } = (payload ?? {}) as { readonly asked?: Asked };
  return Object.fromEntries(missing.map(nameOf).flatMap((name) => (name in asked ? [[name, asked[name] ?? 0]] : [])));
}

function nameOf({ kind, day }: Wanted): string {
  return `${kind}/${day}`;
}

/** Holds an account's captures against sales, and looks at what waits. */
export async function reviewWork({ parts, accounts }: PaymentEngine, job: Job): Promise<JobOutcome> {
  const account = await accounts.byId(parts.database, job.subject);
  const matched = { id: account.id, homeStore: job.store };
  const stores = await storesOf(parts.database, { account: account.id, store: job.store });
  await reviewAccount(parts.database, matched, stores, account.provider.bills, parts.clock.now());
  return { kind: "again", at: plusMs(parts.clock.now(), reviewEveryMs) };
}

/** For so many days a bill is asked for once a day again: a corrected one may have taken its place. */
const recheckedDays = 3;

async function missingBills(
  database: Database,
  account: Account,
  homeStore: string,
  now: Instant,
): Promise<readonly Wanted[]> {
  const { bills } = account.provider;
  const first = await firstDay(database, account, homeStore, now);
  if (first === null) return [];
  const last = lastDay(bills, now);
  const rows = await database
    .selectFrom("bill")
    .select(["kind", "day", "at", "confirmed_at", "checked_at"])
    .where("store", "=", homeStore)
    .where("account", "=", account.id)
    .where("day", ">=", first)
    .where("state", "in", ["current", "empty"])
    .execute();
  const readyAt = instantOfLocal(plusDays(last, 1), bills.readyMinute, bills.zone);
  // one that came before its day was over is asked for until the whole day is here
  const isFresh = (row: (typeof rows)[number]): boolean =>
    isWholeDay(row, bills.zone) && (row.day < plusDays(last, -recheckedDays) || row.checked_at >= readyAt);
  const here = new Set(rows.filter(isFresh).map(nameOf));
  const missing: Wanted[] = [];
  for (let day = first; day <= last; day = plusDays(day, 1))
    for (const kind of kindsInOrder.filter((each) => bills.kinds.includes(each)))
      if (!here.has(nameOf({ kind, day }))) missing.push({ kind, day });
  return missing;
}

/** The day of the account's first movement, or the oldest that the provider still has. Null while nothing ever moved. */
async function firstDay(database: Database, account: Account, homeStore: string, now: Instant): Promise<string | null> {
  const { zone, keptDays } = account.provider.bills;
  const stores = await storesOf(database, { account: account.id, store: homeStore });
  const row = await database
    .selectFrom("movement")
    .select("at")
    .where("store", "in", stores)
    .where("account", "=", account.id)
    .orderBy("at")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const day = localTime(row.at as Instant, zone).date;
  const oldest = plusDays(localTime(now, zone).date, -keptDays);
  return day > oldest ? day : oldest;
}

/** The last day whose bill is to be had by now. */
function lastDay({ zone, readyMinute }: BillRules, now: Instant): string {
  const { date, minute } = localTime(now, zone);
  return plusDays(date, minute >= readyMinute ? -1 : -2);
}

function nextReadyAt({ zone, readyMinute }: BillRules, now: Instant): Instant {
  const { date, minute } = localTime(now, zone);
  return instantOfLocal(minute >= readyMinute ? plusDays(date, 1) : date, readyMinute, zone);
}

function againAt(bills: BillRules, now: Instant): Instant {
  const isLate = now >= lateAt(lastDay(bills, now), bills.zone);
  const soon = plusMs(now, isLate ? lateAgainMs : tryAgainMs);
  const next = nextReadyAt(bills, now);
  return next < soon ? next : soon;
}
