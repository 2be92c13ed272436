import { createComputed, createMemo, createSignal, on } from "solid-js";
import type { ItemFilter, itemResults, ReconciliationItem } from "../../contract/reconciliation.ts";
import type { ReportChoices } from "../../contract/reports.ts";
import type { StoreId } from "../../domain/identifier.ts";
import { createLive } from "../live.ts";
import { reportClient } from "../reports/report-client.ts";
import type { BooksParts } from "./books-parts.ts";
import type { ItemName } from "../../contract/reconciliation.ts";
import { isSameItem, nameOf } from "./item-name.ts";
import { placeText, reconciliationPlace, type ReconciliationPlace } from "./reconciliation-place.ts";

const choicesRefreshMs = 600_000;
export type ResultChoice = Exclude<(typeof itemResults)[number], "all">;

export type ReconciliationState = ReturnType<typeof createReconciliationState>;

/** What one looks at in matching: the place from the address, the filters of its lists, and what a list shows now. */
export function createReconciliationState(parts: BooksParts) {
  const { office } = parts;
  const [account, setAccount] = createSignal<string>();
  const [till, setTill] = createSignal<string>();
  const [staff, setStaff] = createSignal<string>();
  const [result, setResult] = createSignal<ResultChoice>();
  const [type, setType] = createSignal<string>();
  const [query, setQuery] = createSignal("");
  let last: ItemName | null = null;
  // an item's page begins anew with another item alone
  const place = createMemo(() => reconciliationPlace(office.place().opened), undefined, { equals: isSame });
  const { clock } = office.browser;
  const choices = createLive<string, ReportChoices>(() => "choices", reportClient.choices, clock, choicesRefreshMs);
  const goTo = (next: ReconciliationPlace): void => office.open("reconciliation", placeText(next));
  whenListChanges(place, () => {
    setType(undefined);
    setResult(undefined);
    setQuery("");
  });
  const filter = createMemo(
    (): ItemFilter => filterOf({ account, till, staff, result, type, query }, place(), office.store()),
    {},
    { equals: isSame },
  );
  return {
    place,
    goTo,
    openItem(item: ItemName) {
      last = nameOf(item);
      goTo({ ...place(), item: last });
    },
    openCause: (cause: string): void => goTo({ ...place(), cause, item: null }),
    /** Whether one comes back from this item: the first to ask is told, once. */
    comesFrom(item: ItemName): boolean {
      const isLast = last !== null && isSameItem(last, item);
      if (isLast) last = null;
      return isLast;
    },
    account,
    setAccount,
    till,
    setTill,
    staff,
    setStaff,
    result,
    setResult,
    type,
    setType,
    query,
    setQuery,
    choices: choices.value,
    filter,
    ...createShown(),
  };
}

/** What the list that one came from shows. */
function createShown() {
  const [shown, setShown] = createSignal<readonly ReconciliationItem[]>([]);
  const [changes, setChanges] = createSignal(0);
  return {
    /** Its items, for going from one to the next. */
    shown,
    setShown,
    /** How often something was done about what it shows: it is read anew at each. */
    changes,
    changed: (): void => void setChanges((count) => count + 1),
  };
}

/** A kind that was chosen among everything open would leave nothing of a day. */
function whenListChanges(place: () => ReconciliationPlace, forget: () => void): void {
  // a memo: opening an item is another place too, and the list that one comes back to is the same
  const kind = createMemo(() => place().list.kind);
  createComputed(on(kind, forget, { defer: true }));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

type Chosen = {
  readonly account: () => string | undefined;
  readonly till: () => string | undefined;
  readonly staff: () => string | undefined;
  readonly result: () => ResultChoice | undefined;
  readonly type: () => string | undefined;
  readonly query: () => string;
};

const resultOfOpen = { breaks: "break", waiting: "waiting", mended: "mended" } as const;

/** What the list of this place is asked with: a day names its account, everything open its result. */
function filterOf(chosen: Chosen, { list, cause }: ReconciliationPlace, store: string | null): ItemFilter {
  const text = chosen.query().trim();
  const account = list.kind === "day" ? list.account : chosen.account();
  const result = list.kind === "open" ? resultOfOpen[list.open] : chosen.result();
  const given = {
    day: list.kind === "day" ? list.day : undefined,
    store: (store ?? undefined) as StoreId | undefined,
    account,
    till: chosen.till(),
    staff: chosen.staff(),
    result,
    class: chosen.type(),
    cause: cause ?? undefined,
    query: text === "" ? undefined : text,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
