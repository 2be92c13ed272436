/** Chinese, English, Japanese. */
export type Names = readonly [zh: string, en: string, ja: string];

/** A kind of goods with what it costs in fen for size 1 (or for a kilogram). */
export type Kind = readonly [zh: string, en: string, ja: string, fen: number];

/** A size's label and how many times the price of size 1 it costs. */
export type Size = readonly [label: string, factor: number];

export type Assortment = {
  readonly id: string;
  readonly names: Names;
  /** Basis points. */
  readonly taxRate: number;
  readonly kinds: readonly Kind[];
  readonly variants: readonly Names[];
  /** None: sold by weight. */
  readonly sizes: readonly Size[];
};
