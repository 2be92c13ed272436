import { Kysely, PostgresDialect, sql, type Dialect, type RawBuilder, type Transaction } from "kysely";
import { Pool, types, type PoolConfig } from "pg";
import type { Tables } from "./tables.ts";

/** Every query of the gateway goes through this, on a server as in memory. A transaction is one too. */
export type Database = Kysely<Tables> | Transaction<Tables>;
/** What the composition root opens and closes. */
export type OpenDatabase = Kysely<Tables>;

/** Two gateways with this many connections each stay well below PostgreSQL's default of 100. */
export const connectionsMax = 16;
/** A statement that takes longer is a fault: the till has given up by then. */
const statementMsMax = 15_000;
/** How long a request waits for a free connection. */
const connectMsMax = 5_000;
/** PostgreSQL's type number of bigint: amounts and instants, all below 2^53. */
const bigintType = 20;

/**
 * Opens `url` (`postgres://…`) with at most `connections` connections. bigint comes back as number.
 *
 * @param onTrouble told when an idle connection breaks; the pool replaces it
 */
export function openPostgres(
  url: string,
  onTrouble: (trouble: Error) => void,
  connections: number = connectionsMax,
): OpenDatabase {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMsMax,
    statement_timeout: statementMsMax,
    types: {
      getTypeParser: (type: number, format?: "text" | "binary") =>
        type === bigintType ? Number : types.getTypeParser(type, format as "text"),
    },
  } as PoolConfig);
  pool.on("error", onTrouble);
  return openWith(new PostgresDialect({ pool }));
}

/** The same query function over another dialect, such as PostgreSQL in memory. */
export function openWith(dialect: Dialect): OpenDatabase {
  return new Kysely<Tables>({ dialect });
}

/** `value` for a jsonb column (the driver would send an array as an SQL array). */
export function json<Value>(value: Value): RawBuilder<Value> {
  return sql<Value>`cast(${JSON.stringify(value)} as jsonb)`;
}

/** Runs `work` in one SQL transaction, or in the one that `database` already is. */
export function inTransaction<Result>(database: Database, work: (step: Database) => Promise<Result>): Promise<Result> {
  return database.isTransaction ? work(database) : database.transaction().execute(work);
}

/** The role in a connection's URL. */
export function roleOf(url: string): string {
  const role = /^[a-z]+:\/\/([^:@/]+)/.exec(url)?.[1];
  if (role === undefined) throw new Error("The database's URL names no role: postgres://ROLE:PASSWORD@HOST/DATABASE");
  return decodeURIComponent(role);
}
