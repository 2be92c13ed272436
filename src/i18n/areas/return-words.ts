import type { Language } from "../../domain/item.ts";
import type { ReturnWords } from "./return-texts.ts";

export type { ReturnWords } from "./return-texts.ts";

const files: { readonly [L in Language]: () => Promise<ReturnWords> } = {
  "zh-CN": async () => (await import("../locales/return.zh-CN.ts")).returnZh,
  en: async () => (await import("../locales/return.en.ts")).returnEn,
  ja: async () => (await import("../locales/return.ja.ts")).returnJa,
};

/** The words in `language`. */
export function loadReturnWords(language: Language): Promise<ReturnWords> {
  return files[language]();
}
