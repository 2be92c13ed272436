import { createEffect, createSignal } from "solid-js";
import { createStore } from "solid-js/store";
import type { AccountMap, MappedAccountBody } from "../../contract/accounting.ts";
import type { NamedThings } from "../../contract/named-things.ts";
import { codeLengthMax, codePattern, dimensions, type Dimension } from "../../domain/accounting/account-map.ts";
import type { Office } from "../office.ts";
import { closeClient } from "./close-client.ts";

export type MapState = ReturnType<typeof createMapState>;

const empty = { code: "", name: "", asks: [] as Dimension[], department: "", customer: "", cashFlow: "" };

/** The map as it is typed in: a line for each kind of account that is used, and for single accounts that are listed. */
export function createMapState(office: Office, map: () => AccountMap, refresh: () => void) {
  const [rows, setRows] = createStore<MappedAccountBody[]>([]);
  const [removed, setRemoved] = createSignal<readonly string[]>([]);
  const [told, setTold] = createSignal<"saved" | "failed" | "changed" | "wrongCode" | null>(null);
  let isSaving = false;
  createEffect(() => setRows(rowsOf(map())));
  const type = (pattern: string, change: Partial<MappedAccountBody>): void => {
    setTold(null);
    setRows((row) => row.pattern === pattern, change);
  };
  return {
    rows,
    names: (): NamedThings => map().names,
    told,
    type,
    /** Turns what an account asks for on and off; what it no longer asks for it does not carry. */
    ask(row: MappedAccountBody, dimension: Dimension) {
      const isOn = row.asks.includes(dimension);
      const asks = dimensions.filter((each) => row.asks.includes(each) !== (each === dimension));
      type(row.pattern, { asks, ...(isOn ? { [dimension]: "" } : {}) });
    },
    /** Single accounts that are used and go by their kind. */
    listable: (): readonly string[] =>
      map().used.filter((account) => account.includes("/") && !rows.some(({ pattern }) => pattern === account)),
    list(account: string) {
      const kind = rows.find(({ pattern }) => pattern === account.split("/")[0]) ?? empty;
      const own = { ...kind, asks: [...kind.asks], pattern: account };
      setRows([...rows, own].toSorted(byPattern));
      setRemoved(removed().filter((each) => each !== account));
    },
    remove(account: string) {
      setRows(rows.filter(({ pattern }) => pattern !== account));
      setRemoved([...removed(), account]);
    },
    suggest() {
      setTold(null);
      setRows(withUsual(rows, map()));
    },
    ...standing(rows, map),
    async save(): Promise<void> {
      if (isSaving) return;
      if (rows.some((row) => !isCode(row.code))) return void setTold("wrongCode");
      isSaving = true;
      const answer = await closeClient.keepMap(map().version, filledOf(rows, map()), removed());
      isSaving = false;
      if (!answer.ok && answer.refusal === "signedOut") office.setSession(null);
      setTold(answer.ok ? "saved" : answer.refusal === "taken" ? "changed" : "failed");
      if (!answer.ok) return;
      setRemoved([]);
      refresh();
    },
  };
}

/** What the lines still need, and whether they are kept as they stand. */
function standing(rows: readonly MappedAccountBody[], map: () => AccountMap) {
  return {
    /** Accounts whose line misses something, or has a code that none can be. */
    lacking: (): readonly string[] =>
      rows.filter((row) => missingOf(row).length > 0 || !isCode(row.code)).map(({ pattern }) => pattern),
    missing: (): number => rows.reduce((sum, row) => sum + missingOf(row).length, 0),
    isFaulty: (): boolean => rows.some((row) => !isCode(row.code)),
    isSaved: (): boolean => isSame(map(), filledOf(rows, map())),
  };
}

/** Whether `code` is one that the accounting system may have; an empty one is still to come. */
export function isCode(code: string): boolean {
  const text = code.trim();
  return text.length <= codeLengthMax && codePattern.test(text);
}

/** Every usual account filled in where no code stands: of kinds that the books will use as well, so that none blocks a file later. */
export function withUsual(rows: readonly MappedAccountBody[], map: AccountMap): MappedAccountBody[] {
  const filled = rows.map((row) => (row.code.trim() === "" ? { ...row, ...usual(map, row.pattern) } : row));
  const fresh = map.suggested.general.filter(({ pattern }) => !rows.some((row) => row.pattern === pattern));
  return [...filled, ...fresh.map((row) => ({ ...row, asks: [...row.asks] }))].toSorted(byPattern);
}

/** What would be kept of these lines. */
function filledOf(rows: readonly MappedAccountBody[], map: AccountMap): MappedAccountBody[] {
  return rows.map(trimmed).filter((row) => row.code !== "" || isKept(map, row.pattern));
}

function isSame(map: AccountMap, rows: readonly MappedAccountBody[]): boolean {
  return JSON.stringify(map.accounts.map(trimmed).toSorted(byPattern)) === JSON.stringify(rows.toSorted(byPattern));
}

/** What a line still needs before anything of it can be exported. */
function missingOf(row: MappedAccountBody): readonly ("account" | Dimension)[] {
  const asked = row.asks.filter((dimension) => row[dimension].trim() === "");
  return row.code.trim() === "" ? ["account", ...asked] : asked;
}

function trimmed(row: MappedAccountBody): MappedAccountBody {
  const text = (value: string): string => value.trim();
  return {
    pattern: row.pattern,
    code: text(row.code),
    name: text(row.name),
    asks: [...row.asks],
    department: text(row.department),
    customer: text(row.customer),
    cashFlow: text(row.cashFlow),
  };
}

function isKept(map: AccountMap, pattern: string): boolean {
  return map.accounts.some((each) => each.pattern === pattern);
}

/** What is mapped, and every kind of account that is used and is not. */
function rowsOf(map: AccountMap): MappedAccountBody[] {
  const kinds = new Set(
    map.unmapped.filter(({ missing }) => missing === "account").map(({ account }) => account.split("/")[0] ?? account),
  );
  const fresh = [...kinds].filter((pattern) => !isKept(map, pattern)).map((pattern) => ({ ...empty, pattern }));
  return [...map.accounts, ...fresh].toSorted(byPattern).map((row) => ({ ...row, asks: [...row.asks] }));
}

function byPattern(a: { readonly pattern: string }, b: { readonly pattern: string }): number {
  return a.pattern < b.pattern ? -1 : 1;
}

function usual(map: AccountMap, pattern: string): Partial<MappedAccountBody> {
  const found = map.suggested.general.find((row) => row.pattern === pattern);
  return found === undefined ? {} : { code: found.code, name: found.name };
}
