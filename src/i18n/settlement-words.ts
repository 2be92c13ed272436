import type { Language } from "../domain/item.ts";
import { settlementEn } from "./locales/settlement.en.ts";
import { settlementJa } from "./locales/settlement.ja.ts";
import { settlementZh } from "./locales/settlement.zh-CN.ts";
import type { SettlementTexts } from "./settlement-texts.ts";

const texts: { readonly [L in Language]: SettlementTexts } = {
  "zh-CN": settlementZh,
  en: settlementEn,
  ja: settlementJa,
};

/** The sentences of the money on its way; fetched with its view. */
export function settlementWords(language: Language): SettlementTexts {
  return texts[language];
}
