import { isGtinMistyped, normalizeBarcode } from "../gtin.ts";
import { amountMax, minorDigits, type CurrencyCode, type MinorUnits } from "../money.ts";
import type { Unit } from "../quantity.ts";
import type { TaxRate } from "../tax.ts";
import { placesOf, type ProductColumns } from "./columns.ts";

/** A list is taken in at once up to here; a longer one in parts. */
export const productLinesMax = 30_000;
/** Longer names fit no tile and no paper. */
const nameCharsMax = 80;
const codeCharsMax = 48;
const barcodeCharsMax = 48;
/** Barcodes of one article: packs and old spellings. */
const barcodesMax = 12;
const categoryCharsMax = 32;

/** One article of a list, as far as the list says; what it leaves out is null. */
export type ListedProduct = {
  readonly line: number;
  readonly code: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly nameJa: string | null;
  readonly barcodes: readonly string[] | null;
  readonly category: string | null;
  readonly price: MinorUnits;
  readonly listPrice: MinorUnits | null;
  readonly unit: Unit | null;
  readonly tax: TaxRate | null;
};

/** Why a cell is not taken; the office has a sentence for each, with what to do. */
export type ProductFault =
  | "noCode"
  | "codeLong"
  | "codeTwice"
  | "noName"
  | "nameLong"
  | "barcodeRounded"
  | "barcodeForm"
  | "barcodeTwice"
  | "barcodeElsewhere"
  | "barcodesMany"
  | "categoryLong"
  | "noPrice"
  | "priceForm"
  | "listPriceBelow"
  | "weightUnit"
  | "taxForm";
/** A cell that is not taken: of which line of the file (the first is 1) and column. `other` is the line it collides with. */
export type ProductTrouble = {
  readonly line: number;
  readonly column: keyof ProductColumns;
  readonly cell: string;
  readonly why: ProductFault;
  readonly other?: number;
};
/** Why a cell of an article that is taken deserves a look: it is kept otherwise than it stands, or may be mistyped. */
export type ProductDoubt = "unitAsPiece" | "checkDigit";
export type ProductRemark = {
  readonly line: number;
  readonly column: keyof ProductColumns;
  readonly cell: string;
  readonly why: ProductDoubt;
};
export type ProductReading = {
  readonly products: readonly ListedProduct[];
  readonly troubles: readonly ProductTrouble[];
  readonly remarks: readonly ProductRemark[];
};

/**
 * Reads a list's cells by its columns: every line either an article or at least one trouble; lines without any cell are passed over.
 * Two lines of one code, or one barcode at two articles, are a trouble of the later line. Null where the heads are not found.
 */
export function readProducts(
  lines: readonly (readonly string[])[],
  columns: ProductColumns,
  currency: CurrencyCode,
): ProductReading | null {
  const places = placesOf(lines, columns);
  if (places === null) return null;
  const products: ListedProduct[] = [];
  const troubles: ProductTrouble[] = [];
  const remarks: ProductRemark[] = [];
  const codes = new Map<string, number>();
  const barcodes = new Map<string, number>();
  for (const [nth, cells] of lines.entries()) {
    if (nth <= places.head || cells.every((cell) => cell.trim() === "")) continue;
    const row = rowOf(cells, places.at, nth + 1);
    const product = readRow(row, columns, currency);
    if (row.troubles.length === 0) findTwice(row, product, codes, barcodes);
    troubles.push(...row.troubles);
    if (row.troubles.length > 0) continue;
    products.push(product);
    remarks.push(...remarksOn(row, product));
  }
  return { products, troubles, remarks };
}

type Row = {
  readonly line: number;
  readonly troubles: ProductTrouble[];
  cell(of: keyof ProductColumns): string;
  fault(of: keyof ProductColumns, why: ProductFault, other?: number): void;
};

function rowOf(cells: readonly string[], at: { readonly [C in keyof ProductColumns]: number }, line: number): Row {
  const troubles: ProductTrouble[] = [];
  const cell = (of: keyof ProductColumns): string => (at[of] < 0 ? "" : (cells[at[of]] ?? "").trim());
  return {
    line,
    troubles,
    cell,
    fault: (column, why, other) =>
      void troubles.push({ line, column, cell: cell(column), why, ...(other === undefined ? {} : { other }) }),
  };
}

function readRow(row: Row, columns: ProductColumns, currency: CurrencyCode): ListedProduct {
  const barcodes = columns.barcode === null ? null : barcodesIn(row);
  const code = row.cell("code") || (barcodes?.[0] ?? "");
  if (code === "") row.fault(columns.code === null ? "barcode" : "code", "noCode");
  else if (code.length > codeCharsMax) row.fault("code", "codeLong");
  const price = amountIn(row, "price", currency);
  if (price === null && row.cell("price") === "") row.fault("price", "noPrice");
  const listPrice = columns.listPrice === null ? null : amountIn(row, "listPrice", currency);
  if (listPrice !== null && price !== null && listPrice < price) row.fault("listPrice", "listPriceBelow");
  const category = row.cell("category");
  if (category.length > categoryCharsMax) row.fault("category", "categoryLong");
  return {
    line: row.line,
    code,
    name: nameIn(row, "name") ?? "",
    nameEn: nameIn(row, "nameEn"),
    nameJa: nameIn(row, "nameJa"),
    barcodes,
    category: category === "" ? null : category,
    price: price ?? (0 as MinorUnits),
    listPrice: listPrice === price ? null : listPrice,
    unit: unitIn(row),
    tax: taxIn(row),
  };
}

