import { sql } from "kysely";
import type { BillKind } from "../../domain/bills/bill.ts";
import type { Instant } from "../../domain/clock.ts";
import { instantOfLocal, plusDays } from "../../domain/local-time.ts";
import { breakOf } from "../../domain/reconciliation/verdict.ts";
import type { GatewayParts } from "../parts.ts";
import type { Account } from "../payments/accounts.ts";
import type { BillOutcome } from "../provider-bills.ts";
import { lateAt } from "../reconcile/bill-days.ts";
import type { MatchedAccount } from "../reconcile/identity.ts";
import { keepDifferences } from "../reconcile/keep-differences.ts";
import { placeOfBill } from "../reconcile/place-of-bill.ts";
import { cameEarly, isWholeDay } from "../reconcile/bill-reach.ts";
import { judgeAgain } from "../reconcile/judge-again.ts";
import { judgeFooter } from "../reconcile/judge-footer.ts";
import { oneAtATime } from "../reconcile/one-at-a-time.ts";
import { reconcileBill } from "../reconcile/reconcile-bill.ts";
import { currencyOf } from "../settlement/take-flow.ts";
import type { BillStoredRow } from "../store/bill-tables.ts";
import { bigWork } from "../store/big-work.ts";
import { inTransaction, type Database } from "../store/database.ts";
import { storesOf } from "./account-stores.ts";
import { sayChecked, sayConfirmed, sayDelivered, storeBill, storeEmptyDay, type NewBill } from "./bill-store.ts";
import { setAside } from "./replaced-bill.ts";
import { takeBill } from "./take-bill.ts";

/** How long asking for a bill may take, and its download. */
const askWithinMs = 10_000;
const downloadWithinMs = 300_000;

export type FetchParts = Pick<GatewayParts, "database" | "clock" | "log">;
/** `here`: nothing more to do for that day. `later`: it is asked for again. */
export type Fetched = "here" | "later";

/** Asks the provider for one day's bill, stores it as it came, reads it and judges its day. `askedBy`: who asked by hand; null for the gateway itself. */
export async function fetchBill(
  parts: FetchParts,
  account: Account,
  homeStore: string,
  kind: BillKind,
  day: string,
  askedBy: string | null = null,
): Promise<Fetched> {
  const { database, clock } = parts;
  const asked = { accountId: account.id, kind, day, withinMs: askWithinMs, downloadWithinMs };
  const outcome = await account.provider.fetchBill(asked, new AbortController().signal);
  const bill: NewBill = {
    homeStore,
    account: account.id,
    kind,
    day,
    origin: "fetched",
    name: outcome.kind === "file" ? outcome.name : "",
    announced: outcome.kind === "file" ? (outcome.announced?.value ?? null) : null,
    handedBy: askedBy,
  };
  if (outcome.kind === "file") {
    // whoever asks by hand wants it
    const aside = askedBy === null ? await setAside(database, account, bill) : null;
    const stored = await storeBill(database, bill, outcome.bytes, clock.now(), false, aside);
    if (stored.isOld) return sayStillSetAside(database, bill, clock.now());
    if (!stored.isNew) await cameAgain(parts, account, { ...bill, id: stored.id });
    return takeStored(parts, account, homeStore, stored.id);
  }
  const isOver = clock.now() >= instantOfLocal(plusDays(day, 1), 0, account.provider.bills.zone);
  const current = await currentBill(database, bill);
  if (current !== null && (!isOver || isWholeDay({ day, ...current }, account.provider.bills.zone))) {
    // what is here stands; silence, or a provider that keeps it no longer, says nothing against it
    await sayChecked(database, homeStore, current.id, clock.now());
    return "here";
  }
  parts.log.info({ account: account.id, bill: kind, day, outcome: outcome.kind }, "no bill");
  // while the day goes on its payments cannot be missing, and it is not empty yet
  return isOver || kind === "balanceRefunds" ? withoutFile(parts, account, bill, outcome, current) : "later";
}

/**
 * The same again: a bill that had come before its day was over is the whole day's now, missing no more, and what moved after it had first
 * come is wanting. Noted and judged in one SQL transaction. What somebody hands in again while the day goes on says nothing new.
 */
