import type { Language } from "../domain/item.ts";
import type { CloseTexts } from "./close-texts.ts";
import { closeEn } from "./locales/close.en.ts";
import { closeJa } from "./locales/close.ja.ts";
import { closeZh } from "./locales/close.zh-CN.ts";

const texts: { readonly [L in Language]: CloseTexts } = { "zh-CN": closeZh, en: closeEn, ja: closeJa };

/** The sentences of closing days; fetched with its view. */
export function closeWords(language: Language): CloseTexts {
  return texts[language];
}
