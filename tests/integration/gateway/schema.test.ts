import { sql } from "kysely";
import { beforeAll, expect, it } from "vitest";
import type { OpenDatabase } from "../../../src/gateway/store/database.ts";
import { openPostgres, roleOf } from "../../../src/gateway/store/database.ts";
import { migrate } from "../../../src/gateway/store/migrate.ts";
import { appendOnlyTables, hotTables, migrations } from "../../../src/gateway/store/migrations/list.ts";
import { systemClock } from "../../../src/gateway/system-clock.ts";
import { freshDatabase, type FreshDatabase } from "../fresh-database.ts";

let fresh: FreshDatabase;
let database: OpenDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = fresh.open();
});

/** Tables that belong to the whole chain: small, keyed by their own id. */
const chainTables = [
  "migration",
  "store",
  "tag",
  "till",
  "till_key",
  "activation_code",
  "limited_try",
  "made_once",
  "staff",
  "staff_role",
  "staff_try",
  "catalogue_head",
  "category",
  "product",
  "office_person",
  "passkey",
  "passkey_challenge",
  "office_invitation",
  "permission_rule",
  "alert_rule",
  "fee_rate",
  "matching_window",
  "account_map",
  "api_key",
  "webhook_endpoint",
  "office_session",
  "provider_account",
  "store_account",
  "saved_view",
];

it("every table is known to be hot or to belong to the whole chain", async () => {
  const { rows } = await sql<{
    name: string;
  }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(database);
  expect(rows.map(({ name }) => name).toSorted()).toEqual([...chainTables, ...hotTables].toSorted());
});

it("every primary, unique and foreign key of a hot table begins with the store", async () => {
  const { rows } = await sql<{ table: string; name: string; column: string }>`
    select k.table_name as "table", k.constraint_name as name, k.column_name as "column"
    from information_schema.key_column_usage k where k.table_schema = 'public' and k.ordinal_position = 1`.execute(
    database,
  );
  const hot = rows.filter(({ table }) => (hotTables as readonly string[]).includes(table));
  expect(new Set(hot.map(({ table }) => table)).size).toBe(hotTables.length);
  expect(hot.filter(({ column }) => column !== "store")).toEqual([]);
});

it("every index of a hot table that enforces uniqueness begins with the store", async () => {
  const { rows } = await sql<{
    table: string;
    text: string;
  }>`select tablename as "table", indexdef as text from pg_indexes where schemaname = 'public'`.execute(database);
  const unique = rows.filter(
    ({ table, text }) => (hotTables as readonly string[]).includes(table) && text.startsWith("CREATE UNIQUE"),
  );
  expect(unique.filter(({ text }) => !/\(store[,)]/.test(text))).toEqual([]);
});

it("there is no trigger, no sequence, no default and no identity column anywhere", async () => {
  const triggers = await sql`select 1 from information_schema.triggers`.execute(database);
  const sequences = await sql`select 1 from information_schema.sequences`.execute(database);
  const defaults = await sql`select table_name, column_name from information_schema.columns
    where table_schema = 'public' and (column_default is not null or is_identity = 'YES' or is_generated <> 'NEVER')`.execute(
    database,
  );
  expect([triggers.rows, sequences.rows, defaults.rows]).toEqual([[], [], []]);
});

it("the journal's bytes are bytea, never a form that reorders", async () => {
  const { rows } = await sql<{
    type: string;
  }>`select data_type as type from information_schema.columns where table_name = 'journal_entry' and column_name = 'bytes'`.execute(
    database,
  );
  expect(rows).toEqual([{ type: "bytea" }]);
});

it.each(appendOnlyTables)("the application may neither change nor remove a row of %s", async (table) => {
  await expect(sql`delete from ${sql.table(table)}`.execute(database)).rejects.toThrow("permission denied");
  await expect(sql`update ${sql.table(table)} set store = 'x'`.execute(database)).rejects.toThrow("permission denied");
});

it("the application may not change the schema nor say which migrations ran", async () => {
  await expect(sql`create table mine (id text)`.execute(database)).rejects.toThrow("permission denied");
  await expect(database.deleteFrom("migration").execute()).rejects.toThrow("permission denied");
});

it("migrations are numbered without a gap, and two gateways that migrate at once do each of them once", async () => {
  expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, i) => i + 1));
  const owners = [1, 2].map(() => openPostgres(fresh.ownerUrl, () => {}, 1));
  await sql`drop schema public cascade; create schema public`.execute(owners[0]!);
  const ran = await Promise.all(owners.map((owner) => migrate(owner, roleOf(fresh.applicationUrl), systemClock.now())));
  for (const owner of owners) await owner.destroy();
  expect(ran.flat().toSorted((a, b) => a - b)).toEqual(migrations.map(({ number }) => number));
});