export async function cameAgain(
  parts: FetchParts,
  account: Account,
  { homeStore, kind, day, origin, handedBy, id }: NewBill & { readonly id: string },
): Promise<void> {
  const { bills } = account.provider;
  const matched = { id: account.id, homeStore };
  const at = parts.clock.now();
  if (origin === "handedIn" && at < instantOfLocal(plusDays(day, 1), 0, bills.zone)) return;
  await inTransaction(parts.database, async (step) => {
    // the account before its differences, as whoever mends takes them
    await oneAtATime(step, account.id);
    await sayConfirmed(step, homeStore, id, at);
    if (origin === "fetched") await sayDelivered(step, homeStore, id, handedBy);
    const bill = await step
      .selectFrom("bill")
      .selectAll()
      .where("store", "=", homeStore)
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    // one that could not be read, or waits to be, is still missing
    if (bill.state === "current" || bill.state === "empty") await judgeFooter(step, matched, bill, at);
    if (kind !== "trade" || !(await cameEarly(step, { account: account.id, homeStore }, day, bills.zone))) return;
    await bigWork(step);
    await judgeAgain(step, matched, bills, [day], at);
  });
}

/** The provider gave again what another file was put in the place of: that one stands. */
async function sayStillSetAside(database: Database, bill: NewBill, at: Instant): Promise<Fetched> {
  const current = await currentBill(database, bill);
  if (current !== null) await sayChecked(database, bill.homeStore, current.id, at);
  return "here";
}

type Current = Pick<BillStoredRow, "id" | "state" | "at" | "confirmed_at">;

/** The bill that counts for that day already; null when there is none. */
async function currentBill(
  database: Database,
  { homeStore, account, kind, day }: Pick<NewBill, "homeStore" | "account" | "kind" | "day">,
): Promise<Current | null> {
  const row = await database
    .selectFrom("bill")
    .select(["id", "state", "at", "confirmed_at"])
    .where("store", "=", homeStore)
    .where("account", "=", account)
    .where("kind", "=", kind)
    .where("day", "=", day)
    .where("state", "in", ["current", "empty"])
    .executeTakeFirst();
  return row ?? null;
}

/** Reads a stored bill and judges its day, in one SQL transaction. */
export async function takeStored(parts: FetchParts, account: Account, homeStore: string, id: string): Promise<Fetched> {
  const at = parts.clock.now();
  const { provider } = account;
  const taken = await takeBill(parts.database, provider, { store: homeStore, id }, at, (step, bill) =>
    reconcileBill(step, bill, provider.bills, at),
  );
  if (taken.kind !== "refused") return "here";
  parts.log.error({ bill: id, trouble: taken.trouble }, "bill refused");
  // one that counts already stays: a wrong file that is handed in beside it makes nothing missing
  if (!(await hasBill(parts.database, taken.bill))) await sayMissing(parts, account, taken.bill, taken.trouble);
  return "later";
}

async function hasBill(database: Database, { store, account, kind, day }: BillStoredRow): Promise<boolean> {
  const row = await database
    .selectFrom("bill")
    .select("id")
    .where("store", "=", store)
    .where("account", "=", account)
    .where("kind", "=", kind)
    .where("day", "=", day)
    .where("state", "in", ["current", "empty"])
    .executeTakeFirst();
  return row !== undefined;
}

