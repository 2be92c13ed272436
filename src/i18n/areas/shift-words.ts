import type { Language } from "../../domain/item.ts";
import type { ShiftWords } from "./shift-texts.ts";

export type { ShiftWords } from "./shift-texts.ts";

const files: { readonly [L in Language]: () => Promise<ShiftWords> } = {
  "zh-CN": async () => (await import("../locales/shift.zh-CN.ts")).shiftZhCN,
  en: async () => (await import("../locales/shift.en.ts")).shiftEn,
  ja: async () => (await import("../locales/shift.ja.ts")).shiftJa,
};

/** The shift's words in `language`, fetched when first shown. */
export function loadShiftWords(language: Language): Promise<ShiftWords> {
  return files[language]();
}
