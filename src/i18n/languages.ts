import type { Language } from "../domain/item.ts";
import type { DisplayWords } from "./display-words.ts";
import type { Messages } from "./messages.ts";

/** A language's sentences are a file of their own, fetched when it is first shown; all are precached, so offline too. */
const files: { readonly [L in Language]: () => Promise<Messages> } = {
  "zh-CN": async () => (await import("./locales/zh-CN.ts")).zhCN,
  en: async () => (await import("./locales/en.ts")).en,
  ja: async () => (await import("./locales/ja.ts")).ja,
};

const displays: { readonly [L in Language]: () => Promise<DisplayWords> } = {
  "zh-CN": async () => (await import("./locales/display.zh-CN.ts")).displayZh,
  en: async () => (await import("./locales/display.en.ts")).displayEn,
  ja: async () => (await import("./locales/display.ja.ts")).displayJa,
};

/** The customer display's own sentences. */
export function loadDisplayWords(language: Language): Promise<DisplayWords> {
  return displays[language]();
}

/** Each language's own name, in the order they are offered. */
export const languageNames: { readonly [L in Language]: string } = { "zh-CN": "中文", en: "English", ja: "日本語" };
export const languages: readonly Language[] = ["zh-CN", "en", "ja"];

/** The sentences of `language`. */
export function loadMessages(language: Language): Promise<Messages> {
  return files[language]();
}

/** The first of ours among the browser's languages, Chinese when none is. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const each of wanted) {
    const found = languages.find((language) => each.toLowerCase().startsWith(language.slice(0, 2)));
    if (found !== undefined) return found;
  }
  return "zh-CN";
}
