import type { Language } from "../domain/item.ts";
import type { BillTexts } from "./bill-texts.ts";
import { billEn } from "./locales/bill.en.ts";
import { billJa } from "./locales/bill.ja.ts";
import { billZh } from "./locales/bill.zh-CN.ts";

const texts: { readonly [L in Language]: BillTexts } = { "zh-CN": billZh, en: billEn, ja: billJa };

/** The sentences of bills and fee rates; fetched with their view. */
export function billWords(language: Language): BillTexts {
  return texts[language];
}
