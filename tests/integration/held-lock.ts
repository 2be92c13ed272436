import { sql } from "kysely";
import type { Database, OpenDatabase } from "../../src/gateway/store/database.ts";
import { until } from "./counter/until.ts";

/**
 * Whether `act` waits while another SQL transaction holds what `hold` locks; when it answers, both are over.
 *
 * @param meanwhile done in the other transaction while `act` waits: what `act` must not hold yet
 */
export async function waitsFor(
  database: OpenDatabase,
  hold: (step: Database) => Promise<unknown>,
  act: () => Promise<unknown>,
  meanwhile: (step: Database) => Promise<unknown> = async () => null,
): Promise<boolean> {
  let acting: Promise<unknown> = Promise.resolve();
  let isOver = false;
  const waited = await database.transaction().execute(async (step) => {
    await hold(step);
    acting = act().finally(() => {
      isOver = true;
    });
    await until(async () => isOver || (await waiting(step)) > 0, Boolean);
    const hasWaited = !isOver;
    await meanwhile(step);
    return hasWaited;
  });
  await acting;
  return waited;
}

async function waiting(step: Database): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from pg_locks
    where not granted and locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
  `.execute(step);
  return rows[0]?.n ?? 0;
}
