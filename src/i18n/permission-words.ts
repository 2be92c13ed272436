import type { Language } from "../domain/item.ts";
import { permissionEn } from "./locales/permission.en.ts";
import { permissionJa } from "./locales/permission.ja.ts";
import { permissionZh } from "./locales/permission.zh-CN.ts";
import type { PermissionTexts } from "./permission-texts.ts";

const texts: { readonly [L in Language]: PermissionTexts } = {
  "zh-CN": permissionZh,
  en: permissionEn,
  ja: permissionJa,
};

/** The sentences about people and what they may do; fetched with their views. */
export function permissionWords(language: Language): PermissionTexts {
  return texts[language];
}
