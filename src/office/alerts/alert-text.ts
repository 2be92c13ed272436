import { alertRule, type AlertRow } from "../../contract/alerts.ts";
import { money } from "../../domain/money.ts";
import type { PaymentChannel } from "../../domain/tender.ts";
import { alertWords } from "../../i18n/alert-words.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import type { Office } from "../office.ts";

/** What an alert tells of, in the words of its break. */
export function alertTitle(office: Office, { about, day }: AlertRow): string {
  if (about === null) return alertWords(office.language()).daySum(day);
  const words = reconcileWords(office.language());
  const channel = office.words().channel[about.channel as PaymentChannel] ?? words.channelWithoutName;
  return words.breaks[about.class](channel).mark;
}

/** Why it was made. */
export function alertReason(office: Office, { kind, threshold }: AlertRow): string {
  const { reason } = alertWords(office.language());
  if (kind === "age") return reason.age(threshold);
  return reason[kind](threshold === 0 ? "" : yuanText(office, threshold));
}

/** A rule in one line, as somebody reads it who is to agree to it; null: taken back. */
export function alertRuleText(office: Office, json: string): string {
  const { rule: words } = alertWords(office.language());
  const parsed = alertRule.safeParse({ people: [], ...(JSON.parse(json) as object | null) });
  if (!parsed.success) return words.back;
  const { breakFrom, dayFrom, ageDays, roles } = parsed.data;
  const { role } = permissionWords(office.language());
  const told = [
    breakFrom === 0 ? words.eachText : words.breakText(yuanText(office, breakFrom)),
    dayFrom === null ? "" : words.dayText(yuanText(office, dayFrom)),
    ageDays === null ? "" : words.ageText(ageDays),
    office.formats().list(roles.map((each) => role[each])),
  ];
  return told.filter((each) => each !== "").join(" · ");
}

function yuanText(office: Office, fen: number): string {
  return office.formats().money(money(fen, "CNY")).replace(/\.00$/, "");
}
