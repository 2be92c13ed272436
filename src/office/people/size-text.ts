import { money } from "../../domain/money.ts";
import { withoutSize, type Rule } from "../../domain/permissions.ts";
import type { Act } from "../../domain/staff.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import type { Office } from "../office.ts";

/** Acts whose size is how deep a price falls, in basis points. */
const inPercent: ReadonlySet<Act> = new Set<Act>(["discount", "overridePrice"]);

/** A size in the act's own unit: 10 %, ¥500.00. */
export function sizeText(office: Office, act: Act, size: number): string {
  if (inPercent.has(act)) return `${size / 100}%`;
  return office.formats().money(money(size, "CNY")).replace(/\.00$/, "");
}

/** The unit a size is typed in, and how many smallest units it has. */
export function unitOf(act: Act): { readonly sign: string; readonly perUnit: number } {
  return inPercent.has(act) ? { sign: "%", perUnit: 100 } : { sign: "¥", perUnit: 100 };
}

/** How far one goes alone: how much each time, where the act has a size, and how often. */
export function aloneText(office: Office, act: Act, { each, times }: NonNullable<Rule["alone"]>): string {
  const words = permissionWords(office.language()).rule;
  return withoutSize.has(act) ? words.aloneTimes(times) : words.alone(sizeText(office, act, each), times);
}
