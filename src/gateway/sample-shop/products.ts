import { gtinCheckDigit } from "../../domain/gtin.ts";
import type { ProductId } from "../../domain/identifier.ts";
import type { Product } from "../../domain/item.ts";
import { minorUnits, type MinorUnits } from "../../domain/money.ts";
import { taxRate } from "../../domain/tax.ts";
import { initialsOf } from "../catalogue/initials.ts";
import { assortments } from "./assortments.ts";
import { brands } from "./brands.ts";
import { drawFrom, type Draw } from "./seeded.ts";
import type { Assortment, Kind, Names } from "./words.ts";

/** One in so many products is on offer. */
const offerEvery = 12;
/** Tiles of things that are sold all day, picked from the kinds that stand first in their category. */
const favouritesMax = 16;
/** A stride without a common factor with any category's number of combinations visits each exactly once. */
const stride = 7_919;

/** `count` products (100,000 at most) by `seed`, in the order of their ids; the same seed gives the same products. */
export function sampleProducts(seed: number, count: number): Product[] {
  const draw = drawFrom(seed);
  const shares = sharesOf(count);
  const products: Product[] = [];
  assortments.forEach((assortment, place) => {
    const total = combinations(assortment);
    const offset = draw(total);
    for (let i = 0; i < (shares[place] ?? 0); i++)
      products.push(productOf(assortment, (offset + i * stride) % total, products.length, i, draw));
  });
  return products;
}

/** Equal shares, but no category is asked for more than it can name. */
function sharesOf(count: number): number[] {
  const shares = assortments.map(() => 0);
  let left = count;
  while (left > 0) {
    const before = left;
    for (const [place, assortment] of assortments.entries()) {
      const fair = Math.ceil(left / assortments.length);
      const more = Math.min(fair, combinations(assortment) - (shares[place] ?? 0), left);
      shares[place] = (shares[place] ?? 0) + more;
      left -= more;
    }
    if (left === before) throw new Error(`The sample shop can name ${count - left} products, not ${count}.`);
  }
  return shares;
}

function combinations(assortment: Assortment): number {
  return assortment.kinds.length * assortment.variants.length * brands.length * Math.max(1, assortment.sizes.length);
}

function productOf(
  assortment: Assortment,
  combination: number,
  serial: number,
  placeInCategory: number,
  draw: Draw,
): Product {
  const [kindAt, variantAt, brandAt, sizeAt] = digits(combination, [
    assortment.kinds.length,
    assortment.variants.length,
    brands.length,
  ]);
  const kind = at(assortment.kinds, kindAt);
  const brand = at(brands, brandAt);
  const size = assortment.sizes.length === 0 ? null : at(assortment.sizes, sizeAt);
  const names = namesOf(brand, at(assortment.variants, variantAt), kind, size?.[0] ?? null);
  const price = priceOf(kind[3] * (size?.[1] ?? 1), draw);
  const onOffer = draw(offerEvery) === 0;
  const isFavourite = placeInCategory < favouritesMax / assortments.length;
  return {
    id: String(100_001 + serial) as ProductId,
    names,
    initials: initialsOf(names["zh-CN"]),
    barcodes: [size === null ? plu(serial) : gtin(brandAt, serial)],
    category: assortment.id,
    price,
    listPrice: onOffer ? roundedPrice(price * 1.2) : null,
    unit: size === null ? "kg" : "piece",
    taxRate: taxRate(assortment.taxRate),
    favourite: isFavourite ? placeInCategory * assortments.length + assortments.indexOf(assortment) + 1 : null,
    deposit: null,
    isDeposit: false,
  };
}

function namesOf(brand: Names, variant: Names, kind: Kind, size: string | null): Product["names"] {
  const tail = size === null ? "" : ` ${size}`;
  return {
    "zh-CN": `${brand[0]}${variant[0]}${kind[0]}${tail}`,
    en: `${brand[1]} ${variant[1]} ${kind[1].toLowerCase()}${sizeIn(size, "en")}`,
    ja: `${brand[2]} ${variant[2]}${kind[2]}${sizeIn(size, "ja")}`,
  };
}

const sizeWords: { readonly [zh: string]: { readonly en: string; readonly ja: string } } = {
  单包: { en: "single", ja: "1個" },
  小号: { en: "S", ja: "S" },
  中号: { en: "M", ja: "M" },
  大号: { en: "L", ja: "L" },
  旅行装: { en: "travel", ja: "旅行用" },
};

function sizeIn(size: string | null, language: "en" | "ja"): string {
  return size === null ? "" : ` ${sizeWords[size]?.[language] ?? size}`;
}

function priceOf(fen: number, draw: Draw): MinorUnits {
  return roundedPrice((fen * (85 + draw(31))) / 100);
}

/** Shop prices end in 0 or 5 jiao's tenth: a whole number of ten fen, never nothing. */
function roundedPrice(fen: number): MinorUnits {
  return minorUnits(Math.max(10, Math.round(fen / 10) * 10));
}

/** EAN-13 under 690 to 699 (China): a maker's number of the brand and an article number of our own. */
function gtin(brandAt: number, serial: number): string {
  const payload = `69${brandAt % 10}${String(4_000 + brandAt).padStart(4, "0")}${String(serial).padStart(5, "0")}`;
  return payload + gtinCheckDigit(payload);
}

/** Goods by weight have the number that is typed on a scale. */
function plu(serial: number): string {
  return String(serial + 1).padStart(5, "0");
}

function digits(value: number, bases: readonly [number, number, number]): [number, number, number, number] {
  const [first, second, third] = bases;
  return [
    value % first,
    Math.floor(value / first) % second,
    Math.floor(value / (first * second)) % third,
    Math.floor(value / (first * second * third)),
  ];
}

function at<Item>(list: readonly Item[], place: number): Item {
  const item = list[place];
  if (item === undefined) throw new Error(`the sample has no entry ${place}`);
  return item;
}
