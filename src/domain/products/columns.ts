import { plainHead } from "../settlement/bank-columns.ts";

/** Which column of a shop's list of goods is what, by its head; null where the list has none. */
export type ProductColumns = {
  /** The shop's own number of an article; the barcode stands for it where there is none. */
  readonly code: string | null;
  readonly name: string;
  readonly nameEn: string | null;
  readonly nameJa: string | null;
  readonly barcode: string | null;
  readonly category: string | null;
  readonly price: string;
  /** The price before the current offer. */
  readonly listPrice: string | null;
  readonly unit: string | null;
  readonly tax: string | null;
};

/** In the order in which they are shown. */
export const productColumns = [
  "code",
  "barcode",
  "name",
  "nameEn",
  "nameJa",
  "category",
  "price",
  "listPrice",
  "unit",
  "tax",
] as const satisfies readonly (keyof ProductColumns)[];

/** Heads that shops and their old tills use, the likeliest first, as `plainHead` leaves them and in small letters. */
const known: { readonly [C in keyof ProductColumns]: readonly string[] } = {
  code: [
    ..."商品编码 商品编号 商品代码 编码 编号 货号 商品货号 自编码 店内码 plu sku code itemcode productcode itemno".split(
      " ",
    ),
    ..."商品コード 品番 商品番号 コード".split(" "),
  ],
  barcode: [
    ..."条码 商品条码 条形码 国际条码 69码 barcode barcodes ean ean13 gtin upc".split(" "),
    ..."バーコード janコード jan".split(" "),
  ],
  name: [
    ..."商品名称 品名 名称 商品名 货品名称 商品全名 中文名称 name productname product item itemname description".split(
      " ",
    ),
    ..."商品名(中国語) 品目 品目名".split(" "),
  ],
  nameEn: ["英文名称", "英文名", "英文品名", "nameen", "englishname", "name(en)", "英語名", "商品名(英語)"],
  nameJa: ["日文名称", "日文名", "日语名称", "nameja", "japanesename", "name(ja)", "日本語名", "商品名(日本語)"],
  category: [
    ..."分类 类别 商品分类 商品类别 品类 大类 分类名称 category department group".split(" "),
    ..."カテゴリ カテゴリー 部門 分類".split(" "),
  ],
  price: [
    ..."售价 零售价 销售价 单价 价格 现价 商品售价 price saleprice sellingprice retailprice unitprice".split(" "),
    ..."販売価格 売価 価格 単価".split(" "),
  ],
  listPrice: "原价 划线价 市场价 listprice regularprice wasprice originalprice 定価 通常価格".split(" "),
  unit: "单位 计量单位 销售单位 unit uom 単位".split(" "),
  tax: "税率 增值税率 销项税率 税率(%) taxrate tax vat vatrate 消費税率".split(" "),
};
/** How far down a list its heads may stand: some begin with a title. */
const headLinesMax = 20;

/** A head as it is compared: its brackets, spaces, unit and case do not count. */
function comparable(text: string): string {
  return plainHead(text)
    .replaceAll("（", "(")
    .replaceAll("）", ")")
    .replaceAll(/[_\-*.]/gu, "")
    .toLowerCase();
}

/** The columns that a line of heads suggests, and which line it is; null when no line has a name and a price. */
export function suggestProductColumns(
  lines: readonly (readonly string[])[],
): { readonly columns: ProductColumns; readonly head: number } | null {
  for (const [head, line] of lines.slice(0, headLinesMax).entries()) {
    const heads = line.map(comparable);
    const find = (of: keyof ProductColumns): string | null => {
      const found = known[of].map((name) => heads.indexOf(name)).find((at) => at >= 0);
      return found === undefined ? null : (line[found] ?? null);
    };
    const [name, price] = [find("name"), find("price")];
    if (name === null || price === null) continue;
    const rest = (of: keyof ProductColumns): string | null => find(of);
    return {
      head,
      columns: {
        code: rest("code"),
        name,
        nameEn: rest("nameEn"),
        nameJa: rest("nameJa"),
        barcode: rest("barcode"),
        category: rest("category"),
        price,
        listPrice: rest("listPrice"),
        unit: rest("unit"),
        tax: rest("tax"),
      },
    };
  }
  return null;
}

/** The line of heads that has `columns`' name and price, and where each column is in it; null where no line has them. */
export function placesOf(
  lines: readonly (readonly string[])[],
  columns: ProductColumns,
): { readonly head: number; readonly at: { readonly [C in keyof ProductColumns]: number } } | null {
  const indexIn = (line: readonly string[], name: string | null): number =>
    name === null ? -1 : line.findIndex((cell) => comparable(cell) === comparable(name));
  const head = lines
    .slice(0, headLinesMax)
    .findIndex((line) => indexIn(line, columns.name) >= 0 && indexIn(line, columns.price) >= 0);
  const heads = lines[head];
  if (heads === undefined) return null;
  const places = productColumns.map((of) => [of, indexIn(heads, columns[of])] as const);
  return { head, at: Object.fromEntries(places) as { readonly [C in keyof ProductColumns]: number } };
}
