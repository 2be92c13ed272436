import type { Language } from "../domain/item.ts";
import { outsideEn } from "./locales/outside.en.ts";
import { outsideJa } from "./locales/outside.ja.ts";
import { outsideZh } from "./locales/outside.zh-CN.ts";
import type { OutsideTexts } from "./outside-texts.ts";

const texts: { readonly [L in Language]: OutsideTexts } = {
  "zh-CN": outsideZh,
  en: outsideEn,
  ja: outsideJa,
};

/** The sentences of the open interface; fetched with its views. */
export function outsideWords(language: Language): OutsideTexts {
  return texts[language];
}
