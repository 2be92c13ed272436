import { cashWords } from "../../i18n/cash-words.ts";
import { billWords } from "../../i18n/bill-words.ts";
import { closeWords } from "../../i18n/close-words.ts";
import { permissionWords } from "../../i18n/permission-words.ts";
import { setupWords } from "../../i18n/setup-words.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { clockOf } from "../clock-of.ts";
import type { Office } from "../office.ts";

type Words = Readonly<Record<string, string>>;
type Told = (value: unknown, office: Office) => string;

/**
 * What a member of an entry says where a bare figure, or a word of the gateway's, would say nothing: money with what it is, counts with
 * their noun, switches by what they mean. Null where it says it like any other.
 */
export function memberText(office: Office, entry: string, name: string, value: unknown): string | null {
  return (told[`${entry}.${name}`] ?? null)?.(value, office) ?? null;
}

/** Smallest units of `currency` as money; entries of earlier builds have none at times. */
export function moneyText(office: Office, amount: unknown, currency?: unknown): string {
  const of = typeof currency === "string" && currency !== "" ? currency : "CNY";
  return office.formats().money(money(Number(amount), of as CurrencyCode));
}

const held = (office: Office) => permissionWords(office.language()).audit.held;
const lines: Told = (value, office) => held(office).lines(Number(value));
const fresh: Told = (value, office) => held(office).fresh(Number(value));
const kind: Told = (value, office) => word(billWords(office.language()).kinds, value);

const told: { readonly [Member in string]?: Told } = {
  "safeCounted.counted": (value, office) => `${cashWords(office.language()).count.counted} ${moneyText(office, value)}`,
  "safeCounted.expected": (value, office) =>
    `${cashWords(office.language()).count.expected} ${moneyText(office, value)}`,
  "safeCounted.opening": (value, office) => `${held(office).opening} ${moneyText(office, value)}`,
  "drawerRecounted.counted": (value, office) => moneyText(office, value),
  "cashHandedOver.inDrawer": (value, office) => held(office).inDrawer(moneyText(office, value)),
  "statementHandedIn.lines": lines,
  "statementHandedIn.fresh": fresh,
  "statementTakenBack.lines": lines,
  // as statements and bills were once written
  "billHandedIn.lines": lines,
  "billHandedIn.fresh": fresh,
  "billHandedIn.kind": kind,
  // its subject says whose it is
  "billHandedIn.account": () => "",
  "productsTaken.added": (value, office) => setupWords(office.language()).list.added(Number(value)),
  "productsTaken.changed": (value, office) => setupWords(office.language()).list.changed(Number(value)),
  "productsTaken.same": (value, office) => setupWords(office.language()).list.same(Number(value)),
  "accountKept.keysReplaced": (value, office) => (value === true ? held(office).replaced : ""),
  "storeAdded.taxMode": (value, office) => word(setupWords(office.language()).store.taxMode, value),
  "storeAdded.cutMinute": (value, office) => `${setupWords(office.language()).store.cut} ${clockOf(Number(value))}`,
  "webhookChanged.removed": (_, office) => held(office).removed,
  "webhookChanged.secret": (_, office) => held(office).newSecret,
  "webhookChanged.active": (value, office) => (value === true ? held(office).active : held(office).paused),
  "apiKeyChanged.revoked": (_, office) => held(office).revoked,
  "signInRefused.why": (value, office) => word(held(office).refused, value),
  "rateCorrected.rate": (value) => `${Number(value) / 10_000}%`,
  "rateCorrected.givesBack": (value, office) => {
    const { rates } = billWords(office.language());
    return `${rates.givesBack} ${value === true ? rates.refunds : rates.keeps}`;
  },
  "windowChanged.nearMinutes": (value, office) => `${billWords(office.language()).window.near} ${String(value)}`,
  "windowChanged.pairMinutes": (value, office) => `${billWords(office.language()).window.pair} ${String(value)}`,
  // the subject says it
  "accountMapped.pattern": () => "",
  "accountMapped.asks": (value, office) => {
    const { dimension } = closeWords(office.language()).mapped;
    return Array.isArray(value) ? value.map((each) => word(dimension, each)).join(", ") : "";
  },
};

function word(words: Words, value: unknown): string {
  const text = String(value);
  return words[text] ?? text;
}
