import type { Random } from "../domain/clock.ts";
import { createMemo, createSignal, untrack } from "solid-js";
import type { OfficeFilter, OfficeSession, OfficeStore } from "../contract/office.ts";
import type { OfficeException } from "../contract/office-exceptions.ts";
import type { Act } from "../domain/staff.ts";
import type { Language } from "../domain/item.ts";
import { formatsOf, type Formats } from "../i18n/locale.ts";
import { officeEn } from "../i18n/locales/office.en.ts";
import { officeJa } from "../i18n/locales/office.ja.ts";
import { officeZhCN } from "../i18n/locales/office.zh-CN.ts";
import type { OfficeView, OfficeWords } from "../i18n/office-words.ts";
import type { PageClock } from "./live.ts";
import type { OfficeClient } from "./office-client.ts";

export const officeLanguages: { readonly [L in Language]: OfficeWords } = {
  "zh-CN": officeZhCN,
  en: officeEn,
  ja: officeJa,
};
export const officeViews: readonly OfficeView[] = [
  "sales",
  "payments",
  "reconciliation",
  "bills",
  "settlement",
  "cash",
  "ledger",
  "close",
  "reports",
  "tills",
  "setup",
  "exceptions",
  "approvals",
  "alone",
  "staff",
  "permissions",
  "alerts",
  "alertRules",
  "api",
  "webhooks",
  "audit",
  "me",
];
/** Views that stand under another one's name, or elsewhere. */
const notInNavigation: readonly OfficeView[] = [
  "setup",
  "alone",
  "permissions",
  "alerts",
  "alertRules",
  "webhooks",
  "me",
];
/** What one must be allowed to do to have a view, or one of it; the others are everybody's. */
const actOfView: { readonly [V in OfficeView]?: Act | readonly Act[] } = {
  sales: "seeFigures",
  payments: "seeFigures",
  reconciliation: "seeFigures",
  bills: "seeFigures",
  settlement: "seeFigures",
  cash: ["seeFigures", "countSafe"],
  ledger: "seeFigures",
  close: "seeFigures",
  reports: "seeFigures",
  tills: "seeFigures",
  setup: "editProducts",
  exceptions: "seeFigures",
  alone: "reviewAlone",
  staff: "editStaff",
  permissions: "editPermissions",
  alerts: "seeFigures",
  alertRules: "editPermissions",
  api: "editApiKeys",
  webhooks: "editApiKeys",
  audit: "seeAudit",
};
export type Theme = "system" | "light" | "dark";

/** Where one is: the view, and what is opened in it (a sale, a payment, a day/account). Kept in the address, so that Back works. */
export type Place = { readonly view: OfficeView; readonly opened: string | null };
/** What the page has of its browser; real in `main.tsx`. */
export type OfficeBrowser = {
  readonly clock: PageClock;
  readonly languages: readonly string[];
  readonly random: Random;
  /** A small thing remembered on this machine: the language, the theme. */
  remembered(name: "language" | "theme"): string | null;
  remember(name: "language" | "theme", value: string): void;
  /** Something of this tab alone, which a reload does not lose: the chosen store, a count that was begun. */
  kept(name: string): string | null;
  /** Null drops it. */
  keep(name: string, value: string | null): void;
  readonly place: () => string;
  goTo(hash: string): void;
  copy(text: string): Promise<boolean>;
  /** Opens the browser's own dialogue; over when it is closed. */
  print(): void;
  /** Whether this page's host is a name, to which passkeys can be bound, and no IP address. */
  readonly hasHostName: boolean;
};

/** Lists are asked for this often, the session this often. */
export const refreshMs = 4_000;
export const sessionMs = 60_000;
/** What the bills leave open changes with a bill, not with a sale. */
export const breaksMs = 15_000;

export type Office = ReturnType<typeof createOffice>;

/** Under which the chosen store is kept. */
const storeKept = "store";

/** What the whole page shares: who is signed in, language, where one is, what one looks for. */
export function createOffice(client: OfficeClient, browser: OfficeBrowser) {
  const [language, setLanguage] = createSignal(firstLanguage(browser));
  const [theme, setTheme] = createSignal((browser.remembered("theme") ?? "system") as Theme);
  const [session, setSession] = createSignal<OfficeSession | null | undefined>();
  const [wasSignedIn, setWasSignedIn] = createSignal(false);
  const words = (): OfficeWords => officeLanguages[language()];
  const formats = createMemo((): Formats => formatsOf(language()));
  const stores = (): readonly OfficeStore[] => session()?.stores ?? [];
  const storeOf = (id: string): OfficeStore | undefined => stores().find((each) => each.id === id);

  return {
    client,
    browser,
    language,
    setLanguage(next: Language) {
      browser.remember("language", next);
      setLanguage(next);
    },
    theme,
    setTheme(next: Theme) {
      browser.remember("theme", next);
      setTheme(next);
    },
    words,
    formats,
    /** Undefined until the gateway has said; null when nobody is signed in. */
    session,
    wasSignedIn,
    setSession(next: OfficeSession | null) {
      // read without following: an effect that ends the session must not run again when one begins
      if (next !== null || untrack(session)) setWasSignedIn(next === null);
      setSession(next);
    },
    /** Signed out by the owner's own wish: nothing has expired. */
    leave() {
      setSession(null);
    },
    /** The views that stand in the navigation of whoever is signed in. */
    views: (): readonly OfficeView[] =>
      officeViews.filter((view) => isInNavigation(view, stores()) && maySee(session(), view)),
    maySee: (view: OfficeView) => maySee(session(), view),
    may: (act: Act) => session()?.acts.includes(act) === true,
    shown: (): OfficeView => viewShown(session(), browser.place()),
    /** Whether the address names a view that is not for whoever is signed in. */
    isForbidden: (): boolean => isForbidden(session(), browser.place()),
    stores,
    storeName: (id: string) => storeOf(id)?.name ?? id,
    zoneOf: (id: string) => storeOf(id)?.zone ?? "UTC",
    place: createMemo(() => placeIn(browser.place())),
    open: (view: OfficeView, opened: string | null = null) =>
      browser.goTo(opened === null ? `#${view}` : `#${view}/${opened}`),
    /** One step up: from an item to the list that it was opened in, from anything else to the view. */
    close: () => {
      const { view, opened } = placeIn(browser.place());
      const item = opened?.lastIndexOf("/item/") ?? -1;
      browser.goTo(opened === null || item === -1 ? `#${view}` : `#${view}/${opened.slice(0, item)}`);
    },
    ...createFilter(stores, () => session()?.isEverywhere !== false, browser),
  };
}

