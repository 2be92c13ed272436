import { sql } from "kysely";
import type { BankLineShown } from "../../../contract/beside-bills.ts";
import { money, type CurrencyCode } from "../../../domain/money.ts";
import { isRealDay } from "../../settlement/real-days.ts";
import type { BankLineRow } from "../../store/settlement-tables.ts";
import type { Database } from "../../store/database.ts";

/** A bank's line with its bank's name. */
export type NamedLine = BankLineRow & { readonly bank_name: string };

/** The lines that brought a payout or a cash deposit, the oldest first. */
export async function linesThatBrought(database: Database, account: string, number: string): Promise<NamedLine[]> {
  const { rows } = await sql<NamedLine>`
    select l.*, b.name as bank_name from bank_match m
    join bank_line l on l.store = m.store and l.bank = m.bank and l.id = m.line
    join bank_account b on b.store = l.store and b.id = l.bank
    where m.account = ${account} and m.payout = ${number} order by l.day, l.id
  `.execute(database);
  return rows;
}

/** A line as it travels. */
export function lineShown(
  { bank_name: bank, day, time, amount, ...line }: NamedLine,
  currency: CurrencyCode,
): BankLineShown {
  const { counterparty, text, reference } = line;
  return { bank, day, time, amount: money(amount, currency), counterparty, text, reference };
}

/** Up to which day a store's bank statements are here; null where none was handed in. */
export async function statedThrough(database: Database, store: string): Promise<string | null> {
  const { rows } = await sql<{ readonly through: string | null }>`
    select max(day) as through from bank_line where store = ${store} and ${isRealDay(sql`day`, null)}
  `.execute(database);
  return rows[0]?.through ?? null;
}
