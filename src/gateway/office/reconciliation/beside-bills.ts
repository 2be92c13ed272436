import { sql } from "kysely";
import type { BankLineShown, BesideBills, ItemName } from "../../../contract/reconciliation.ts";
import { shiftTotalsSchema } from "../../../contract/shift.ts";
import type { Instant } from "../../../domain/clock.ts";
import { money, type CurrencyCode } from "../../../domain/money.ts";
import type { BankLineRow } from "../../store/settlement-tables.ts";
import type { Database } from "../../store/database.ts";

/** What stands behind a payout, a bank's credit or a drawer; null for what a bill has. */
export async function besideBills(database: Database, name: ItemName): Promise<BesideBills | null> {
  switch (name.side) {
    case "payout":
      return payoutBeside(database, name);
    case "credit":
      return creditBeside(database, name);
    case "drawer":
      return drawerBeside(database, name);
    default:
      return null;
  }
}

type Line = BankLineRow & { readonly bank_name: string };

async function payoutBeside(database: Database, { store, account, number }: ItemName): Promise<BesideBills | null> {
  const payout = await database
    .selectFrom("payout")
    .selectAll()
    .where("store", "=", store)
    .where("account", "=", account)
    .where("number", "=", number)
    .executeTakeFirst();
  if (payout === undefined) return null;
  const { rows } = await sql<Line>`
    select l.*, b.name as bank_name from bank_match m
    join bank_line l on l.store = m.store and l.bank = m.bank and l.id = m.line
    join bank_account b on b.store = l.store and b.id = l.bank
    where m.account = ${account} and m.payout = ${number} order by l.day, l.id
  `.execute(database);
  const { rows: reach } = await sql<{ readonly through: string | null }>`
    select max(day) as through from bank_line where store = ${store}
  `.execute(database);
  const currency = payout.currency as CurrencyCode;
  return {
    kind: "payout",
    day: payout.day,
    amount: money(payout.amount, currency),
    fee: money(payout.fee, currency),
    state: payout.state,
    lines: rows.map((row) => lineShown(row, currency)),
    through: reach[0]?.through ?? null,
  };
}

async function creditBeside(database: Database, { store, number }: ItemName): Promise<BesideBills | null> {
  const slash = number.indexOf("/");
  const { rows } = await sql<Line & { readonly currency: CurrencyCode }>`
    select l.*, b.name as bank_name, s.currency from bank_line l
    join bank_account b on b.store = l.store and b.id = l.bank join store s on s.id = l.store
    where l.store = ${store} and l.bank = ${number.slice(0, slash)} and l.id = ${number.slice(slash + 1)}
  `.execute(database);
  const [line] = rows;
  if (line === undefined) return null;
  const payouts = await database
    .selectFrom("bank_match")
    .select("payout")
    .where("store", "=", store)
    .where("bank", "=", line.bank)
    .where("line", "=", line.id)
    .orderBy("payout")
    .execute();
  return { kind: "credit", line: lineShown(line, line.currency), payouts: payouts.map(({ payout }) => payout) };
}

function lineShown({ bank_name: bank, day, time, amount, ...line }: Line, currency: CurrencyCode): BankLineShown {
  const { counterparty, text, reference } = line;
  return { bank, day, time, amount: money(amount, currency), counterparty, text, reference };
}

async function drawerBeside(database: Database, { store, number }: ItemName): Promise<BesideBills | null> {
  const shift = await database
    .selectFrom("shift")
    .leftJoin("staff as opener", "opener.id", "shift.opened_by")
    .leftJoin("staff as closer", "closer.id", "shift.closed_by")
    .selectAll("shift")
    .select(["opener.name as opener", "closer.name as closer"])
    .where("shift.store", "=", store)
    .where("shift.session", "=", number)
    .executeTakeFirst();
  if (shift === undefined) return null;
  const of = (amount: number | null) => (amount === null ? null : money(amount, shift.currency as CurrencyCode));
  const totals = shiftTotalsSchema.safeParse(shift.totals);
  return {
    kind: "drawer",
    openedBy: shift.opener,
    openedAt: shift.opened_at as Instant,
    closedBy: shift.closer,
    closedAt: shift.closed_at as Instant | null,
    expected: of(shift.expected),
    counted: of(shift.counted),
    totals: totals.success ? totals.data : null,
  };
}
