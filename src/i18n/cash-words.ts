import type { Language } from "../domain/item.ts";
import type { CashTexts } from "./cash-texts.ts";
import { cashEn } from "./locales/cash.en.ts";
import { cashJa } from "./locales/cash.ja.ts";
import { cashZh } from "./locales/cash.zh-CN.ts";

const texts: { readonly [L in Language]: CashTexts } = { "zh-CN": cashZh, en: cashEn, ja: cashJa };

/** The sentences of a store's cash; fetched with its view. */
export function cashWords(language: Language): CashTexts {
  return texts[language];
}
