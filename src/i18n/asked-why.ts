import type { AskedWhy } from "../domain/asked-why.ts";
import type { Language } from "../domain/item.ts";
import { priceEn } from "./locales/price.en.ts";
import { priceJa } from "./locales/price.ja.ts";
import { priceZh } from "./locales/price.zh-CN.ts";
import { returnEn } from "./locales/return.en.ts";
import { returnJa } from "./locales/return.ja.ts";
import { returnZh } from "./locales/return.zh-CN.ts";
import { shiftEn } from "./locales/shift.en.ts";
import { shiftJa } from "./locales/shift.ja.ts";
import { shiftZhCN } from "./locales/shift.zh-CN.ts";

const texts = {
  "zh-CN": { price: priceZh, back: returnZh, shift: shiftZhCN },
  en: { price: priceEn, back: returnEn, shift: shiftEn },
  ja: { price: priceJa, back: returnJa, shift: shiftJa },
} as const;

/** The reason that was chosen at a till for `act`, in the words it was chosen by there; null for what is no such reason. */
export function askedWhy(language: Language, act: string, why: string): string | null {
  const { price, back, shift } = texts[language];
  const of: { readonly [A in string]?: { readonly [W in AskedWhy]?: string } } = {
    paidIn: shift.reasons.paidIn,
    paidOut: shift.reasons.paidOut,
    openDrawer: shift.drawerReason,
    overridePrice: price.reasons,
    return: back.pick.reasons,
  };
  return (of[act] as Readonly<Record<string, string>> | undefined)?.[why] ?? null;
}