function findTwice(
  row: Row,
  { line, code, barcodes }: ListedProduct,
  codes: Map<string, number>,
  known: Map<string, number>,
): void {
  const earlier = codes.get(code);
  if (earlier !== undefined) return row.fault(row.cell("code") === "" ? "barcode" : "code", "codeTwice", earlier);
  codes.set(code, line);
  for (const each of barcodes ?? []) {
    const other = known.get(each);
    if (other === undefined) known.set(each, line);
    else if (other !== line) return row.fault("barcode", "barcodeTwice", other);
  }
}

function nameIn(row: Row, of: "name" | "nameEn" | "nameJa"): string | null {
  const name = row.cell(of).replaceAll(/\s+/gu, " ");
  if (name === "" && of === "name") row.fault("name", "noName");
  if (name.length > nameCharsMax) row.fault(of, "nameLong");
  return name === "" ? null : name;
}

/** One cell may hold several, parted by spaces, commas, semicolons or strokes. */
function barcodesIn(row: Row): readonly string[] {
  const written = row
    .cell("barcode")
    .split(/[\s,，;；/|、]+/u)
    .filter((each) => each !== "");
  // a sheet that took the code for a number shows 6.90123E+12: the last digits are lost
  if (written.some((each) => /^\d(?:\.\d+)?E\+\d+$/iu.test(each))) row.fault("barcode", "barcodeRounded");
  else if (written.some((each) => each.length > barcodeCharsMax || !/^[\x21-\x7e]+$/u.test(each)))
    row.fault("barcode", "barcodeForm");
  else if (written.length > barcodesMax) row.fault("barcode", "barcodesMany");
  return [...new Set(written.map(normalizeBarcode))];
}

/** A price of the store's currency, never below zero; null for an empty cell and for one that is no price. */
function amountIn(row: Row, of: "price" | "listPrice", currency: CurrencyCode): MinorUnits | null {
  const plain = row
    .cell(of)
    .normalize("NFKC")
    .replaceAll(/[,\s¥$]|元|円/gu, "");
  if (plain === "") return null;
  const digits = minorDigits[currency];
  const [, whole, part = ""] = /^(\d{1,10})(?:\.(\d{1,9}))?$/u.exec(plain) ?? [];
  const kept = part.replace(/0+$/u, "");
  const amount = Number(whole) * 10 ** digits + Number(kept.padEnd(digits, "0") || "0");
  if (whole !== undefined && kept.length <= digits && amount <= amountMax) return amount as MinorUnits;
  row.fault(of, "priceForm");
  return null;
}

/** A check digit may be wrong on purpose, in a shop's own codes; the list says so and takes it. */
function remarksOn(row: Row, { unit, barcodes }: ListedProduct): ProductRemark[] {
  const remark = (column: keyof ProductColumns, why: ProductDoubt, cell: string) => ({
    line: row.line,
    column,
    cell,
    why,
  });
  const written = row.cell("unit");
  const isOther = unit === "piece" && !pieces.test(written.normalize("NFKC"));
  return [
    ...(barcodes ?? []).filter(isGtinMistyped).map((each) => remark("barcode", "checkDigit", each)),
    ...(isOther ? [remark("unit", "unitAsPiece", written)] : []),
  ];
}

/** What says no more than that goods are counted. */
const pieces = /^(?:件|个|個|只|枚|点|こ|ヶ|ケ|piece|pieces|pc|pcs|each|ea|unit|units)$/iu;
const kilograms = /^(?:kg|公斤|千克|キロ|キログラム|kilo|kilogram)s?$/iu;
/** Prices are a kilogram's where goods are weighed: another weight would be another price. */
const otherWeights = /^(?:斤|市斤|两|克|g|gram|grams|グラム|lb|lbs|oz|吨|t)$/iu;

function unitIn(row: Row): Unit | null {
  const unit = row.cell("unit").normalize("NFKC");
  if (unit === "") return null;
  if (kilograms.test(unit)) return "kg";
  if (otherWeights.test(unit)) row.fault("unit", "weightUnit");
  return "piece";
}

/** No country takes more of a shop's sales: above it the column is another one. In basis points. */
export const taxMax = 3_000;

const taxFree = /^(?:免税|不征税|零税率|exempt|none|非課税)$/iu;

/** Basis points of 13 %, 13, 0.13 or 免税. */
function taxIn(row: Row): TaxRate | null {
  const text = row.cell("tax").normalize("NFKC").replaceAll(/\s/gu, "");
  if (text === "") return null;
  if (taxFree.test(text)) return 0 as TaxRate;
  const [, number, percent] = /^(\d{1,3}(?:\.\d{1,4})?)(%?)$/u.exec(text) ?? [];
  const value = Number(number);
  // a sheet writes 13 % as 0.13
  const basisPoints = Math.round(percent === "" && value < 1 ? value * 10_000 : value * 100);
  if (number !== undefined && basisPoints <= taxMax) return basisPoints as TaxRate;
  row.fault("tax", "taxForm");
  return null;
}
