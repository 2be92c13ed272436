import type { Language } from "../domain/item.ts";
import { en } from "./locales/en.ts";
import { ja } from "./locales/ja.ts";
import { zhCN } from "./locales/zh-CN.ts";
import type { Messages } from "./messages.ts";

/** All of them are loaded at once: 4 kB gzipped each, and switching works offline in the middle of a sale. */
const all: { readonly [L in Language]: Messages } = { "zh-CN": zhCN, en, ja };

export const languages: readonly Language[] = ["zh-CN", "en", "ja"];

/** The sentences of `language`. */
export function messagesOf(language: Language): Messages {
  return all[language];
}

/** The first of ours among the browser's languages, Chinese when none is. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const each of wanted) {
    const found = languages.find((language) => each.toLowerCase().startsWith(language.slice(0, 2)));
    if (found !== undefined) return found;
  }
  return "zh-CN";
}
