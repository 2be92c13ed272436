import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import { plusDays } from "../../domain/local-time.ts";
import { arrivesWithinDays, usualAfterDays, type OpenCredit } from "../../domain/settlement/match-payouts.ts";
import { namesAnother, namesPayout, numbersIn } from "../../domain/settlement/named-payouts.ts";
import type { MatchedAccount } from "../reconcile/identity.ts";
import type { BankLineRow, PayoutRow } from "../store/settlement-tables.ts";
import type { Database } from "../store/database.ts";
import { isRealDay } from "./real-days.ts";

/** An account whose payouts come to a bank, and the words by which the bank names it. */
export type PayingAccount = MatchedAccount & { readonly words: readonly RegExp[] };

/** What a bank's texts may speak of. */
export type Speakable = {
  readonly paying: readonly PayingAccount[];
  /** Payouts on their way. */
  readonly open: readonly PayoutRow[];
  /** Those that one of the texts names, wherever they stand. */
  readonly named: readonly PayoutRow[];
  /** The days of which each account's fund flow is here. */
  readonly days: ReadonlyMap<string, readonly string[]>;
};

/** Numbers of payouts are the provider's: two accounts may have the same. */
export function keyOf({ account, number }: Pick<PayoutRow, "account" | "number">): string {
  return `${account}/${number}`;
}

/** What of a bank's line tells whose it is. */
export function saidOf({ counterparty, text }: Pick<BankLineRow, "counterparty" | "text">): string {
  return `${counterparty} ${text}`;
}

/** Everything that these lines may speak of. */
export async function speakable(
  step: Database,
  paying: readonly PayingAccount[],
  lines: readonly BankLineRow[],
): Promise<Speakable> {
  return {
    paying,
    open: await openPayouts(step, paying),
    named: await namedPayouts(step, paying, lines),
    days: await flowDays(step, paying),
  };
}

/** A line as a credit: the accounts that it may be of, the payouts that it names, and whether all that it may be are known by now. */
export function creditOf(line: BankLineRow, { paying, open, named, days }: Speakable): OpenCredit {
  const said = saidOf(line);
  const own = named.filter(({ number }) => namesPayout(said, number));
  const worded = paying.filter(({ words }) => words.some((word) => word.test(said))).map(({ id }) => id);
  const accounts = own.length === 0 ? worded : [...new Set(own.map(({ account }) => account))];
  const numbers = open.filter(({ account }) => accounts.includes(account)).map(({ number }) => number);
  const isOfAnother = own.length === 0 && namesAnother(said, numbers);
  // one that came on the day it left is told of the day after; one that names a payout of ours is no other's
  const after = isOfAnother ? 0 : usualAfterDays;
  const isEarly = own.length === 0 && accounts.some((id) => !areFlowsHere(days.get(id) ?? [], line.day, after));
  const names = own.map(keyOf);
  return { key: line.id, accounts, amount: line.amount, day: line.day, names, isOfAnother, isEarly };
}

/** A flow that is so many days older than the newest one here is not waited for any more: its day is said to be missing. */
const flowAwaitedDays = arrivesWithinDays + 5;

/**
 * Whether the payout of a provider's credit would be known: the flow that tells of one that left `after` days before is here, and so are
 * those of the days before it from the first on, but for what never came. Until then a credit in the provider's name waits; the next
 * statement or flow looks again.
 */
function areFlowsHere(here: readonly string[], creditDay: string, after: number): boolean {
  const [first] = here;
  const newest = here.at(-1);
  if (first === undefined || newest === undefined) return true;
  const awaitedFrom = plusDays(newest, -flowAwaitedDays);
  for (let back = after; back <= arrivesWithinDays; back++) {
    const day = plusDays(creditDay, -back);
    if (day >= first && day >= awaitedFrom && !here.includes(day)) return false;
  }
  return true;
}

/** A bank's credits that have brought nothing yet. One of no real day is shown to people, and nothing is reckoned from its day. */
export async function openLines(
  step: Database,
  bank: { readonly store: string; readonly id: string },
  at: Instant,
): Promise<readonly BankLineRow[]> {
  return step
    .selectFrom("bank_line")
    .selectAll()
    .where("store", "=", bank.store)
    .where("bank", "=", bank.id)
    .where("amount", ">", 0)
    .where(isRealDay(sql.ref("bank_line.day"), at))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("bank_match")
            .select("line")
            .whereRef("bank_match.store", "=", "bank_line.store")
            .whereRef("bank_match.bank", "=", "bank_line.bank")
            .whereRef("bank_match.line", "=", "bank_line.id"),
        ),
      ),
    )
    .orderBy("day")
    .orderBy("id")
    .execute();
}

async function openPayouts(step: Database, paying: readonly PayingAccount[]): Promise<readonly PayoutRow[]> {
  if (paying.length === 0) return [];
  return step
    .selectFrom("payout")
    .selectAll()
    .where("store", "in", [...new Set(paying.map(({ homeStore }) => homeStore))])
    .where(
      "account",
      "in",
      paying.map(({ id }) => id),
    )
    .where("state", "=", "sent")
    .orderBy("day")
    .orderBy("number")
    .execute();
}

/**
 * Payouts in whatever state whose number stands in a line: a credit is not another one's because its own has come already. Looked up by
 * what the texts have, since payouts grow more for as long as the shop is there.
 */
async function namedPayouts(
  step: Database,
  paying: readonly PayingAccount[],
  lines: readonly BankLineRow[],
): Promise<readonly PayoutRow[]> {
  const numbers = [...new Set(lines.flatMap((line) => [...numbersIn(saidOf(line))]))];
  if (numbers.length === 0) return [];
  const named: PayoutRow[] = [];
  for (const { id, homeStore } of paying) {
    const { rows } = await sql<PayoutRow>`
      select * from payout where store = ${homeStore} and account = ${id} and number = any(${numbers}::text[])
      order by number
    `.execute(step);
    named.push(...rows);
  }
  return named.toSorted((a, b) => a.at - b.at);
}

/** The days of which an account's fund flow is here. */
async function flowDays(
  step: Database,
  paying: readonly PayingAccount[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const days = new Map<string, readonly string[]>();
  for (const { id, homeStore } of paying) {
    const rows = await step
      .selectFrom("bill")
      .select("day")
      .where("store", "=", homeStore)
      .where("account", "=", id)
      .where("kind", "=", "fundFlow")
      .where("state", "in", ["current", "empty"])
      .orderBy("day")
      .execute();
    days.set(
      id,
      rows.map(({ day }) => day),
    );
  }
  return days;
}
