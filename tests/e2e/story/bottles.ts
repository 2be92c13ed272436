import { sql } from "kysely";
import type { Shop } from "./shop.ts";

/** A drink that is sold with a deposit, and the empty bottle of it; barcodes. */
export type Bottle = { readonly drink: string; readonly empty: string };

/** The first of the sample shop's. */
export async function bottleOf(open: Shop): Promise<Bottle> {
  const rows = await sql<Bottle>`select drink.body->'barcodes'->>0 as drink, empty.body->'barcodes'->>0 as empty
    from product drink join product empty on empty.id = drink.body->>'deposit' limit 1`.execute(open.database);
  const [row] = rows.rows;
  if (row === undefined) throw new Error("the sample shop has nothing with a deposit");
  return row;
}
