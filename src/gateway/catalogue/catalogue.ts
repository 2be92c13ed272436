import { sql } from "kysely";
import { catalogPageMax, type CatalogPage, type Category } from "../../contract/catalog.ts";
import type { ProductId } from "../../domain/identifier.ts";
import type { Product } from "../../domain/item.ts";
import { inTransaction, json, type Database } from "../store/database.ts";

const headId = "catalogue";
/** Rows in one INSERT: four values each, far below PostgreSQL's 65,535. */
const rowsPerInsert = 1_000;

/**
 * Adds or replaces products. Every product changed gets a change number of its own, in order, so that a page of changes can
 * be cut anywhere; changes come one after the other by a lock on one row.
 */
export async function putProducts(database: Database, products: readonly Product[]): Promise<void> {
  await inTransaction(database, async (step) => {
    await step
      .insertInto("catalogue_head")
      .values({ id: headId, change: 0 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const head = await step
      .updateTable("catalogue_head")
      .set({ change: sql<number>`change + ${products.length}::bigint` })
      .where("id", "=", headId)
      .returning("change")
      .executeTakeFirstOrThrow();
    const first = head.change - products.length + 1;
    for (let from = 0; from < products.length; from += rowsPerInsert) {
      const rows = products
        .slice(from, from + rowsPerInsert)
        .map((product, i) => ({ id: product.id, change: first + from + i, removed: false, body: json(product) }));
      await step
        .insertInto("product")
        .values(rows)
        .onConflict((conflict) =>
          conflict.column("id").doUpdateSet((row) => ({
            change: row.ref("excluded.change"),
            removed: false,
            body: row.ref("excluded.body"),
          })),
        )
        .execute();
    }
  });
}

/** Replaces the categories; their order is the rail's on the till. */
export async function putCategories(database: Database, categories: readonly Category[]): Promise<void> {
  await inTransaction(database, async (step) => {
    await step.deleteFrom("category").execute();
    if (categories.length === 0) return;
    await step
      .insertInto("category")
      .values(categories.map((category, place) => ({ id: category.id, place, names: json(category.names) })))
      .execute();
  });
}

/** Every product that is sold. */
export async function allProducts(database: Database): Promise<readonly Product[]> {
  const rows = await database.selectFrom("product").select("body").where("removed", "=", false).execute();
  return rows.map(({ body }) => body as Product);
}

/** Every category in the order of the rail. */
export async function allCategories(database: Database): Promise<Category[]> {
  const rows = await database.selectFrom("category").select(["id", "names"]).orderBy("place").execute();
  return rows.map(({ id, names }) => ({ id, names: names as Category["names"] }));
}

/** What changed after `cursor`, oldest change first, `pageMax` at most. */
export async function catalogueAfter(
  database: Database,
  cursor: number,
  pageMax: number = catalogPageMax,
): Promise<CatalogPage> {
  const rows = await database
    .selectFrom("product")
    .select(["id", "change", "removed", "body"])
    .where("change", ">", cursor)
    .orderBy("change")
    .limit(pageMax + 1)
    .execute();
  const page = rows.slice(0, pageMax);
  const { total } = await database
    .selectFrom("product")
    .select(({ fn }) => fn.countAll<number>().as("total"))
    .where("removed", "=", false)
    .executeTakeFirstOrThrow();
  const categories = await allCategories(database);
  return {
    products: page.filter((row) => !row.removed).map((row) => row.body as CatalogPage["products"][number]),
    removed: page.filter((row) => row.removed).map((row) => row.id as ProductId),
    cursor: page.at(-1)?.change ?? cursor,
    more: rows.length > page.length,
    total,
    categories,
  };
}
