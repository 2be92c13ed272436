import { sql } from "kysely";
import type { ItemName, ReconciliationItemOpened } from "../../../contract/reconciliation.ts";
import type { Instant } from "../../../domain/clock.ts";
import { money, type CurrencyCode } from "../../../domain/money.ts";
import type { BillTradeRow } from "../../store/bill-tables.ts";
import type { Database } from "../../store/database.ts";

/** Days before and after within which a person may find the other side. */
const searchedDays = 31;
const dayMs = 86_400_000;
/** Rows or tenders that are offered, the nearest in time first. */
const offeredMax = 20;

/** The pair that an item is one side of; null when it is of none. */
export async function pairingOf(database: Database, name: ItemName): Promise<ReconciliationItemOpened["pairing"]> {
  if (name.side !== "tender" && name.side !== "payment") return null;
  const isTender = name.side === "tender";
  const row = await database
    .selectFrom("pairing")
    .leftJoin("staff", "staff.id", "pairing.by")
    .leftJoin("office_person", "office_person.id", "pairing.by")
    .selectAll("pairing")
    .select(["staff.name as staff_name", "office_person.name as office_name"])
    .where("pairing.account", "=", name.account)
    .where("pairing.undone_at", "is", null)
    .where(isTender ? "pairing.store" : "pairing.row_store", "=", name.store)
    .where(isTender ? "pairing.tender" : "pairing.row_number", "=", name.number)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { account } = name;
  return {
    tender: { store: row.store, account, side: "tender", number: row.tender },
    row: { store: row.row_store, account, side: "payment", number: row.row_number },
    by: row.by === "" ? null : (row.staff_name ?? row.office_name ?? row.by),
    at: row.at as Instant,
  };
}

/** Rows of the same amount that no till made and no tender has, the nearest in time first: a person may pick one of them. */
export async function rowsFor(
  database: Database,
  account: string,
  tender: { readonly amount: number; readonly at: number },
): Promise<readonly BillTradeRow[]> {
  const reach = searchedDays * dayMs;
  const { rows } = await sql<BillTradeRow>`
    select b.* from bill_row b
    where b.account = ${account} and b.side = 'payment' and not b.own and b.gone_with is null and b.amount = ${tender.amount}
      and b.at >= ${tender.at - reach} and b.at <= ${tender.at + reach}
      and not exists (select 1 from pairing p where p.account = b.account and p.row_store = b.store
        and p.row_number = b.number and p.undone_at is null)
    order by abs(b.at - ${tender.at}), b.number limit ${offeredMax}
  `.execute(database);
  return rows;
}

/** Noted tenders of the same amount that nothing proves yet, for a row that no till made. */
export async function tendersFor(
  database: Database,
  account: string,
  row: Pick<BillTradeRow, "amount" | "at">,
): Promise<ReconciliationItemOpened["tenders"]> {
  const reach = searchedDays * dayMs;
  const { rows } = await sql<{
    readonly store: string;
    readonly number: string;
    readonly at: number;
    readonly amount: number;
    readonly currency: CurrencyCode;
    readonly receipt: string | null;
    readonly label: string | null;
  }>`
    select m.store, m.number, m.at, m.amount, m.currency, s.receipt_number as receipt, t.label
    from movement m left join sale s on s.store = m.store and s.id = m.sale left join till t on t.id = m.till
    where m.account = ${account} and m.side = 'unverified' and m.undone_at is null and m.amount = ${row.amount}
      and m.at >= ${row.at - reach} and m.at <= ${row.at + reach}
      and not exists (select 1 from pairing p where p.store = m.store and p.account = m.account and p.tender = m.number
        and p.undone_at is null)
      and exists (select 1 from difference d where d.store = m.store and d.account = m.account and d.side = 'tender'
        and d.number = m.number and d.state in ('break', 'waiting'))
    order by abs(m.at - ${row.at}), m.number limit ${offeredMax}
  `.execute(database);
  return rows.map(({ store, number, at, amount, currency, receipt, label }) => ({
    name: { store, account, side: "tender", number },
    at: at as Instant,
    amount: money(amount, currency),
    receipt,
    tillLabel: label,
  }));
}
