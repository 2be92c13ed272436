import type { Language } from "../../domain/item.ts";
import type { PriceWords } from "./price-texts.ts";

export type { PriceWords } from "./price-texts.ts";

const files: { readonly [L in Language]: () => Promise<PriceWords> } = {
  "zh-CN": async () => (await import("../locales/price.zh-CN.ts")).priceZh,
  en: async () => (await import("../locales/price.en.ts")).priceEn,
  ja: async () => (await import("../locales/price.ja.ts")).priceJa,
};

/** The words in `language`. */
export function loadPriceWords(language: Language): Promise<PriceWords> {
  return files[language]();
}
