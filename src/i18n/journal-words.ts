import type { Language } from "../domain/item.ts";
import { journalEn } from "./locales/journal.en.ts";
import { journalJa } from "./locales/journal.ja.ts";
import { journalZh } from "./locales/journal.zh-CN.ts";
import type { JournalTexts } from "./journal-texts.ts";

const texts: { readonly [L in Language]: JournalTexts } = { "zh-CN": journalZh, en: journalEn, ja: journalJa };

/** The sentences about an opened journal file; fetched with its view, which few ever open. */
export function journalWords(language: Language): JournalTexts {
  return texts[language];
}
