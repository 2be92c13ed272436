import type { StoreId } from "../../domain/identifier.ts";
import type { PaymentChannel } from "../../domain/tender.ts";
import type { GatewayParts } from "../parts.ts";
import type { PaymentProvider, ProviderParts, ProviderPlug, ProviderTimings } from "../provider.ts";
import type { Database } from "../store/database.ts";
import { invariant } from "../../domain/assert.ts";

/** A provider account with what speaks for it. */
export type Account = { readonly id: string; readonly provider: PaymentProvider; readonly timings: ProviderTimings };

export type Accounts = {
  /** The account through which `store` takes `channel`; null when it takes none. */
  forStore(database: Database, store: StoreId, channel: PaymentChannel): Promise<Account | null>;
  /** The channels that `store` takes money through, with their accounts. */
  ofStore(database: Database, store: StoreId): Promise<readonly (Account & { readonly channel: PaymentChannel })[]>;
  /** The account an attempt was made with. */
  byId(database: Database, id: string): Promise<Account>;
};

/** Under what a provider account's keys are sealed in its row. */
export function credentialsContext(account: string): string {
  return `credentials/${account}`;
}

/** Every provider's folder with a plug in it: another provider is a folder and an account, no line here. */
const plugs = Object.values(import.meta.glob<ProviderPlug>("../providers/*/plug.ts", { eager: true, import: "plug" }));

/** Keys lie sealed in the account's row; each adapter reads its own form of them, once until they are replaced. */
function sealedKeys(parts: Pick<GatewayParts, "database" | "keys">): ProviderParts["credentials"] {
  return <Keys>(read: (source: unknown) => Keys) => {
    const opened = new Map<string, { readonly sealed: Uint8Array; readonly keys: Keys }>();
    return async (id) => {
      // looked up each time: another gateway may have put new keys in their place
      const row = await parts.database
        .selectFrom("provider_account")
        .select("secrets_sealed")
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      const known = opened.get(id);
      if (known !== undefined && Buffer.from(known.sealed).equals(row.secrets_sealed)) return known.keys;
      const plain = parts.keys.open(row.secrets_sealed, credentialsContext(id));
      const keys = read(JSON.parse(Buffer.from(plain).toString("utf8")));
      opened.set(id, { sealed: row.secrets_sealed, keys });
      return keys;
    };
  };
}

/** An adapter that speaks with keys which are in no row yet, whatever account it is asked for; throws where they are not its form. */
export function providerWith(
  parts: Pick<GatewayParts, "clock" | "random" | "fetch">,
  provider: string,
  keys: unknown,
): PaymentProvider {
  const plug = plugs.find(({ id }) => id === provider);
  invariant(plug !== undefined, `there is an adapter for ${provider}`);
  return plug.create({ ...parts, credentials: (read) => async () => read(keys) });
}

/** Provider accounts are rows (house decision 14); the adapter gets their keys from here only. */
export function createAccounts(
  parts: Pick<GatewayParts, "clock" | "random" | "database" | "keys" | "fetch">,
): Accounts {
  const providers = new Map(plugs.map((plug) => [plug.id, plug.create({ ...parts, credentials: sealedKeys(parts) })]));
  const accountOf = (row: { readonly id: string; readonly provider: string; readonly timings: unknown }): Account => {
    const provider = providers.get(row.provider);
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
    ofStore: async (database, store) => {
      const rows = await database
        .selectFrom("store_account")
        .innerJoin("provider_account", "provider_account.id", "store_account.account")
        .select([
          "provider_account.id",
          "provider_account.provider",
          "provider_account.timings",
          "store_account.channel",
        ])
        .where("store_account.store", "=", store)
        .orderBy("store_account.channel")
        .execute();
      return rows.map((row) => ({ ...accountOf(row), channel: row.channel as PaymentChannel }));
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
