import type { Language } from "../domain/item.ts";
import { reportEn } from "./locales/report.en.ts";
import { reportJa } from "./locales/report.ja.ts";
import { reportZh } from "./locales/report.zh-CN.ts";
import type { ReportTexts } from "./report-texts.ts";

const texts: { readonly [L in Language]: ReportTexts } = { "zh-CN": reportZh, en: reportEn, ja: reportJa };

/** The sentences of the reports; fetched with their view. */
export function reportWords(language: Language): ReportTexts {
  return texts[language];
}
