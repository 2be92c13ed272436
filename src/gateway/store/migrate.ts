import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import { invariant } from "../../domain/assert.ts";
import type { Database } from "./database.ts";
import { appendOnlyTables, migrations } from "./migrations/list.ts";

/** Any number, the same in every gateway: two that start together migrate one after the other. */
const migrationLock = 7_031_847;

/**
 * Brings the database to the newest schema and grants the application's role what it needs; a second call changes nothing.
 *
 * @param database a connection of the owner's role
 * @param applicationRole the role in `DATABASE_URL`; null where there is only one (in memory)
 * @returns the numbers that ran now
 */
export async function migrate(
  database: Database,
  applicationRole: string | null,
  at: Instant,
): Promise<readonly number[]> {
  return database.transaction().execute(async (step) => {
    await sql`select pg_advisory_xact_lock(${migrationLock}::bigint)`.execute(step);
    await sql`create table if not exists migration (number integer primary key, name text not null, applied_at bigint not null)`.execute(
      step,
    );
    const done = new Set((await step.selectFrom("migration").select("number").execute()).map((row) => row.number));
    const due = migrations.filter((migration) => !done.has(migration.number));
    for (const migration of due) {
      await sql.raw(migration.text).execute(step);
      await step
        .insertInto("migration")
        .values({ number: migration.number, name: migration.name, applied_at: at })
        .execute();
    }
    if (applicationRole !== null) await grant(step, applicationRole);
    return due.map((migration) => migration.number);
  });
}

async function grant(step: Database, role: string): Promise<void> {
  invariant(/^[a-z_][a-z0-9_]*$/.test(role), `${role} is a plain role name`);
  const to = sql.raw(role);
  await sql`grant usage on schema public to ${to}`.execute(step);
  await sql`grant select, insert, update, delete on all tables in schema public to ${to}`.execute(step);
  for (const table of appendOnlyTables)
    await sql`revoke update, delete on ${sql.table(table)} from ${to}`.execute(step);
  await sql`revoke insert, update, delete on migration from ${to}`.execute(step);
}
