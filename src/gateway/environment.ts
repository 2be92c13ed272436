import { join } from "node:path";

/** What whoever starts a process of the gateway tells it: the data folder and, where it made the database, its two addresses. */
export type Environment = {
  readonly configPath: string;
  readonly keyPath: string;
  readonly sandboxPath: string;
  readonly sandboxStorePath: string;
  /** Null where the configuration names the database. */
  readonly databaseUrl: string | null;
  /** Only where migrations are to run. */
  readonly ownerUrl: string | null;
};

/** Reads `KUANTAI_DATA`, `DATABASE_URL` and `DATABASE_OWNER_URL`; throws where the data folder is not named. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const folder = variables["KUANTAI_DATA"];
  if (folder === undefined || folder === "")
    throw new Error("KUANTAI_DATA is not set: the data folder, where kuantai.json and keys.json are.");
  return {
    configPath: join(folder, "kuantai.json"),
    keyPath: join(folder, "keys.json"),
    sandboxPath: join(folder, "sandbox.json"),
    sandboxStorePath: join(folder, "sandbox-store.ndjson"),
    databaseUrl: variables["DATABASE_URL"] ?? null,
    ownerUrl: variables["DATABASE_OWNER_URL"] ?? null,
  };
}
