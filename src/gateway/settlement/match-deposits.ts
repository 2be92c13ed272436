import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { localTime } from "../../domain/local-time.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { breakOf, type Verdict } from "../../domain/reconciliation/verdict.ts";
import { matchDeposits, missingFrom, type CashCredit } from "../../domain/settlement/match-deposits.ts";
import { cashAccount } from "../../contract/item-classes.ts";
import { depositArrivedTransfers } from "../books/drawer-transfers.ts";
import type { Posting } from "../books/post.ts";
import { restate } from "../books/restate.ts";
import { keepDifferences } from "../reconcile/keep-differences.ts";
import { placeOfBill } from "../reconcile/place-of-bill.ts";
import type { DepositRow } from "../store/cash-tables.ts";
import type { BankLineRow } from "../store/settlement-tables.ts";
import type { Database } from "../store/database.ts";
import { isRealDay } from "./real-days.ts";

type Bank = { readonly store: string; readonly id: string };

/**
 * Holds a bank's credits that bear no provider's name against the cash on its way there (`books.md` 7), and posts what arrived (row 19).
 * One that came short or over is a difference; one that has not come in time is too. Called under the bank's lock.
 *
 * @returns the lines that brought a deposit: no other payer is looked for
 */
export async function arriveDeposits(
  step: Database,
  bank: Bank,
  lines: readonly BankLineRow[],
  at: Instant,
): Promise<ReadonlySet<string>> {
  const deposits = await openDeposits(step, bank);
  const { exact, differing } = matchDeposits(
    deposits.map(({ store, id, slip, amount, day, is_given_up: isGivenUp }) => ({
      key: `${store}/${id}`,
      slip,
      amount,
      day,
      isGivenUp,
    })),
    lines.map(cashCredit),
  );
  const taken = new Set<string>();
  for (const { credit, deposit } of [...exact, ...differing]) {
    const row = deposits.find(({ store, id }) => `${store}/${id}` === deposit);
    const line = lines.find(({ id }) => id === credit);
    if (row === undefined || line === undefined) continue;
    taken.add(line.id);
    if (await keepArrival(step, bank, line, row, at))
      await sayDeposit(step, { ...row, state: "arrived", credited: line.amount }, at);
  }
  for (const row of deposits)
    if (!row.is_given_up && !isIn(row, [...exact, ...differing])) await sayDeposit(step, row, at);
  return taken;
}

/** What a deposit comes to: nothing while it is on its way in time, or came as it left; else a difference. */
export async function sayDeposit(step: Database, row: DepositRow, at: Instant): Promise<void> {
  const { zone } = await step.selectFrom("store").select("zone").where("id", "=", row.store).executeTakeFirstOrThrow();
  const today = localTime(at, zone).date;
  const { statedBy } = await statedThrough(step, row, at);
  const place = { ...placeOfBill(null, row.day, row.currency), staff: row.taken_by, businessDate: row.day };
  const judged = {
    identity: { store: row.store, side: "deposit", number: row.id } as const,
    verdicts: verdictsOf(row, today),
    place,
    detail: { bank: row.bank, slip: row.slip, credited: row.credited, statedBy },
  };
  await keepDifferences(step, { id: cashAccount, homeStore: row.store }, [judged], at);
}

function verdictsOf(row: DepositRow, today: string): readonly Verdict[] {
  if (row.state === "takenBack") return [];
  if (row.state === "underWay") return today >= missingFrom(row.day) ? [breakOf("depositMissing", -row.amount)] : [];
  const over = (row.credited ?? row.amount) - row.amount;
  return over === 0 ? [] : [breakOf(over > 0 ? "depositOver" : "depositShort", over)];
}

type OpenRow = DepositRow & { readonly is_given_up: boolean };

/** Deposits on their way to a bank, also those that somebody has given up: what comes after all was not lost. */
async function openDeposits(step: Database, bank: Bank): Promise<readonly OpenRow[]> {
  return step
    .selectFrom("deposit")
    .selectAll()
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom("difference")
          .select("id")
          .whereRef("difference.store", "=", "deposit.store")
          .whereRef("difference.number", "=", "deposit.id")
          .where("difference.side", "=", "deposit")
          .where("difference.state", "=", "mended"),
      )
        .$castTo<boolean>()
        .as("is_given_up"),
    )
    .where("bank_store", "=", bank.store)
    .where("bank", "=", bank.id)
    .where("state", "=", "underWay")
    .orderBy("day")
    .orderBy("at")
    .execute();
}

/** Takes the line for the deposit, once: false where either was taken before. */
async function keepArrival(
  step: Database,
  bank: Bank,
  line: BankLineRow,
  deposit: DepositRow,
  at: Instant,
): Promise<boolean> {
  const match = { store: bank.store, bank: bank.id, line: line.id, account: cashAccount, payout: deposit.id };
  const kept = await step
    .insertInto("bank_match")
    .values({ ...match, amount: line.amount, by: "", at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if ((kept.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
  await step
    .updateTable("deposit")
    .set({ state: "arrived", arrived_on: line.day, credited: line.amount })
    .where("store", "=", deposit.store)
    .where("id", "=", deposit.id)
    .execute();
  const credited = money(line.amount, deposit.currency as CurrencyCode);
  await restate(step, [arrived(bank, line, deposit, depositArrivedTransfers(bank.id, credited))], at);
  return true;
}

function arrived(
  bank: Bank,
  line: Pick<BankLineRow, "id" | "day">,
  deposit: DepositRow,
  transfers: Posting["transfers"],
): Posting {
  return {
    store: deposit.store as StoreId,
    posting: `deposited/${bank.id}/${line.id}/${deposit.id}`,
    event: "depositArrived",
    subject: deposit.id,
    businessDate: line.day,
    transfers,
  };
}

/** Takes a deposit from the line that had brought it: it is on its way again, and what that posted goes out in red. */
export async function freeDeposit(
  step: Database,
  bank: Bank,
  line: Pick<BankLineRow, "id" | "day">,
  deposit: DepositRow,
  at: Instant,
): Promise<void> {
  await restate(step, [arrived(bank, line, deposit, [])], at);
  await step
    .deleteFrom("bank_match")
    .where("store", "=", bank.store)
    .where("bank", "=", bank.id)
    .where("line", "=", line.id)
    .where("account", "=", cashAccount)
    .execute();
  const change = { state: "underWay", arrived_on: null, credited: null } as const;
  await step
    .updateTable("deposit")
    .set(change)
    .where("store", "=", deposit.store)
    .where("id", "=", deposit.id)
    .execute();
  await sayDeposit(step, { ...deposit, ...change }, at);
}

/** Up to which day the bank's statement is here: a missing deposit may only not be in it yet. */
async function statedThrough(
  step: Database,
  row: DepositRow,
  at: Instant,
): Promise<{ readonly statedBy: string | null }> {
  const last = await step
    .selectFrom("bank_line")
    .select("day")
    .where("store", "=", row.bank_store)
    .where("bank", "=", row.bank)
    .where(isRealDay(sql`day`, at))
    .orderBy("day", "desc")
    .limit(1)
    .executeTakeFirst();
  return { statedBy: last?.day ?? null };
}

function cashCredit({ id, amount, day, counterparty, text, reference }: BankLineRow): CashCredit {
  return { key: id, amount, day, said: `${counterparty} ${text} ${reference}` };
}

function isIn(row: DepositRow, found: readonly { readonly deposit: string }[]): boolean {
  return found.some(({ deposit }) => deposit === `${row.store}/${row.id}`);
}
