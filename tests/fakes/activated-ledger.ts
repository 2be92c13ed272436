import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import type { Clock } from "../../src/domain/clock.ts";
import type { TillSettings } from "../../src/contract/activation.ts";
import { plainRules } from "../../src/domain/shop-rules.ts";
import { CatalogDatabase, LedgerDatabase, type DatabasePlatform } from "../../src/storage/database.ts";
import { storeInstall } from "../../src/storage/install.ts";
import { createLedger, type Ledger } from "../../src/storage/ledger.ts";
import { sha256Hex } from "../../src/storage/sha256.ts";

export const testSettings = {
  till: "till-a1",
  label: "A1",
  tag: "TA10",
  store: {
    id: "heping",
    name: "岭上便利",
    address: "和平路 18 号",
    phone: "555-0118",
    zone: "Asia/Shanghai",
    cutMinute: 240,
    currency: "CNY",
    taxMode: "included",
    displayLanguage: "zh-CN",
  },
  rules: plainRules,
  channels: [{ channel: "wechat", abandonNotBeforeMs: 15_000, reverseAfterMs: 45_000 }],
} as unknown as TillSettings;

/** A browser's databases, empty. */
export function emptyPlatform(): DatabasePlatform {
  return { indexedDB: new IDBFactory(), IDBKeyRange };
}

/** The ledger of a till that was activated with series 1, over `platform`. */
export async function activatedLedger(
  clock: Clock,
  platform: DatabasePlatform = emptyPlatform(),
): Promise<Ledger & { readonly platform: DatabasePlatform; readonly catalog: CatalogDatabase }> {
  const database = new LedgerDatabase(platform);
  const answer = { settings: testSettings, series: 1, pepper: "", gatewayKey: "", at: clock.now() };
  const keys = { publicKey: "k", signingKey: {} as CryptoKey, pepper: {} as CryptoKey };
  await storeInstall(database, answer, keys, sha256Hex);
  return {
    ...createLedger({ database, clock, sha256: sha256Hex, offsetMs: () => 0 }),
    platform,
    catalog: new CatalogDatabase(platform),
  };
}
