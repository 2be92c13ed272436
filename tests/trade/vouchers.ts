import { sql } from "kysely";
import type { Voucher } from "../../src/gateway/close/voucher.ts";
import type { Shop } from "../simulation/shop.ts";
import { partsOf } from "./back-office.ts";

/** What the frozen vouchers of the closed days say beside the ledger: nothing, account by account and store by store. */
export async function voucherTrouble(shop: Shop): Promise<readonly string[]> {
  const { database } = partsOf(shop);
  const { rows } = await sql<{ store: string; day: string; bytes: Uint8Array }>`
    select store, day, bytes from voucher order by store, number`.execute(database);
  const trouble: string[] = [];
  const said = new Map<string, number>();
  const numbers = new Map<string, number>();
  for (const { store, day, bytes } of rows) {
    const voucher = JSON.parse(Buffer.from(bytes).toString("utf8")) as Voucher;
    const number = (numbers.get(store) ?? 0) + 1;
    numbers.set(store, number);
    if (voucher.number !== number) trouble.push(`voucher ${voucher.number} of ${store} is the ${number}. one`);
    if (voucher.debits !== voucher.credits) trouble.push(`voucher ${store} ${day} does not balance`);
    for (const { account, debit, credit } of voucher.lines) {
      const key = `${store} ${account}`;
      said.set(key, (said.get(key) ?? 0) + debit - credit);
    }
  }
  const posted = await sql<{ name: string; fen: number }>`
    select t.store || ' ' || account as name, sum(fen)::bigint as fen from (
      select store, posting_date, debit as account, amount as fen from ledger_transfer
      union all select store, posting_date, credit, -amount from ledger_transfer
    ) t join voucher v on v.store = t.store and v.day = t.posting_date group by 1`.execute(database);
  const ledger = new Map(posted.rows.map(({ name, fen }) => [name, fen]));
  for (const name of new Set([...said.keys(), ...ledger.keys()]))
    if ((said.get(name) ?? 0) !== (ledger.get(name) ?? 0))
      trouble.push(`the vouchers say ${said.get(name) ?? 0} of ${name}, the ledger ${ledger.get(name) ?? 0}`);
  const open = await sql<{ name: string }>`
    select distinct t.store || ' ' || t.posting_date as name from ledger_transfer t
    where t.posting_date < (select max(day) from voucher)
      and not exists (select 1 from voucher v where v.store = t.store and v.day = t.posting_date)`.execute(database);
  for (const { name } of open.rows) trouble.push(`${name} has postings and no voucher`);
  return trouble;
}
