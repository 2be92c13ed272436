import type { Instant } from "../../domain/clock.ts";
import type { CurrencyCode } from "../../domain/money.ts";
import { breakOf } from "../../domain/reconciliation/verdict.ts";
import { keepDifferences } from "../reconcile/keep-differences.ts";
import { placeOfBill } from "../reconcile/place-of-bill.ts";
import type { BillStoredRow } from "../store/bill-tables.ts";
import type { PayoutRow } from "../store/settlement-tables.ts";
import type { Database } from "../store/database.ts";
import type { OwnFlowRow } from "./flow-rows.ts";
import { takeApart } from "./take-apart.ts";

type Flow = Pick<BillStoredRow, "store" | "account">;

/**
 * Keeps payouts as the current flows have them: one that is not there any more goes, one of another amount is another; a bank's line
 * that had brought it is free again. Whether one came back is a difference until a person has settled it.
 */
export async function keepPayouts(
  step: Database,
  flow: Flow,
  rows: readonly OwnFlowRow[],
  numbers: readonly string[],
  currency: CurrencyCode,
  at: Instant,
): Promise<void> {
  for (const number of new Set(numbers)) {
    const own = rows.filter(({ name }) => name === number);
    const before = await payoutOf(step, flow, number);
    await keepPayout(
      step,
      flow,
      own.filter(({ kind }) => kind === "payout"),
      { number, before, currency, at },
    );
    const returned = own.filter(({ kind }) => kind === "payoutReturned");
    await keepReturned(step, flow, returned, { number, before, currency, at });
  }
}

type Named = {
  readonly number: string;
  readonly before: PayoutRow | null;
  readonly currency: CurrencyCode;
  readonly at: Instant;
};

async function keepPayout(
  step: Database,
  flow: Flow,
  rows: readonly OwnFlowRow[],
  { number, before, currency, at }: Named,
): Promise<void> {
  const [first] = rows;
  const amount = -rows.reduce((all, row) => all + row.amount, 0);
  if (before !== null && before.amount !== amount) {
    await takeApart(step, before, at);
    await drop(step, flow, number);
  }
  if (first === undefined) return;
  const { store, account } = flow;
  const fresh = { state: "sent", fee: 0, arrived_on: null } as const;
  await step
    .insertInto("payout")
    .values({ store, account, number, day: first.day, at: first.at, amount, currency, ...fresh })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

async function drop(step: Database, { store, account }: Flow, number: string): Promise<void> {
  await step
    .deleteFrom("payout")
    .where("store", "=", store)
    .where("account", "=", account)
    .where("number", "=", number)
    .execute();
}

async function keepReturned(
  step: Database,
  { store, account }: Flow,
  rows: readonly OwnFlowRow[],
  { number, before, currency, at }: Named,
): Promise<void> {
  const [row] = rows;
  // what went back is not at the bank: a line that seemed to bring it brought something else, or was taken back there
  if (row !== undefined && before?.state === "arrived") await takeApart(step, before, at);
  const now = await payoutOf(step, { store, account }, number);
  const isOver = row === undefined && (before?.state === "returned" || (before !== null && now === null));
  if (row === undefined && !isOver) return;
  if (now !== null) {
    const back = now.arrived_on === null ? "sent" : "arrived";
    await step
      .updateTable("payout")
      .set({ state: row === undefined ? back : "returned" })
      .where("store", "=", store)
      .where("account", "=", account)
      .where("number", "=", number)
      .execute();
  }
  const identity = { store, side: "payout", number } as const;
  const place = placeOfBill(row?.bill ?? null, row?.day ?? before?.day ?? "", currency);
  const amount = rows.reduce((all, each) => all + each.amount, 0);
  const verdicts = row === undefined ? [] : [breakOf("payoutReturned", amount)];
  const judged = { identity, verdicts, place, detail: { note: row?.note ?? "" } };
  await keepDifferences(step, { id: account, homeStore: store }, [judged], at);
}

async function payoutOf(step: Database, { store, account }: Flow, number: string): Promise<PayoutRow | null> {
  const row = await step
    .selectFrom("payout")
    .selectAll()
    .where("store", "=", store)
    .where("account", "=", account)
    .where("number", "=", number)
    .executeTakeFirst();
  return row ?? null;
}
