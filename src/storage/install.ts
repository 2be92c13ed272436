import type { ActivationAnswer, TillSettings } from "../contract/activation.ts";
import { headOfActivation, type Sha256 } from "../domain/journal.ts";
import type { InstallRow, LedgerDatabase } from "./database.ts";

/** Writes what activation gave, and the head its series starts from, in one strict transaction. Refuses to overwrite. */
export async function storeInstall(
  database: LedgerDatabase,
  answer: ActivationAnswer,
  keys: { readonly publicKey: string; readonly signingKey: CryptoKey; readonly pepper: CryptoKey },
  sha256: Sha256,
): Promise<void> {
  const { settings, series, gatewayKey } = answer;
  const head = headOfActivation({ till: settings.till, series, publicKey: keys.publicKey }, sha256);
  await database.transaction("rw", database.install, database.head, async () => {
    await database.install.add({ key: "install", settings, series, gatewayKey, ...keys });
    await database.head.add({ series, number: 0, hash: head.hash, acknowledged: 0, receipts: 0 });
  });
}

/** The activation of this browser, if any. */
export async function readInstall(database: LedgerDatabase): Promise<InstallRow | null> {
  return (await database.install.get("install")) ?? null;
}

/** Takes over changed settings (shop name, channels); the till's identity never changes. */
export async function storeSettings(database: LedgerDatabase, settings: TillSettings): Promise<void> {
  await database.transaction("rw", database.install, async () => {
    const install = await database.install.get("install");
    if (install !== undefined && install.settings.till === settings.till)
      await database.install.put({ ...install, settings });
  });
}
