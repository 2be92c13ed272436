import type { AuditRow } from "../../contract/audit.ts";
import type { Act } from "../../domain/staff.ts";
import { closeWords } from "../../i18n/close-words.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import type { Told as Words } from "../../i18n/told.ts";
import { outsideWords } from "../../i18n/outside-words.ts";
import type { PermissionTexts } from "../../i18n/permission-texts.ts";
import type { Office } from "../office.ts";
import { alertRuleText } from "../alerts/alert-text.ts";
import { memberText, moneyText } from "./member-text.ts";
import { mendedText } from "./shown-text.ts";
import { aloneText, sizeText } from "./size-text.ts";

type Told = Pick<AuditRow, "act" | "subject" | "before" | "after"> & Partial<Pick<AuditRow, "action">>;
type Value = Readonly<Record<string, unknown>>;
type Reader = {
  readonly office: Office;
  readonly words: PermissionTexts;
  readonly act: Act;
  readonly nameOf: (id: string) => string;
  /** Of an approval of mending: by which action; the permission it goes by says less. */
  readonly action: string | null;
  /** What the entry is about: some members mean something in one kind of entry alone. */
  readonly entry: string;
};

/** What an entry changed, in one line: before → after, member by member, in the page's words where it has them. */
export function changeText(
  office: Office,
  { act, subject, before, after, action }: Told,
  words: PermissionTexts,
  nameOf: (id: string) => string,
): string {
  const [was, is] = [membersOf(before), membersOf(after)];
  if (act === "dayClosed") return leftOpenText(office, is);
  if (act === "alertRuleChanged") return alertRuleChange(office, before, after);
  const about = act === "permissionChanged" ? (subject.split("/", 2)[1] ?? "") : String(is["act"] ?? "");
  const reader: Reader = { office, words, act: about as Act, nameOf, action: action ?? null, entry: act };
  if (isTold.has(act)) return toldText({ ...was, ...is }, reader);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => name === "name" || !isOldBank(act, subject))
    .flatMap((name) => {
      const [from, to] = [shown(name, was[name], reader), shown(name, is[name], reader)];
      if (from === to) return [];
      if (before === null || before === undefined) return [to];
      return [`${from === "" ? "—" : from} → ${to === "" ? "—" : to}`];
    })
    .filter((text) => text !== "")
    .join(" · ");
}

/** Entries whose `before` is what it was done to, not what it was instead. */
const isTold: ReadonlySet<string> = new Set(["mended", "mendingUndone", "depositTakenBack", "statementTakenBack"]);

function toldText({ currency, ...members }: Value, reader: Reader): string {
  return Object.entries(members)
    .map(([name, value]) =>
      name === "amount" ? moneyText(reader.office, value, currency) : shown(name, value, reader),
    )
    .filter((text) => text !== "")
    .join(" · ");
}

/** What was agreed to at a till: its size stands there where no amount does, and is nought where the act has none. */
const isAtTill: ReadonlySet<string> = new Set(["tillApproved", "doneAlone"]);

/** A bank account was once written as a bill, with all that was known of it before. */
export function isOldBank(act: string, subject: string): boolean {
  return act === "billHandedIn" && subject.startsWith("bank/");
}

function alertRuleChange(office: Office, before: unknown, after: unknown): string {
  const text = (rule: unknown): string => alertRuleText(office, JSON.stringify(rule ?? null));
  return before === null || before === undefined ? text(after) : `${text(before)} → ${text(after)}`;
}

/** What a day was closed over, in the words of its page. */
function leftOpenText(office: Office, left: Value): string {
  const words: Readonly<Record<string, ((count: number) => string) | undefined>> = closeWords(
    office.language(),
  ).leftOpen;
  return Object.entries(left)
    .flatMap(([what, count]) => (Number(count) > 0 ? [words[what]?.(Number(count)) ?? ""] : []))
    .filter((text) => text !== "")
    .join(" · ");
}

function membersOf(value: unknown): Value {
  if (value === null || value === undefined) return {};
  return typeof value === "object" ? (value as Value) : { value };
}

function shown(name: string, value: unknown, reader: Reader): string {
  const { words, nameOf } = reader;
  if (value === null || value === undefined) return "";
  const own = memberText(reader.office, reader.entry, name, value);
  if (own !== null) return own;
  if (name === "upTo") return limitText(value, reader);
  if (name === "alone") return aloneChange(value, reader);
  if (name === "size" && Number(value) > 0 && isAtTill.has(reader.entry))
    return sizeText(reader.office, reader.act, Number(value));
  // the amount says it where there is one
  if (name === "size") return "";
  if (name === "amount") return sizeText(reader.office, "return", Number(value));
  if (typeof value === "object") return valuesOf(value as Value, reader);
  const text = String(value);
  if (reader.entry === "mended" && (name === "action" || name === "state"))
    return mendingText(reader.office, name, text);
  const roles: Readonly<Record<string, string>> = words.role;
  const acts: Readonly<Record<string, string>> = words.act;
  if (name === "act") return reader.action === null ? (acts[text] ?? text) : mendedText(reader.office, reader.action);
  if (reader.entry === "webhookChanged" || reader.entry === "apiKeyChanged") return outsideText(reader.office, text);
  if (name === "method")
    return text === "pin" ? "PIN" : ((words.me.by as Readonly<Record<string, string>>)[text] ?? text);
  return (name === "role" || name === "" ? roles[text] : undefined) ?? nameOf(text);
}

/** What another program is told of or may read; everything else as it was written. */
function outsideText(office: Office, text: string): string {
  const { hooks, keys } = outsideWords(office.language());
  return ({ ...hooks.event, ...keys.scope } as Readonly<Record<string, string>>)[text] ?? text;
}

/** How a difference was mended; that it was done goes without saying. */
function mendingText(office: Office, name: "action" | "state", text: string): string {
  const words = mendWords(office.language());
  if (name === "state") return text === "done" ? "" : words.nothingDone.replace(/[:：]\s*$/u, "");
  const actions: Readonly<Record<string, Words | undefined>> = words.actions;
  return actions[text]?.title ?? text;
}

/** Several of one kind are said once. */
function valuesOf(value: Value, reader: Reader): string {
  return [...new Set(Object.values(value).map((each) => shown("", each, reader)))].join(", ");
}

function limitText(value: unknown, { office, act, words }: Reader): string {
  if (value === "any") return words.rule.any;
  if (value === "never") return words.rule.never;
  return value === "refused" ? words.rule.refused : words.rule.upTo(sizeText(office, act, Number(value)));
}

function aloneChange(value: unknown, { office, act }: Reader): string {
  const { each, times } = value as { readonly each?: unknown; readonly times?: unknown };
  return aloneText(office, act, { each: Number(each), times: Number(times) });
}
