import * as z from "zod/mini";
import { minorUnitsField, namesField, productIdField, taxRateField, unitField } from "./fields.ts";
import type { Product } from "../domain/item.ts";

/** Products in one page at most; also the size of a packed chunk on the till. */
export const catalogPageMax = 5000;

export const productSchema = z.object({
  id: productIdField,
  names: namesField,
  initials: z.string(),
  barcodes: z.array(z.string()),
  category: z.string(),
  price: minorUnitsField,
  listPrice: z.nullable(minorUnitsField),
  unit: unitField,
  taxRate: taxRateField,
  favourite: z.nullable(z.number()),
  deposit: z._default(z.nullable(productIdField), null),
  isDeposit: z._default(z.boolean(), false),
}) satisfies z.ZodMiniType<Product>;

/**
 * GET /v1/catalog?after=CURSOR (till): what changed after the cursor, oldest change first. Cursor 0 is the beginning; the
 * till asks again with `cursor` while `more`.
 */
export const catalogPage = z.object({
  products: z.array(productSchema),
  removed: z.array(productIdField),
  cursor: z.number().check(z.int(), z.gte(0)),
  more: z.boolean(),
  /** Products in all, so that the till can show its coverage. */
  total: z.number().check(z.int(), z.gte(0)),
  categories: z.array(z.object({ id: z.string(), names: namesField })),
});
export type CatalogPage = z.infer<typeof catalogPage>;
export type Category = CatalogPage["categories"][number];
