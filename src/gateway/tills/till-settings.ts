import { shopRules, type TillSettings } from "../../contract/activation.ts";
import type { StoreId, Tag, TillId } from "../../domain/identifier.ts";
import { plainRules } from "../../domain/shop-rules.ts";
import type { Accounts } from "../payments/accounts.ts";
import { codeLivesMs } from "../payments/watch-plan.ts";
import type { Database } from "../store/database.ts";

type Channel = TillSettings["channels"][number];

/** What `till` must know of its store and of the channels it may take money through; throws for an unknown till. */
export async function settingsOf(database: Database, accounts: Accounts, till: TillId): Promise<TillSettings> {
  const row = await database
    .selectFrom("till")
    .innerJoin("store", "store.id", "till.store")
    .select([
      "till.label",
      "till.tag",
      "store.id",
      "store.name",
      "store.address",
      "store.phone",
      "store.zone",
      "store.cut_minute",
    ])
    .select(["store.currency", "store.tax_mode", "store.display_language", "store.rules"])
    .where("till.id", "=", till)
    .executeTakeFirstOrThrow();
  return {
    till,
    label: row.label,
    tag: row.tag as Tag,
    store: {
      id: row.id as StoreId,
      name: row.name,
      address: row.address,
      phone: row.phone,
      zone: row.zone,
      cutMinute: row.cut_minute,
      currency: row.currency as TillSettings["store"]["currency"],
      taxMode: row.tax_mode,
      displayLanguage: row.display_language as TillSettings["store"]["displayLanguage"],
    },
    rules: shopRules.parse({ ...plainRules, ...(row.rules as object) }),
    channels: await channelsOf(database, accounts, row.id as StoreId),
  };
}

async function channelsOf(database: Database, accounts: Accounts, store: StoreId): Promise<Channel[]> {
  return (await accounts.ofStore(database, store)).map(({ channel, timings }) => ({
    channel,
    abandonNotBeforeMs: timings.abandonNotBeforeMs,
    reverseAfterMs: timings.reverseAfterMs,
    codeLivesMs: codeLivesMs(timings),
  }));
}
