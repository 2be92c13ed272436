import type { Language } from "../../domain/item.ts";
import type { KeysWords } from "./keys-texts.ts";

export type { KeysWords } from "./keys-texts.ts";

const files: { readonly [L in Language]: () => Promise<KeysWords> } = {
  "zh-CN": async () => (await import("../locales/keys.zh-CN.ts")).keysZhCN,
  en: async () => (await import("../locales/keys.en.ts")).keysEn,
  ja: async () => (await import("../locales/keys.ja.ts")).keysJa,
};

/** The words of the keys page in `language`, fetched when first shown. */
export function loadKeysWords(language: Language): Promise<KeysWords> {
  return files[language]();
}
