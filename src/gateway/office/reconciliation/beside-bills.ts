import { sql } from "kysely";
import type { BesideBills } from "../../../contract/beside-bills.ts";
import type { ItemName } from "../../../contract/reconciliation.ts";
import { shiftTotalsSchema } from "../../../contract/shift.ts";
import type { Instant } from "../../../domain/clock.ts";
import { money, type CurrencyCode } from "../../../domain/money.ts";
import type { Database } from "../../store/database.ts";
import { depositBeside, safeBeside } from "./beside-cash.ts";
import { lineShown, linesThatBrought, statedThrough, type NamedLine } from "./beside-lines.ts";
import { billBeside } from "./beside-bill.ts";

/** What stands behind a payout, a bank's credit, cash that was counted or taken to the bank, or a whole bill; null for what a bill has. */
export async function besideBills(database: Database, name: ItemName): Promise<BesideBills | null> {
  switch (name.side) {
    case "payout":
      return payoutBeside(database, name);
    case "credit":
      return creditBeside(database, name);
    case "drawer":
      return drawerBeside(database, name);
    case "safe":
      return safeBeside(database, name);
    case "deposit":
      return depositBeside(database, name);
    case "bill":
      return billBeside(database, name);
    default:
      return null;
  }
}

async function payoutBeside(database: Database, { store, account, number }: ItemName): Promise<BesideBills | null> {
  const payout = await database
    .selectFrom("payout")
    .selectAll()
    .where("store", "=", store)
    .where("account", "=", account)
    .where("number", "=", number)
    .executeTakeFirst();
  if (payout === undefined) return null;
  const rows = await linesThatBrought(database, account, number);
  const currency = payout.currency as CurrencyCode;
  return {
    kind: "payout",
    day: payout.day,
    amount: money(payout.amount, currency),
    fee: money(payout.fee, currency),
    state: payout.state,
    lines: rows.map((row) => lineShown(row, currency)),
    through: await statedThrough(database, store),
  };
}

async function creditBeside(database: Database, { store, number }: ItemName): Promise<BesideBills | null> {
  const slash = number.indexOf("/");
  const { rows } = await sql<NamedLine & { readonly currency: CurrencyCode }>`
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
