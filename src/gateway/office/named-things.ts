import { sql } from "kysely";
import type { NamedThings } from "../../contract/named-things.ts";
import type { Database } from "../store/database.ts";
import { namesOf } from "./person.ts";

/** Every till, bank account, provider account, webhook and key of the open API by its id, and everybody of the staff and the office. */
export async function everyNamedThing(database: Database): Promise<NamedThings> {
  const { rows } = await sql<NamedThings[number]>`
    select id, label as name, store, null::text as channel from till
    union all select id, name, null, null from bank_account
    union all select id, name, null, null from webhook_endpoint
    union all select id, name, null, null from api_key
    union all select p.id, p.id, null, coalesce(min(s.channel), '') from provider_account p
      left join store_account s on s.account = p.id group by p.id
  `.execute(database);
  const people = [...(await namesOf(database))].map(([id, name]) => ({ id, name, store: null, channel: null }));
  return [...rows, ...people];
}

/** Those that accounts of the ledger name, as in `drawer/till-a1`; provider accounts all, so that two of a channel are told apart. */
export async function namedInAccounts(database: Database, accounts: readonly string[]): Promise<NamedThings> {
  const named = new Set(accounts.map((account) => account.slice(account.indexOf("/") + 1)));
  return (await everyNamedThing(database)).filter(({ id, channel }) => channel !== null || named.has(id));
}
