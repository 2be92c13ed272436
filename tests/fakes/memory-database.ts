import { PGlite } from "@electric-sql/pglite";
import { PostgresDialect } from "kysely";
import type { Instant } from "../../src/domain/clock.ts";
import { openWith, type OpenDatabase } from "../../src/gateway/store/database.ts";
import { migrate } from "../../src/gateway/store/migrate.ts";

type Answer = { readonly command: string; readonly rowCount: number; readonly rows: never[] };

/**
 * A migrated PostgreSQL in memory behind the gateway's own query function: one connection, one call at a time, so that the
 * same seed gives the same order of calls.
 */
export async function memoryDatabase(at: Instant): Promise<OpenDatabase> {
  const engine = await PGlite.create();
  let free = Promise.resolve();
  const pool = {
    async connect() {
      const before = free;
      let release = (): void => undefined;
      free = new Promise((resolve) => {
        release = resolve;
      });
      await before;
      return { query: (text: string, values: readonly unknown[]) => ask(engine, text, values), release };
    },
    end: () => engine.close(),
  };
  const database = openWith(new PostgresDialect({ pool: pool as never }));
  await migrate(database, null, at);
  return database;
}

async function ask(engine: PGlite, text: string, values: readonly unknown[]): Promise<Answer> {
  const answer = values.length === 0 ? (await engine.exec(text)).at(-1) : await engine.query(text, [...values]);
  const rows = (answer?.rows ?? []) as never[];
  const command = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? "";
  return { command, rowCount: command === "SELECT" ? rows.length : (answer?.affectedRows ?? 0), rows };
}
