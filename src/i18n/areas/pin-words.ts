import type { Language } from "../../domain/item.ts";
import type { PinWords } from "./pin-texts.ts";

export type { PinWords } from "./pin-texts.ts";

const files: { readonly [L in Language]: () => Promise<PinWords> } = {
  "zh-CN": async () => (await import("../locales/pin.zh-CN.ts")).pinZhCN,
  en: async () => (await import("../locales/pin.en.ts")).pinEn,
  ja: async () => (await import("../locales/pin.ja.ts")).pinJa,
};

/** The words of the page for one's own PIN in `language`, fetched when first shown. */
export function loadPinWords(language: Language): Promise<PinWords> {
  return files[language]();
}
