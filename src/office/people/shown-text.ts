import { ruleSchema } from "../../contract/permissions.ts";
import type { ApprovalLine, OpenApproval } from "../../contract/approvals.ts";
import { askedWhy } from "../../i18n/asked-why.ts";
import { billWords } from "../../i18n/bill-words.ts";
import type { PermissionTexts } from "../../i18n/permission-texts.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { money } from "../../domain/money.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import type { Told } from "../../i18n/told.ts";
import { cashAccount } from "../../contract/item-classes.ts";
import type { BreakClass } from "../../domain/reconciliation/verdict.ts";
import type { Act } from "../../domain/staff.ts";
import { alertRuleText } from "../alerts/alert-text.ts";
import type { Office } from "../office.ts";
import { aloneText, sizeText } from "./size-text.ts";

/** What stands as the subject of a change of the alert rule, and of the minutes that clocks may differ by. */
const alertsChange = "alerts";
const windowChange = "window";

/** What the approver reads of a line: the office's own changes come as ids, everything else as it was written. */
export function shownText(
  office: Office,
  words: PermissionTexts,
  { act, shown, till }: Pick<OpenApproval, "act" | "shown" | "till">,
  { label, text, more, goods }: ApprovalLine,
): string {
  const [first] = goods ?? [];
  if (first !== undefined) return first[office.language()];
  if (label === "why" && till !== null) return askedWhy(office.language(), act, text) ?? text;
  if (label === "paidFrom") return paidFromText(office, text);
  if (label === "beyondBooks") return words.approve.beyondBooks;
  if (label === "account") return channelOf(office, text, more) ?? accountText(office, text);
  if (label === "difference") return differenceText(office, words, shown, text, more);
  if (act === "editStaff" && label === "after") return staffText(office, words, text);
  if (label === "what" && (act === "mend" || act === "writeOff" || act === "correctRate"))
    return mendedText(office, text);
  if (act === "correctRate" && (label === "before" || label === "after"))
    return shown.some((line) => line.label === "what" && line.text === windowChange)
      ? windowText(office, text)
      : rateText(office, text);
  if (act === "handInBill" && (label === "before" || label === "after")) return rowsText(office, text);
  if (act === "replaceKeys") return accountText(office, text);
  if (act !== "editPermissions") return text;
  if (shown.some((line) => line.label === "what" && line.text === alertsChange)) {
    if (label === "what") return office.words().views.alertRules;
    return label === "after" ? alertRuleText(office, text) : text;
  }
  const [role = "", about = ""] = (shown.find((line) => line.label === "what")?.text ?? "").split("/", 2);
  const roles: Readonly<Record<string, string>> = words.role;
  const acts: Readonly<Record<string, string>> = words.act;
  if (label === "what") return `${roles[role] ?? role} · ${acts[about] ?? about}`;
  return label === "after" ? ruleText(office, words, about as Act, text) : text;
}

/** What stands below a line: further goods, in the page's language. Of one break, that it is one goes without saying. */
export function moreText(office: Office, { label, text, more, goods }: ApprovalLine): string | undefined {
  if (label === "difference" || (label === "what" && more === "1")) return undefined;
  if (label === "what" && more !== undefined && isMendedWith(office, text))
    return permissionWords(office.language()).approve.together(Number(more));
  // the id below the channel's word
  if (label === "account" && more !== undefined) return text;
  if (goods === undefined || more === undefined) return more;
  const names = goods.slice(1).map((each) => each[office.language()]);
  return [...names, ...(more.endsWith("…") ? ["…"] : [])].join(" · ");
}

/** Whether a line says how breaks are mended, and so how many beside it. */
function isMendedWith(office: Office, text: string): boolean {
  return Object.hasOwn(mendWords(office.language()).actions, text);
}

