import type { Language } from "../domain/item.ts";
import { mendEn } from "./locales/mend.en.ts";
import { mendJa } from "./locales/mend.ja.ts";
import { mendZh } from "./locales/mend.zh-CN.ts";
import type { MendTexts } from "./mend-texts.ts";

const texts: { readonly [L in Language]: MendTexts } = { "zh-CN": mendZh, en: mendEn, ja: mendJa };

/** The sentences of mending; fetched with the item's page. */
export function mendWords(language: Language): MendTexts {
  return texts[language];
}
