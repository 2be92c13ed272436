import { join } from "node:path";

/** What whoever starts a process of the gateway tells it: the data folder and the database's two addresses. */
export type Environment = {
  readonly configPath: string;
  readonly keyPath: string;
  readonly sandboxPath: string;
  readonly sandboxStorePath: string;
  readonly databaseUrl: string;
  /** Only where migrations are to run. */
  readonly ownerUrl: string | null;
};

/** Reads `KUANTAI_DATA`, `DATABASE_URL` and `DATABASE_OWNER_URL`; throws naming the one that is missing. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const folder = required(variables, "KUANTAI_DATA", "the data folder, where kuantai.json and keys.json are");
  return {
    configPath: join(folder, "kuantai.json"),
    keyPath: join(folder, "keys.json"),
    sandboxPath: join(folder, "sandbox.json"),
    sandboxStorePath: join(folder, "sandbox-store.ndjson"),
    databaseUrl: required(
      variables,
      "DATABASE_URL",
      "postgres://ROLE:PASSWORD@HOST/DATABASE of the application's role",
    ),
    ownerUrl: variables["DATABASE_OWNER_URL"] ?? null,
  };
}

function required(variables: Readonly<Record<string, string | undefined>>, name: string, what: string): string {
  const value = variables[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set: ${what}.`);
  return value;
}