/** What one looks for, shared by the lists. Today moves on with the stores' business date. */
function createFilter(
  stores: () => readonly OfficeStore[],
  isEverywhere: () => boolean,
  { kept, keep }: Pick<OfficeBrowser, "kept" | "keep">,
) {
  const [wanted, setWanted] = createSignal<string | null>(kept(storeKept));
  // whoever signs in next may not see the store that was chosen before
  const chosen = (): string | undefined => stores().find(({ id }) => id === wanted())?.id;
  const store = (): string | null => chosen() ?? (isEverywhere() ? null : (stores()[0]?.id ?? null));
  const [chosenDate, setChosenDate] = createSignal<string | null>(null);
  const [query, setQuery] = createSignal("");
  const today = (): string => (stores().find(({ id }) => id === store()) ?? stores()[0])?.today ?? "";
  const date = (): string => chosenDate() ?? today();
  return {
    store,
    setStore(next: string | null) {
      keep(storeKept, next);
      setWanted(next);
    },
    today,
    date,
    setDate: (next: string) => setChosenDate(next === "" || next === today() ? null : next),
    query,
    setQuery,
    /** What the lists are asked with; null before the session is known. A search looks in every date. */
    filter: createMemo(
      (): OfficeFilter | null => {
        if (today() === "") return null;
        const text = query().trim();
        const ofStore = store() === null ? {} : { store: store() };
        return { ...ofStore, ...(text === "" ? { date: date() } : { query: text }) } as OfficeFilter;
      },
      null,
      { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
    ),
  };
}

/** Whether an exception's subject is a payment, a sale, or neither. */
export function subjectOf(exception: Pick<OfficeException, "kind">): "payment" | "sale" | null {
  switch (exception.kind) {
    case "lateCapture":
    case "captureOnCompletedSale":
    case "reversalStuck":
    case "tenderWithoutCapture":
      return "payment";
    case "saleLeftOpen":
    case "reductionUnapproved":
    case "cashOutUnapproved":
      return "sale";
    default:
      return null;
  }
}

function maySee(session: OfficeSession | null | undefined, view: OfficeView): boolean {
  const act = actOfView[view];
  return act === undefined || [act].flat().some((each) => session?.acts.includes(each) === true);
}

/** Setting up stands beside the tills, and by itself while there is nothing else. */
function isInNavigation(view: OfficeView, stores: readonly OfficeStore[]): boolean {
  return !notInNavigation.includes(view) || (view === "setup" && stores.length === 0);
}

/** The view that an address stands for: a shop without any store yet shows how to set it up, one that names none what one may see. */
function viewShown(session: OfficeSession | null | undefined, hash: string): OfficeView {
  const { view } = placeIn(hash);
  if (maySee(session, view) || isForbidden(session, hash)) return view;
  return session?.stores.length === 0 && maySee(session, "setup") ? "setup" : "me";
}

function isForbidden(session: OfficeSession | null | undefined, hash: string): boolean {
  const named = viewNamed(hash);
  return named !== undefined && session !== null && session?.stores.length !== 0 && !maySee(session, named);
}

function viewNamed(hash: string): OfficeView | undefined {
  const [view] = hash.replace(/^#/, "").split("/", 1);
  return officeViews.find((each) => each === view);
}

function placeIn(hash: string): Place {
  const rest = hash.split("/").slice(1);
  const opened = rest.length === 0 ? undefined : rest.join("/");
  const known = viewNamed(hash);
  return { view: known ?? "sales", opened: known === undefined || opened === undefined ? null : opened };
}

function firstLanguage(browser: OfficeBrowser): Language {
  const known = Object.keys(officeLanguages) as Language[];
  const wanted = [browser.remembered("language") ?? "", ...browser.languages];
  const found = wanted.flatMap((each) => known.filter((own) => each !== "" && each.startsWith(own.slice(0, 2))));
  return found[0] ?? "zh-CN";
}
