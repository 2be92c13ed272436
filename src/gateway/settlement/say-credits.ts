import type { Instant } from "../../domain/clock.ts";
import { breakOf } from "../../domain/reconciliation/verdict.ts";
import { keepDifferences, type Judged } from "../reconcile/keep-differences.ts";
import { placeOfBill } from "../reconcile/place-of-bill.ts";
import type { BankLineRow } from "../store/settlement-tables.ts";
import type { Database } from "../store/database.ts";
import type { PayingAccount } from "./bank-credits.ts";
import { currencyOf } from "./take-flow.ts";

/** The bank's open credits, those that are nobody's, and the accounts whose words each bears. */
export type SaidCredits = {
  readonly lines: readonly BankLineRow[];
  readonly unknown: readonly string[];
  readonly named: ReadonlyMap<string, readonly string[]>;
};

/**
 * A credit that brought no payout stands under the first account whose words it bears; a stranger's bears none and stands under the
 * first there is. One that has stood somewhere stays there.
 */
export async function sayCredits(
  step: Database,
  bank: { readonly store: string; readonly id: string },
  paying: readonly PayingAccount[],
  { lines, unknown, named }: SaidCredits,
  at: Instant,
): Promise<void> {
  const order = paying.map(({ id }) => id).toSorted();
  const [first] = order;
  if (first === undefined) return;
  const usualOf = ({ id }: BankLineRow): string => order.find((account) => named.get(id)?.includes(account)) ?? first;
  const numberOf = (line: BankLineRow): string => `${bank.id}/${line.id}`;
  const currency = await currencyOf(step, bank);
  const saidUnder = await creditsSaid(step, bank.store, lines.map(numberOf));
  for (const account of paying) {
    const own = lines.filter((line) => (saidUnder.get(numberOf(line)) ?? usualOf(line)) === account.id);
    const judged = own.map((line): Judged => {
      const verdicts = unknown.includes(line.id) ? [breakOf("creditUnknown", line.amount)] : [];
      const detail = { bank: bank.id, counterparty: line.counterparty, text: line.text, reference: line.reference };
      const identity = { store: line.store, side: "credit", number: numberOf(line) } as const;
      return { identity, verdicts, place: placeOfBill(null, line.day, currency), detail };
    });
    await keepDifferences(step, account, judged, at);
  }
}

/** A credit that is nobody's was said under one of the accounts: under which, so that another account does not say it again. */
async function creditsSaid(
  step: Database,
  store: string,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await step
    .selectFrom("difference")
    .select(["number", "account"])
    .where("store", "=", store)
    .where("side", "=", "credit")
    .where("number", "in", [...numbers])
    .execute();
  return new Map(rows.map(({ number, account }) => [number, account]));
}

/** What was said of credits that are no more. */
export async function forgetCredits(
  step: Database,
  bank: { readonly store: string; readonly id: string },
  lines: readonly BankLineRow[],
  at: Instant,
): Promise<void> {
  const currency = await currencyOf(step, bank);
  const saidUnder = await creditsSaid(
    step,
    bank.store,
    lines.map(({ id }) => `${bank.id}/${id}`),
  );
  for (const account of new Set(saidUnder.values())) {
    const own = lines.filter(({ id }) => saidUnder.get(`${bank.id}/${id}`) === account);
    const judged = own.map(({ id, day }): Judged => {
      const identity = { store: bank.store, side: "credit", number: `${bank.id}/${id}` } as const;
      return { identity, verdicts: [], place: placeOfBill(null, day, currency), detail: {} };
    });
    await keepDifferences(step, { id: account, homeStore: bank.store }, judged, at);
  }
}
