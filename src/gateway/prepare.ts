import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TillId } from "../domain/identifier.ts";
import { addressesOf, readConfiguration, type Configuration } from "./config.ts";
import { readEnvironment, type Environment } from "./environment.ts";
import { makeKeyFile, readKeyFile } from "./keys/key-file.ts";
import { resetOwner } from "./office/owner.ts";
import type { GatewayParts } from "./parts.ts";
import { fillSampleShop, hasShop, renewPins, type ShownPin } from "./sample-shop/fill.ts";
import { putSamplePictures } from "./sample-shop/pictures.ts";
import { applyRules } from "./sample-shop/rules.ts";
import { sandboxAccounts } from "./sample-shop/sandbox-account.ts";
import { sampleTills } from "./sample-shop/shop.ts";
import { openPostgres, roleOf } from "./store/database.ts";
import { migrate } from "./store/migrate.ts";
import { systemClock, systemRandom } from "./system-clock.ts";
import { makeActivationCode } from "./tills/activation.ts";

/** What is told to whoever started this process, over its channel and nowhere else: these are secrets. */
export type Prepared = {
  readonly kind: "prepared";
  readonly pins: readonly ShownPin[];
  readonly ownerPassword: string | null;
  readonly activation: { readonly label: string; readonly code: string } | null;
};

type PrepareParts = Pick<GatewayParts, "database" | "keys" | "clock" | "random">;

/**
 * The composition root that runs before the gateway: `node dist/gateway/prepare.js [--new-pins] [--reset-owner] [--activate]`.
 * Migrates, makes keys and the sample shop at the first start, and makes the secrets it is asked for.
 */
async function prepare(environment: Environment, options: readonly string[]): Promise<Prepared> {
  const config = readConfiguration(environment.configPath);
  await migrateOwn(environment);
  const database = openPostgres(environment.databaseUrl, complain, 4);
  try {
    const isFirst = !(await hasShop(database));
    if (!existsSync(environment.keyPath)) {
      if (!isFirst)
        throw new Error(
          `${environment.keyPath} is missing. Without it no PIN and no key can be read: put it back from its backup.`,
        );
      makeKeyFile(environment.keyPath, systemRandom);
    }
    const parts = {
      database,
      keys: readKeyFile(environment.keyPath, systemRandom),
      clock: systemClock,
      random: systemRandom,
    };
    const pins = isFirst
      ? await fill(parts, config, environment)
      : options.includes("--new-pins")
        ? await renewPins(parts)
        : [];
    await applyRules(parts, config.rules ?? {});
    const ownerPassword = isFirst || options.includes("--reset-owner") ? await resetOwner(parts) : null;
    return {
      kind: "prepared",
      pins,
      ownerPassword,
      activation: await activationFor(parts, options.includes("--activate")),
    };
  } finally {
    await database.destroy();
  }
}

async function migrateOwn(environment: Environment): Promise<void> {
  if (environment.ownerUrl === null) return;
  const owner = openPostgres(environment.ownerUrl, complain, 1);
  try {
    await migrate(owner, roleOf(environment.databaseUrl), systemClock.now());
  } finally {
    await owner.destroy();
  }
}

async function fill(
  parts: PrepareParts,
  config: Configuration,
  environment: Environment,
): Promise<readonly ShownPin[]> {
  const built = dirname(process.argv[1] ?? "");
  if (config.display !== undefined) putSamplePictures(join(built, "pictures"), config.display.pictures);
  if (!config.sandbox.on) return fillSampleShop(parts, config.shop, []);
  const { accounts, sandboxKeys } = sandboxAccounts(systemRandom, addressesOf(config).sandbox);
  const sandbox = {
    host: config.sandbox.listen,
    port: config.sandbox.port,
    storeFile: environment.sandboxStorePath,
    pageFolder: join(built, "../page"),
    timeFactor: 1,
    ...sandboxKeys,
  };
  writeFileSync(environment.sandboxPath, `${JSON.stringify(sandbox, null, 2)}\n`, { mode: 0o600 });
  return fillSampleShop(parts, config.shop, accounts);
}

/** A code for the first till: always when asked, else only while no browser has become that till. */
async function activationFor(parts: PrepareParts, isAsked: boolean): Promise<Prepared["activation"]> {
  const till = sampleTills[0];
  if (till === undefined) return null;
  const key = await parts.database
    .selectFrom("till_key")
    .select("till")
    .where("till", "=", till.id)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  if (key !== undefined && !isAsked) return null;
  const { code } = await makeActivationCode(parts, till.id as TillId);
  return { label: till.label, code };
}

function complain(trouble: Error): void {
  process.stderr.write(`The database broke off: ${trouble.message}\n`);
}

try {
  const prepared = await prepare(readEnvironment(process.env), process.argv.slice(2));
  if (process.send === undefined) process.stderr.write("The secrets made are shown by npm start only.\n");
  else process.send(prepared, () => process.disconnect());
} catch (trouble) {
  process.stderr.write(`${trouble instanceof Error ? trouble.message : String(trouble)}\n`);
  process.exitCode = 1;
  process.disconnect?.();
}
