import type { Language } from "../domain/item.ts";
import { setupEn } from "./locales/setup.en.ts";
import { setupJa } from "./locales/setup.ja.ts";
import { setupZh } from "./locales/setup.zh-CN.ts";
import type { SetupTexts } from "./setup-texts.ts";

const texts: { readonly [L in Language]: SetupTexts } = { "zh-CN": setupZh, en: setupEn, ja: setupJa };

/** The sentences of setting a shop up; fetched with its view. */
export function setupWords(language: Language): SetupTexts {
  return texts[language];
}
