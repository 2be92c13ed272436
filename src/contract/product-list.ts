import * as z from "zod/mini";
import { productColumns, type ProductColumns } from "../domain/products/columns.ts";
import type { ProductDoubt, ProductFault } from "../domain/products/read-products.ts";
import { minorUnitsField, taxRateField, namesField } from "./fields.ts";

const head = z.string().check(z.minLength(1), z.maxLength(128));
const maybe = z.nullable(head);
export const productColumnsField = z.object({
  code: maybe,
  name: head,
  nameEn: maybe,
  nameJa: maybe,
  barcode: maybe,
  category: maybe,
  price: head,
  listPrice: maybe,
  unit: maybe,
  tax: maybe,
}) satisfies z.ZodMiniType<ProductColumns>;

/**
 * PUT /v1/office/products/list, the body the file itself: CSV or XLSX. Without `take` it is only read and shown. `columns` is JSON;
 * without it the heads tell. `tax` in basis points is for goods whose line says none. `leaveOut` takes the good lines and leaves the
 * others; without it a list with troubles is refused whole.
 */
export const productListQuery = z.object({
  name: z.string().check(z.maxLength(128)),
  columns: z.optional(z.string().check(z.maxLength(4_096))),
  tax: z.string().check(z.regex(/^\d{1,5}$/)),
  leaveOut: z.optional(z.literal("yes")),
  take: z.optional(z.literal("yes")),
});

const faults = [
  "noCode",
  "codeLong",
  "codeTwice",
  "noName",
  "nameLong",
  "barcodeRounded",
  "barcodeForm",
  "barcodeTwice",
  "barcodeElsewhere",
  "barcodesMany",
  "categoryLong",
  "noPrice",
  "priceForm",
  "listPriceBelow",
  "weightUnit",
  "taxForm",
] as const satisfies readonly ProductFault[];

const doubts = ["unitAsPiece", "checkDigit"] as const satisfies readonly ProductDoubt[];

export const productListAnswer = z.object({
  /** `refused`: asked to be taken, but lines are wrong and were not to be left out; nothing was taken. */
  kind: z.enum(["shown", "taken", "refused"]),
  /** Null where the heads do not tell: a person chooses. */
  columns: z.nullable(productColumnsField),
  /** The first lines as they are. */
  head: z.array(z.array(z.string())),
  /** Lines with an article, good ones and wrong ones. */
  lines: z.number(),
  added: z.number(),
  changed: z.number(),
  same: z.number(),
  /** Names of categories that are new. */
  categories: z.array(namesField),
  /** The first articles as they would stand at the till. */
  sample: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      barcode: z.nullable(z.string()),
      category: namesField,
      price: minorUnitsField,
      unit: z.enum(["piece", "kg"]),
      tax: taxRateField,
      state: z.enum(["added", "changed"]),
    }),
  ),
  /** The first cells that are not taken. */
  troubles: z.array(
    z.object({
      line: z.number(),
      column: z.enum(productColumns),
      cell: z.string(),
      why: z.enum(faults),
      other: z.optional(z.number()),
    }),
  ),
  /** Lines with at least one such cell. */
  wrongLines: z.number(),
  /** The first cells of lines that are taken and deserve a look, and how many there are in all. */
  remarks: z.array(
    z.object({ line: z.number(), column: z.enum(productColumns), cell: z.string(), why: z.enum(doubts) }),
  ),
  remarkCount: z.number(),
});
export type ProductListAnswer = z.infer<typeof productListAnswer>;
