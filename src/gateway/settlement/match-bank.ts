import { cashAccount } from "../../contract/item-classes.ts";
import type { Instant } from "../../domain/clock.ts";
import { breakOf, type Verdict } from "../../domain/reconciliation/verdict.ts";
import { matchPayouts, type OpenPayout } from "../../domain/settlement/match-payouts.ts";
import { restate } from "../books/restate.ts";
import { keepDifferences, type Judged } from "../reconcile/keep-differences.ts";
import { oneAtATime } from "../reconcile/one-at-a-time.ts";
import { placeOfBill } from "../reconcile/place-of-bill.ts";
import type { BankLineRow, PayoutRow } from "../store/settlement-tables.ts";
import type { Database } from "../store/database.ts";
import { arrival } from "./arrival.ts";
import { creditOf, keyOf, type PayingAccount } from "./bank-credits.ts";
import { openCredits } from "./free-named.ts";
import { throughDays } from "./through-days.ts";
import { arriveDeposits } from "./match-deposits.ts";
import { sayCredits } from "./say-credits.ts";
import { oneBankAtATime } from "./one-bank-at-a-time.ts";

/**
 * Matches a bank's credits with payouts (`books.md` 5) and posts what arrived (row 11). A payout that came short or over, has not come,
 * or a credit that is nobody's, is a difference until a person has settled it.
 */
export async function matchBank(
  step: Database,
  bank: { readonly store: string; readonly id: string },
  paying: readonly PayingAccount[],
  at: Instant,
): Promise<void> {
  await oneBankWithPaying(step, bank, paying);
  const { lines, said } = await openCredits(step, bank, paying, at);
  const payouts = said.open;
  const through = await throughDays(step, paying, at);
  const credits = new Map(lines.map((line) => [line.id, creditOf(line, said)]));
  // what no provider's name is on may be cash that a store took to the bank
  const deposited = await arriveDeposits(
    step,
    bank,
    lines.filter(({ id }) => credits.get(id)?.accounts.length === 0),
    at,
  );
  const matches = matchPayouts(
    payouts.map((row): OpenPayout => ({ key: keyOf(row), account: row.account, amount: row.amount, day: row.day })),
    [...credits.values()].filter(({ key }) => !deposited.has(key)),
    (account) => through.get(account) ?? null,
  );
  const payoutBy = new Map(payouts.map((row) => [keyOf(row), row]));
  const lineBy = new Map(lines.map((line) => [line.id, line]));
  const arrive = async (line: string, key: string, amount: number): Promise<void> => {
    const payout = payoutBy.get(key);
    const credit = lineBy.get(line);
    if (payout !== undefined && credit !== undefined) await keepArrival(step, bank, credit, payout, amount, at);
  };
  for (const { credit, payouts: keys } of matches.exact)
    for (const key of keys) await arrive(credit, key, payoutBy.get(key)?.amount ?? 0);
  for (const { credit, payout } of matches.differing) await arrive(credit, payout, lineBy.get(credit)?.amount ?? 0);
  await sayPayouts(step, paying, payouts, matches, at);
  const named = new Map([...credits].map(([line, { accounts }]) => [line, accounts]));
  // of one that waits for a flow nothing new is known: what was said of it, and decided, stands
  const isJudged = ({ id }: BankLineRow): boolean =>
    credits.get(id)?.isEarly !== true || matches.exact.some(({ credit }) => credit === id);
  await sayCredits(step, bank, paying, { lines: lines.filter(isJudged), unknown: matches.unknown, named }, at);
}

/** Nobody else matches this bank or judges what may come to it, until the SQL transaction ends. */
export async function oneBankWithPaying(
  step: Database,
  bank: { readonly store: string; readonly id: string },
  paying: readonly PayingAccount[],
): Promise<void> {
  await oneBankAtATime(step, bank);
  for (const id of [cashAccount, ...paying.map((each) => each.id)]) await oneAtATime(step, id);
}

async function sayPayouts(
  step: Database,
  paying: readonly PayingAccount[],
  payouts: readonly PayoutRow[],
  matches: ReturnType<typeof matchPayouts>,
  at: Instant,
): Promise<void> {
  for (const account of paying) {
    const own = payouts.filter((row) => row.account === account.id);
    const judged = own.map((row): Judged => {
      const short = matches.differing.find(({ payout }) => payout === keyOf(row))?.short ?? 0;
      const verdicts: Verdict[] = matches.late.includes(keyOf(row)) ? [breakOf("settlementLate", -row.amount)] : [];
      if (short !== 0) verdicts.push(breakOf(short > 0 ? "settlementShort" : "settlementOver", -short));
      const place = placeOfBill(null, row.day, row.currency);
      return { identity: { store: row.store, side: "payout", number: row.number }, verdicts, place, detail: {} };
    });
    await keepDifferences(step, account, judged, at);
  }
}

async function keepArrival(
  step: Database,
  bank: { readonly store: string; readonly id: string },
  line: BankLineRow,
  payout: PayoutRow,
  amount: number,
  at: Instant,
): Promise<void> {
  await step
    .insertInto("bank_match")
    .values({
      store: bank.store,
      bank: bank.id,
      line: line.id,
      account: payout.account,
      payout: payout.number,
      amount,
      by: "",
      at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  // one that came short stays open as a difference; it has arrived all the same
  await step
    .updateTable("payout")
    .set({ state: "arrived", arrived_on: line.day })
    .where("store", "=", payout.store)
    .where("account", "=", payout.account)
    .where("number", "=", payout.number)
    .execute();
  await restate(step, [arrival(bank.id, line, payout, amount)], at);
}
