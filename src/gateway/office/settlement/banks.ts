import { sql } from "kysely";
import { cashAccount } from "../../../contract/item-classes.ts";
import type { BankAccount, BankLines } from "../../../contract/settlement.ts";
import { bankColumns } from "../../../contract/statements.ts";
import type { Instant } from "../../../domain/clock.ts";
import { money, type CurrencyCode } from "../../../domain/money.ts";
import { isRealDay } from "../../settlement/real-days.ts";
import { json, type Database } from "../../store/database.ts";

/** Lines in one answer. */
const linesMax = 1_000;

/** The shop's bank accounts, and how far their statements reach. */
export async function banks(database: Database, now: Instant): Promise<BankAccount[]> {
  const { rows } = await sql<{
    id: string;
    store: string;
    name: string;
    columns: unknown;
    through: string | null;
    lines: number;
  }>`
    select b.id, b.store, b.name, b.columns, max(l.day) filter (where ${isRealDay(sql`l.day`, now)}) as through, count(l.id)::integer as lines
    from bank_account b left join bank_line l on l.store = b.store and l.bank = b.id
    group by b.store, b.id order by b.name
  `.execute(database);
  return rows.map((row) => {
    const columns = bankColumns.safeParse(row.columns);
    return { ...row, columns: columns.success ? columns.data : null };
  });
}

/** Makes a bank account of the shop's, or names it anew. */
export async function keepBank(
  step: Database,
  bank: { readonly id: string; readonly store: string; readonly name: string },
  at: Instant,
): Promise<void> {
  await step
    .insertInto("bank_account")
    .values({ ...bank, columns: json({}), made_at: at })
    .onConflict((conflict) => conflict.columns(["store", "id"]).doUpdateSet({ name: bank.name }))
    .execute();
}

/** A bank's lines of some days with what they brought, the newest first. */
export async function bankLinesOf(
  database: Database,
  bank: { readonly id: string; readonly store: string },
  from: string,
  to: string,
  now: Instant,
): Promise<BankLines> {
  const { currency } = await database
    .selectFrom("store")
    .select("currency")
    .where("id", "=", bank.store)
    .executeTakeFirstOrThrow();
  const of = (amount: number) => money(amount, currency as CurrencyCode);
  const lines = await database
    .selectFrom("bank_line")
    .selectAll()
    .where("store", "=", bank.store)
    .where("bank", "=", bank.id)
    // one of no real day stands in every list: what is counted is shown
    .where(sql<boolean>`(day between ${from} and ${to} or not ${isRealDay(sql`day`, now)})`)
    .orderBy("day", "desc")
    .orderBy("time", "desc")
    .limit(linesMax)
    .execute();
  const matches = await database
    .selectFrom("bank_match")
    .leftJoin("deposit", (join) =>
      join
        .onRef("deposit.bank_store", "=", "bank_match.store")
        .onRef("deposit.bank", "=", "bank_match.bank")
        .onRef("deposit.id", "=", "bank_match.payout")
        .on("bank_match.account", "=", cashAccount),
    )
    .selectAll("bank_match")
    .select("deposit.slip")
    .where("bank_match.store", "=", bank.store)
    .where("bank_match.bank", "=", bank.id)
    .where("line", "in", [...lines.map(({ id }) => id), ""])
    .execute();
  return {
    lines: lines.map((line) => ({
      id: line.id,
      day: line.day,
      time: line.time,
      amount: of(line.amount),
      counterparty: line.counterparty,
      text: line.text,
      reference: line.reference,
      payouts: matches
        .filter((match) => match.line === line.id)
        .map((match) => ({
          account: match.account,
          number: match.slip ?? match.payout,
          amount: of(match.amount),
          at: match.at as Instant,
        })),
    })),
  };
}