/** An account's channel in the page's words, or that of cash; null where it has none. */
function channelOf(office: Office, account: string, channel: string | undefined): string | null {
  if (account === cashAccount) return office.words().views.cash;
  const known: Readonly<Record<string, string | undefined>> = office.words().channel;
  return known[channel ?? ""] ?? null;
}

/** Which kind of difference, in the words of its own page, and whether money is over or short. */
function differenceText(
  office: Office,
  { approve }: PermissionTexts,
  shown: readonly ApprovalLine[],
  type: string,
  sign: string | undefined,
): string {
  const { breaks, channelWithoutName } = reconcileWords(office.language());
  const account = shown.find(({ label }) => label === "account");
  const channel = channelOf(office, account?.text ?? "", account?.more) ?? channelWithoutName;
  const told = breaks[type as BreakClass] as ((channel: string) => { readonly mark: string }) | undefined;
  const over = sign === "over" ? approve.over : sign === "short" ? approve.short : "";
  return [told?.(channel).mark ?? type, over].filter((part) => part !== "").join(" · ");
}

/** How a difference is to be mended, in the words of the button that proposed it. */
export function mendedText(office: Office, text: string): string {
  const words = mendWords(office.language());
  if (text === "unpair") return words.pairing.unpair.title;
  if (text === windowChange) return billWords(office.language()).window.title;
  const actions: Readonly<Record<string, Told | undefined>> = words.actions;
  return actions[text]?.title ?? text;
}

/** Where the money of a refund that was paid otherwise came from. */
function paidFromText(office: Office, text: string): string {
  const from: Readonly<Record<string, string | undefined>> = mendWords(office.language()).from;
  return from[text] ?? text;
}

/** A merchant's account with its app and the fingerprint of its key; the account comes as its id. */
function accountText(office: Office, text: string): string {
  const { wechat, alipay } = office.words().channel;
  return text.replace(/^wechat-pay-/u, `${wechat} `).replace(/^alipay-/u, `${alipay} `);
}

/** What a bill's rows come to: how many, and their sum. */
function rowsText(office: Office, text: string): string {
  const [rows = "0", amount = "0"] = text.split(" ", 2);
  const sum = office.formats().money(money(Number(amount), "CNY"));
  return `${sum} · ${billWords(office.language()).shown.times(Number(rows))}`;
}

/** A rate, its day, and what becomes of the fee of a refund, which comes as a word of the gateway's. */
function rateText(office: Office, text: string): string {
  const { rates } = billWords(office.language());
  const words: Readonly<Record<string, string>> = { refunds: rates.refunds, keeps: rates.keeps };
  return text
    .split(" · ")
    .map((part) => words[part] ?? part)
    .join(" · ");
}

function windowText(office: Office, text: string): string {
  const [account = "", near = "", pair = ""] = text.split(" ");
  return billWords(office.language()).window.told(account, near, pair);
}

function staffText(office: Office, words: PermissionTexts, text: string): string {
  const deeds: Readonly<Record<string, string>> = {
    "deed:pins": words.staff.newPin,
    "deed:leavings": words.staff.leave,
    "deed:removals": words.staff.removeAccess,
    "deed:invitations": words.staff.invite,
  };
  if (text === "") return words.staff.noRole;
  const roles: Readonly<Record<string, string>> = words.role;
  return (
    deeds[text] ??
    text
      .split(", ")
      .map((each) => {
        const [store = "", role = ""] = each.split("=", 2);
        return `${office.storeName(store)}: ${roles[role] ?? role}`;
      })
      .join(", ")
  );
}

function ruleText(office: Office, words: PermissionTexts, act: Act, text: string): string {
  if (text === "null") return words.rule.backToUsual;
  const parsed = ruleSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return text;
  const { upTo, alone } = parsed.data;
  const limit = typeof upTo === "number" ? words.rule.upTo(sizeText(office, act, upTo)) : words.rule[upTo];
  return alone === null ? limit : `${limit} · ${aloneText(office, act, alone)}`;
}