/** No file for a day that is over: an empty day, or one that is still waited for, or missing; `early` is what had come before it was over. */
async function withoutFile(
  parts: FetchParts,
  account: Account,
  bill: NewBill,
  outcome: Exclude<BillOutcome, { kind: "file" }>,
  early: Current | null,
): Promise<Fetched> {
  const { kind, day } = bill;
  const at = parts.clock.now();
  const isLate = at >= lateAt(day, account.provider.bills.zone);
  // a kind that an account does not have is an empty file of every day; what captured something also moved the balance
  const isEmpty =
    (outcome.kind === "none" &&
      (isLate || kind === "balanceRefunds" || (await capturesOf(parts.database, account, bill)).count === 0)) ||
    (outcome.kind === "refused" && kind === "balanceRefunds");
  if (isEmpty && early?.state === "empty") {
    await cameAgain(parts, account, { ...bill, id: early.id });
    return "here";
  }
  // one that had rows has not become empty
  if (isEmpty && early === null) {
    await inTransaction(parts.database, async (step) => {
      const id = await storeEmptyDay(step, bill, at);
      const row = await step
        .selectFrom("bill")
        .selectAll()
        .where("store", "=", bill.homeStore)
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      await reconcileBill(step, { bill: row, changed: null }, account.provider.bills, at);
    });
    return "here";
  }
  const word = outcome.kind === "silence" ? outcome.why : outcome.word.code;
  // of a flow nothing hangs on the hour: it is said once it is late, whatever keeps it
  const isMissing = kind === "trade" ? isLate || outcome.kind !== "notReady" : kind === "fundFlow" && isLate;
  if (isMissing) await sayMissing(parts, account, bill, word);
  return "later";
}

/** One break for a whole bill that is not here, with what waits for it. */
async function sayMissing(
  parts: FetchParts,
  account: Account,
  bill: Pick<NewBill, "account" | "kind" | "day"> & ({ readonly homeStore: string } | Pick<BillStoredRow, "store">),
  why: string,
): Promise<void> {
  const homeStore = "homeStore" in bill ? bill.homeStore : bill.store;
  const at = parts.clock.now();
  await inTransaction(parts.database, async (step) => {
    await oneAtATime(step, account.id);
    const here = await currentBill(step, { ...bill, homeStore });
    // it has come while it was asked for
    if (here !== null && isWholeDay({ day: bill.day, ...here }, account.provider.bills.zone)) return;
    // only the trade bill's rows are our captures
    const missing = bill.kind === "trade" ? await capturesOf(step, account, { ...bill, homeStore }) : nothing;
    const currency = missing.currency === "" ? await currencyOf(step, { store: homeStore }) : missing.currency;
    const matched: MatchedAccount = { id: account.id, homeStore };
    const identity = { store: homeStore, side: "bill", number: `${bill.kind}/${bill.day}` } as const;
    const about = bill.kind === "fundFlow" ? "flowMissing" : "billMissing";
    const verdicts = [breakOf(about, -missing.receivable)];
    const place = placeOfBill(null, bill.day, currency);
    // what is here already, and contradicts itself, does so still
    await keepDifferences(
      step,
      matched,
      [{ identity, verdicts, place, detail: { why, count: missing.count }, about }],
      at,
    );
  });
}

/** `currency` is empty where nothing was captured. */
type Captures = { readonly count: number; readonly receivable: number; readonly currency: string };
const nothing: Captures = { count: 0, receivable: 0, currency: "" };

/** What we captured on the provider's day: what its bill must have. */
async function capturesOf(
  step: Database,
  account: Account,
  { homeStore, day }: Pick<NewBill, "homeStore" | "day">,
): Promise<Captures> {
  const { zone } = account.provider.bills;
  const from: Instant = instantOfLocal(day, 0, zone);
  const to: Instant = instantOfLocal(plusDays(day, 1), 0, zone);
  const stores = await storesOf(step, { account: account.id, store: homeStore });
  return (
    step
      .selectFrom("movement")
      .select([
        sql<number>`count(*)::integer`.as("count"),
        sql<number>`coalesce(sum(receivable), 0)::bigint`.as("receivable"),
        sql<string>`coalesce(max(currency), '')`.as("currency"),
      ])
      .where("store", "in", stores)
      .where("account", "=", account.id)
      .where("side", "=", "payment")
      .where("at", ">=", from)
      .where("at", "<", to)
      // what an early bill has is not missing
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("bill_row")
              .select("number")
              .whereRef("bill_row.store", "=", "movement.store")
              .whereRef("bill_row.account", "=", "movement.account")
              .whereRef("bill_row.side", "=", "movement.side")
              .whereRef("bill_row.number", "=", "movement.number")
              .where("bill_row.gone_with", "is", null),
          ),
        ),
      )
      .executeTakeFirstOrThrow()
  );
}
