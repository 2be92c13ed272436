import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { TillId } from "../domain/identifier.ts";
import { addressesOf, type Configuration, type DemoShop } from "./config.ts";
import { readEnvironment, type Environment } from "./environment.ts";
import { makeKeyFile, readKeyFile } from "./keys/key-file.ts";
import { isOwned, resetOwner } from "./office/owner.ts";
import type { GatewayParts } from "./parts.ts";
import { fillSampleShop, hasShop, renewPins, type ShownPin } from "./sample-shop/fill.ts";
import { putSamplePictures } from "./sample-shop/pictures.ts";
import { applyRules } from "./shop/rules.ts";
import { sandboxAccounts } from "./sample-shop/sandbox-account.ts";
import { sampleTills } from "./sample-shop/shop.ts";
import { openPostgres, roleOf } from "./store/database.ts";
import { migrate } from "./store/migrate.ts";
import { checkStart, toldFaults, type StartParts } from "./start/check-start.ts";
import { systemClock, systemRandom } from "./system-clock.ts";
import { makeActivationCode } from "./tills/activation.ts";

/** What is told to whoever started this process, over its channel and nowhere else: these are secrets. */
export type Prepared = {
  readonly kind: "prepared";
  readonly pins: readonly ShownPin[];
  readonly ownerPassword: string | null;
  readonly activation: { readonly label: string; readonly code: string } | null;
  /** Under what everybody outside reaches till, office and sandbox. */
  readonly addresses: ReturnType<typeof addressesOf>;
};

type PrepareParts = Pick<GatewayParts, "database" | "keys" | "clock" | "random">;

/**
 * The composition root that runs before the gateway: `node dist/gateway/prepare.js [--new-pins] [--reset-owner] [--activate]`.
 * Checks all that a start needs, migrates, makes keys and the sample shop at the first start, and makes the secrets it is asked for.
 */
async function prepare(environment: Environment, options: readonly string[]): Promise<Prepared> {
  const outside = { variables: process.env, at: systemClock.now(), random: systemRandom, migrates: true };
  const checked = await checkStart(environment, outside);
  if (!checked.ok) throw new Error(toldFaults(checked.refusal));
  const { config, databaseUrl, keyPath } = checked.value;
  await migrateOwn(checked.value);
  const database = openPostgres(databaseUrl, complain, 4);
  try {
    if (!existsSync(keyPath)) makeKeyFile(keyPath, systemRandom);
    const parts = { database, keys: readKeyFile(keyPath, systemRandom), clock: systemClock, random: systemRandom };
    const made =
      config.shop.kind === "own"
        ? await ownShop(parts, config, options)
        : await demoShop(parts, environment, config, config.shop, options);
    return { kind: "prepared", ...made, addresses: addressesOf(config) };
  } finally {
    await database.destroy();
  }
}

type Made = Omit<Prepared, "kind" | "addresses">;

/** A real shop begins empty, but for its owner: stores, tills, people and products come by the office. */
async function ownShop(parts: PrepareParts, config: Configuration, options: readonly string[]): Promise<Made> {
  const isFirst = !(await isOwned(parts.database));
  if (options.includes("--new-pins")) throw new Error("PINs of a real shop are made in the office: People.");
  if (options.includes("--activate")) throw new Error("Activation codes of a real shop are made in the office: Tills.");
  await applyRules(parts, config.rules ?? {});
  const ownerPassword = isFirst || options.includes("--reset-owner") ? await resetOwner(parts) : null;
  return { pins: [], ownerPassword, activation: null };
}

async function demoShop(
  parts: PrepareParts,
  environment: Environment,
  config: Configuration,
  shop: DemoShop,
  options: readonly string[],
): Promise<Made> {
  const isFirst = !(await hasShop(parts.database));
  const pins = isFirst
    ? await fill(parts, config, shop, environment)
    : options.includes("--new-pins")
      ? await renewPins(parts)
      : [];
  await applyRules(parts, config.rules ?? {});
  const ownerPassword = isFirst || options.includes("--reset-owner") ? await resetOwner(parts) : null;
  return { pins, ownerPassword, activation: await activationFor(parts, options.includes("--activate")) };
}

async function migrateOwn({ databaseUrl, ownerUrl }: StartParts): Promise<void> {
  if (ownerUrl === null) return;
  const owner = openPostgres(ownerUrl, complain, 1);
  try {
    await migrate(owner, roleOf(databaseUrl), systemClock.now());
  } finally {
    await owner.destroy();
  }
}

async function fill(
  parts: PrepareParts,
  config: Configuration,
  shop: DemoShop,
  environment: Environment,
): Promise<readonly ShownPin[]> {
  const built = dirname(process.argv[1] ?? "");
  if (config.display !== undefined) putSamplePictures(join(built, "pictures"), config.display.pictures);
  const { sandbox: address } = addressesOf(config);
  if (!config.sandbox.on || address === null) return fillSampleShop(parts, shop, []);
  const { accounts, sandboxKeys } = sandboxAccounts(systemRandom, address);
  const sandbox = {
    host: config.sandbox.listen,
    port: config.sandbox.port,
    storeFile: environment.sandboxStorePath,
    pageFolder: join(built, "../page"),
    timeFactor: 1,
    // whoever tries the shop wants to see tonight what a provider has tomorrow
    bills: "atOnce",
    ...sandboxKeys,
  };
  writeFileSync(environment.sandboxPath, `${JSON.stringify(sandbox, null, 2)}\n`, { mode: 0o600 });
  return fillSampleShop(parts, shop, accounts);
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
