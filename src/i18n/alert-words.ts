import type { Language } from "../domain/item.ts";
import { alertEn } from "./locales/alert.en.ts";
import { alertJa } from "./locales/alert.ja.ts";
import { alertZh } from "./locales/alert.zh-CN.ts";
import type { AlertTexts } from "./alert-texts.ts";

const texts: { readonly [L in Language]: AlertTexts } = {
  "zh-CN": alertZh,
  en: alertEn,
  ja: alertJa,
};

/** The sentences of alerts and their rule; fetched with their views. */
export function alertWords(language: Language): AlertTexts {
  return texts[language];
}
