import { sql } from "kysely";
import type { Instant } from "../../src/domain/clock.ts";
import { json, type Database, type OpenDatabase } from "../../src/gateway/store/database.ts";

export const account = { id: "wechat", homeStore: "heping" };
export const stores = ["heping", "jiangbian"] as const;
export const zone = "Asia/Shanghai";
const officeTagOfStore = { heping: "FHP0", jiangbian: "FJB0" } as const;
export const tagOfStore = { heping: "TA10", jiangbian: "TB10" } as const;

/** Two stores on one account, written straight into the tables: what tills and provider would have left there. */
export async function fillMatchedStores(database: OpenDatabase): Promise<void> {
  for (const store of stores) {
    await database
      .insertInto("store")
      .values({
        id: store,
        name: store,
        address: "",
        phone: "",
        zone,
        cut_minute: 240,
        currency: "CNY",
        tax_mode: "included",
        display_language: "zh-CN",
        rules: json({}),
      })
      .execute();
    await database
      .insertInto("tag")
      .values([
        { tag: tagOfStore[store], store, holder: "gateway" as const, till: null },
        { tag: officeTagOfStore[store], store, holder: "office" as const, till: null },
      ])
      .execute();
  }
  await database
    .insertInto("provider_account")
    .values({
      id: account.id,
      home_store: account.homeStore,
      provider: "wechat-pay",
      mode: "sandbox",
      terms: json({}),
      timings: json({}),
      settings: json({}),
      secrets_sealed: Buffer.alloc(1),
    })
    .execute();
  for (const store of stores)
    await database.insertInto("store_account").values({ store, account: account.id, channel: "wechat" }).execute();
}

/** Noon of a day in Beijing. */
export function noon(day: string): Instant {
  return (Date.parse(`${day}T12:00:00Z`) - 8 * 3_600_000) as Instant;
}

/** Debits less credits of an account, over all stores. */
export async function balanceOf(database: Database, name: string): Promise<number> {
  const { rows } = await sql<{ balance: number }>`
    select (coalesce(sum(amount) filter (where debit = ${name}), 0)
      - coalesce(sum(amount) filter (where credit = ${name}), 0))::bigint as balance
    from ledger_transfer where debit = ${name} or credit = ${name}`.execute(database);
  return rows[0]?.balance ?? 0;
}
