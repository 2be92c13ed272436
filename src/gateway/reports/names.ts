import { sql } from "kysely";
import type { ReportBy, ReportChoices, ReportRow } from "../../contract/reports.ts";
import type { StoreId } from "../../domain/identifier.ts";
import type { Database } from "../store/database.ts";

type Name = ReportRow["name"];
type Names = Exclude<Name, string | null>;

/** What rows are called, by key; ways to pay and to give away, and tax rates, have words of the page's. */
export async function namesOf(
  database: Database,
  by: ReportBy,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Name>> {
  const asked = [...new Set(keys)];
  if (asked.length === 0) return new Map();
  switch (by) {
    case "store":
      return mapOf(await database.selectFrom("store").select(["id", "name"]).where("id", "in", asked).execute());
    case "till":
      return mapOf(
        await database
          .selectFrom("till")
          .innerJoin("store", "store.id", "till.store")
          .select(["till.id", sql<string>`till.label || ' · ' || store.name`.as("name")])
          .where("till.id", "in", asked)
          .execute(),
      );
    case "cashier":
      return mapOf(await database.selectFrom("staff").select(["id", "name"]).where("id", "in", asked).execute());
    case "category":
      return mapOf(
        await database
          .selectFrom("category")
          .select(["id", sql<Names>`names`.as("name")])
          .where("id", "in", asked)
          .execute(),
      );
    case "product":
      return mapOf(
        await database
          .selectFrom("product")
          .select(["id", sql<Names>`body->'names'`.as("name")])
          .where("id", "in", asked)
          .execute(),
      );
    default:
      return new Map();
  }
}

function mapOf(rows: readonly { readonly id: string; readonly name: Name }[]): ReadonlyMap<string, Name> {
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What a filter can be set to: tills, people who have worked, categories, tax rates in use. */
export async function readChoices(database: Database): Promise<ReportChoices> {
  const tills = await database.selectFrom("till").select(["id", "label", "store"]).orderBy("label").execute();
  const cashiers = await database.selectFrom("staff").select(["id", "name"]).orderBy("name").execute();
  const categories = await database.selectFrom("category").select(["id", "names"]).orderBy("place").execute();
  const { rows } = await sql<{ rate: number }>`
    select distinct (body->>'taxRate')::int as rate from product order by rate`.execute(database);
  return {
    tills: tills.map((till) => ({ ...till, store: till.store as StoreId })),
    cashiers,
    categories: categories.map(({ id, names }) => ({ id, names: names as Names })),
    taxes: rows.map(({ rate }) => rate as ReportChoices["taxes"][number]),
  };
}
