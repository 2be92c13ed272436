import type { StoreId } from "../../domain/identifier.ts";
import type { PaymentChannel } from "../../domain/tender.ts";
import type { GatewayParts } from "../parts.ts";
import type { PaymentProvider, ProviderTimings } from "../provider.ts";
import { createWechatPay } from "../providers/wechat-pay/wechat-pay.ts";
import { readWechatPayCredentials, type WechatPayCredentials } from "../providers/wechat-pay/credentials.ts";
import type { Database } from "../store/database.ts";
import { invariant } from "../../domain/assert.ts";

/** A provider account with what speaks for it. */
export type Account = { readonly id: string; readonly provider: PaymentProvider; readonly timings: ProviderTimings };

export type Accounts = {
  /** The account through which `store` takes `channel`; null when it takes none. */
  forStore(database: Database, store: StoreId, channel: PaymentChannel): Promise<Account | null>;
  /** The account an attempt was made with. */
  byId(database: Database, id: string): Promise<Account>;
};

/** Under what a provider account's keys are sealed in its row. */
export function credentialsContext(account: string): string {
  return `credentials/${account}`;
}

/** Provider accounts are rows (house decision 14); the adapter gets their keys from here only. */
export function createAccounts(
  parts: Pick<GatewayParts, "clock" | "random" | "database" | "keys" | "fetch">,
): Accounts {
  const opened = new Map<string, WechatPayCredentials>();
  const credentials = async (id: string): Promise<WechatPayCredentials> => {
    const known = opened.get(id);
    if (known !== undefined) return known;
    const row = await parts.database
      .selectFrom("provider_account")
      .select("secrets_sealed")
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
    const plain = parts.keys.open(row.secrets_sealed, credentialsContext(id));
    const read = readWechatPayCredentials(JSON.parse(Buffer.from(plain).toString("utf8")));
    opened.set(id, read);
    return read;
  };
  const providers: Readonly<Record<string, PaymentProvider>> = {
    "wechat-pay": createWechatPay({ credentials, fetch: parts.fetch, clock: parts.clock, random: parts.random }),
  };
  const accountOf = (row: { readonly id: string; readonly provider: string; readonly timings: unknown }): Account => {
    const provider = providers[row.provider];
    invariant(provider !== undefined, `there is an adapter for ${row.provider}`);
    return { id: row.id, provider, timings: { ...provider.timings, ...(row.timings as Partial<ProviderTimings>) } };
  };
  return {
    forStore: async (database, store, channel) => {
      const row = await database
        .selectFrom("store_account")
        .innerJoin("provider_account", "provider_account.id", "store_account.account")
        .select(["provider_account.id", "provider_account.provider", "provider_account.timings"])
        .where("store_account.store", "=", store)
        .where("store_account.channel", "=", channel)
        .executeTakeFirst();
      return row === undefined ? null : accountOf(row);
    },
    byId: async (database, id) =>
      accountOf(
        await database
          .selectFrom("provider_account")
          .select(["id", "provider", "timings"])
          .where("id", "=", id)
          .executeTakeFirstOrThrow(),
      ),
  };
}
