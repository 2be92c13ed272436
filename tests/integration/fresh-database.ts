import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { afterAll, inject } from "vitest";
import { openPostgres, roleOf, type OpenDatabase } from "../../src/gateway/store/database.ts";
import { migrate } from "../../src/gateway/store/migrate.ts";
import { systemClock } from "../../src/gateway/system-clock.ts";

export type FreshDatabase = { readonly ownerUrl: string; readonly applicationUrl: string; open(): OpenDatabase };

/** A new, migrated database on the run's PostgreSQL. `open` connects as the application; it is closed after the file's tests. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const cluster = inject("cluster");
  const name = `test_${randomBytes(8).toString("hex")}`;
  const within = (url: string): string => url.replace("/kuantai?", `/${name}?`);
  const owner = openPostgres(cluster.ownerUrl, complain, 1);
  await sql`create database ${sql.id(name)}`.execute(owner);
  await owner.destroy();
  const migrating = openPostgres(within(cluster.ownerUrl), complain, 1);
  await migrate(migrating, roleOf(cluster.applicationUrl), systemClock.now());
  await migrating.destroy();
  const opened: OpenDatabase[] = [];
  afterAll(async () => {
    for (const database of opened) await database.destroy();
  });
  return {
    ownerUrl: within(cluster.ownerUrl),
    applicationUrl: within(cluster.applicationUrl),
    open() {
      const database = openPostgres(within(cluster.applicationUrl), complain);
      opened.push(database);
      return database;
    },
  };
}

function complain(trouble: Error): void {
  console.error(`the test's database broke off: ${trouble.message}`);
}
