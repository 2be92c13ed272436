import { existsSync } from "node:fs";
import type { Instant, Random } from "../../domain/clock.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { readConfiguration, type Configuration } from "../config.ts";
import type { Environment } from "../environment.ts";
import { readKeyFile } from "../keys/key-file.ts";
import { readTls, type TlsFiles } from "./certificate-faults.ts";
import { configurationFaults } from "./configuration-faults.ts";
import { databaseFaults, type DatabaseUrls } from "./database-faults.ts";
import { readPrivateFile, readSecret } from "./secret-file.ts";

/** What a start needs, found and in order. */
export type StartParts = {
  readonly config: Configuration;
  readonly databaseUrl: string;
  /** Only where migrations are to run. */
  readonly ownerUrl: string | null;
  readonly keyPath: string;
  readonly tls: TlsFiles | null;
};

type Outside = {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly at: Instant;
  readonly random: Random;
  /** Whether this process migrates, and so must have the owner's address. */
  readonly migrates: boolean;
};

/** Looks at everything that a start needs and changes nothing: what was found, or every line of what is wrong with it. */
export async function checkStart(
  environment: Environment,
  outside: Outside,
): Promise<Result<StartParts, readonly string[]>> {
  const read = readConfiguration(environment.configPath);
  if (read.config === null) return refuse(read.faults);
  const { config } = read;
  const faults = configurationFaults(config);
  const keyPath = config.keys?.file ?? environment.keyPath;
  const tls = readTls(config.gateway, outside.at);
  if (!tls.ok) faults.push(...tls.refusal);
  const urls = databaseUrls(config, environment, outside);
  if (!urls.ok) faults.push(...urls.refusal);
  const isInUse = urls.ok && (await inDatabase(urls.value, config, faults));
  faults.push(...keyFaults(keyPath, config, isInUse, outside.random));
  if (faults.length > 0 || !tls.ok || !urls.ok) return refuse(faults);
  return ok({ config, databaseUrl: urls.value.url, ownerUrl: urls.value.ownerUrl, keyPath, tls: tls.value });
}

/** Adds what the database has against it; whether a shop lies in it. */
async function inDatabase(urls: DatabaseUrls, config: Configuration, faults: string[]): Promise<boolean> {
  const { isReached, access, content, isInUse } = await databaseFaults(urls, config.shop);
  // the demo's database and its roles are made by whoever starts it
  if (config.shop.kind === "own" || !isReached) faults.push(...access);
  faults.push(...content);
  return isInUse;
}

/** The addresses of the database: the owner's configuration names them, or whoever started this process. */
function databaseUrls(
  { database, shop }: Configuration,
  environment: Environment,
  { variables, migrates }: Outside,
): Result<DatabaseUrls, readonly string[]> {
  if (database === undefined) {
    const { databaseUrl, ownerUrl } = environment;
    if (shop.kind === "own") return refuse([]);
    if (databaseUrl === null)
      return refuse(["DATABASE_URL is not set: postgres://ROLE:PASSWORD@HOST/DATABASE of the application's role."]);
    return ok({ url: databaseUrl, ownerUrl });
  }
  const url = readSecret("database.url", database.url, variables);
  if (!migrates || database.ownerUrl === undefined)
    return url.ok ? ok({ url: url.value, ownerUrl: null }) : refuse([url.refusal]);
  const ownerUrl = readSecret("database.ownerUrl", database.ownerUrl, variables);
  if (url.ok && ownerUrl.ok) return ok({ url: url.value, ownerUrl: ownerUrl.value });
  return refuse([url, ownerUrl].flatMap((each) => (each.ok ? [] : [each.refusal])));
}

/** The gateway's key file: none yet at the very first start, afterwards readable by its owner alone. */
function keyFaults(path: string, config: Configuration, isInUse: boolean, random: Random): string[] {
  const what = config.keys === undefined ? "keys.json" : "keys.file";
  if (!existsSync(path))
    return isInUse
      ? [`${what}: ${path} is missing. Without it no PIN and no key can be read: put it back from its backup.`]
      : [];
  const text = readPrivateFile(what, path);
  if (!text.ok) return [text.refusal];
  try {
    readKeyFile(path, random);
    return [];
  } catch {
    // a file that is cut off or another one: no key is guessed
    return [`${what}: ${path} is no key file of this program. Put the right one back from its backup.`];
  }
}

/** The whole list as it is told to whoever starts the shop. */
export function toldFaults(faults: readonly string[]): string {
  const head = faults.length === 1 ? "One thing is not right:" : `${faults.length} things are not right:`;
  return [head, ...faults.map((line) => `  - ${line}`)].join("\n");
}
