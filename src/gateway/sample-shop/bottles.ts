import type { ProductId } from "../../domain/identifier.ts";
import type { Product } from "../../domain/item.ts";
import { minorUnits } from "../../domain/money.ts";
import { taxRate } from "../../domain/tax.ts";

const common = {
  category: "drinks",
  listPrice: null,
  unit: "piece",
  taxRate: taxRate(1300),
  favourite: null,
} as const;

/** What the customer pays for the bottle, and gets for an empty one. */
export const emptyBottle: Product = {
  ...common,
  id: "900001" as ProductId,
  names: { "zh-CN": "空瓶押金", en: "Bottle deposit", ja: "空き瓶保証金" },
  initials: "kpyj",
  barcodes: ["69000010"],
  price: minorUnits(50),
  deposit: null,
  isDeposit: true,
};

/** A drink in a bottle that comes back. */
export const bottledDrink: Product = {
  ...common,
  id: "900002" as ProductId,
  names: { "zh-CN": "岭禾玻璃瓶汽水 330ml", en: "Linghe soda, glass bottle 330ml", ja: "リンホー 瓶ソーダ 330ml" },
  initials: "lhblpqs330ml",
  barcodes: ["6909999000012"],
  price: minorUnits(350),
  deposit: emptyBottle.id,
  isDeposit: false,
};
