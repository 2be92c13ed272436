import type { Language } from "../domain/item.ts";
import { reconcileEn } from "./locales/reconcile.en.ts";
import { reconcileJa } from "./locales/reconcile.ja.ts";
import { reconcileZh } from "./locales/reconcile.zh-CN.ts";
import type { ReconcileTexts } from "./reconcile-texts.ts";

const texts: { readonly [L in Language]: ReconcileTexts } = { "zh-CN": reconcileZh, en: reconcileEn, ja: reconcileJa };

/** The sentences of matching; fetched with its view. */
export function reconcileWords(language: Language): ReconcileTexts {
  return texts[language];
}
