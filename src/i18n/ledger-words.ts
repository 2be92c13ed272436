import type { Language } from "../domain/item.ts";
import type { LedgerTexts } from "./ledger-texts.ts";
import { ledgerEn } from "./locales/ledger.en.ts";
import { ledgerJa } from "./locales/ledger.ja.ts";
import { ledgerZh } from "./locales/ledger.zh-CN.ts";

const texts: { readonly [L in Language]: LedgerTexts } = { "zh-CN": ledgerZh, en: ledgerEn, ja: ledgerJa };

/** The sentences of the ledger; fetched with its view. */
export function ledgerWords(language: Language): LedgerTexts {
  return texts[language];
}
