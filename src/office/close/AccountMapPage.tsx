import { createEffect, createSignal, For, Show } from "solid-js";
import { createStore } from "solid-js/store";
import type { AccountMap, MappedAccountBody } from "../../contract/accounting.ts";
import { codeLengthMax } from "../../domain/accounting/account-map.ts";
import { closeWords } from "../../i18n/close-words.ts";
import { ledgerAccount } from "../../i18n/ledger-accounts.ts";
import { ledgerWords } from "../../i18n/ledger-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { booksRefreshMs } from "../books/books-parts.ts";
import { LiveFrame } from "../books/LiveFrame.tsx";
import { createLive } from "../live.ts";
import type { Office } from "../office.ts";
import { closeClient } from "./close-client.ts";

const nameLengthMax = 60;
/** The map is typed in: it is not asked for again meanwhile. */
const mapRefreshMs = booksRefreshMs * 240;

/** Our accounts beside the accounting system's. */
export function AccountMapPage(props: { readonly office: Office }) {
  const { office } = props;
  const words = () => closeWords(office.language());
  const live = createLive<string, AccountMap>(
    () => "map",
    () => closeClient.map(),
    office.browser.clock,
    mapRefreshMs,
  );
  return (
    <>
      <header>
        <div>
          <h2>{words().map}</h2>
          <p class="soft">{words().mapNote}</p>
        </div>
        <div class="filters">
          <a class="plain to" href="#close">
            <Icon name="back" />
            {words().back}
          </a>
        </div>
      </header>
      <section class="list">
        <LiveFrame office={office} live={live}>
          {(map) => <MapForm office={office} map={map()} />}
        </LiveFrame>
      </section>
    </>
  );
}

function MapForm(props: { readonly office: Office; readonly map: AccountMap }) {
  const { office } = props;
  const words = () => closeWords(office.language());
  const [rows, setRows] = createStore<MappedAccountBody[]>([]);
  const [told, setTold] = createSignal<{ readonly isFault: boolean; readonly text: string } | null>(null);
  createEffect(() => setRows(rowsOf(props.map)));
  const suggest = (): void => {
    setRows(rows.map((row) => (row.code === "" ? { ...row, ...usual(props.map, row.pattern) } : row)));
  };
  const save = async (): Promise<void> => {
    if (rows.some(({ code }) => code.trim() === "")) return void setTold({ isFault: true, text: words().wrongMap });
    const answer = await closeClient.keepMap(
      rows.map((row) => ({ ...row, code: row.code.trim(), name: row.name.trim() })),
    );
    if (!answer.ok && answer.refusal === "signedOut") office.setSession(null);
    setTold(answer.ok ? { isFault: false, text: words().saved } : { isFault: true, text: words().wrongMap });
  };
  return (
    <form
      class="scroll map-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <MapTable office={office} rows={rows} type={(nth, change) => setRows(nth, change)} />
      <div class="buttons">
        <button class="go" type="submit" data-testid="map-save">
          {words().save}
        </button>
        <button class="plain" type="button" data-testid="map-suggest" onClick={suggest}>
          {words().suggest}
        </button>
        <Show when={told()}>
          {(of) => (
            <p role="status" classList={{ fault: of().isFault }} data-testid="map-told">
              {of().text}
            </p>
          )}
        </Show>
      </div>
    </form>
  );
}

function MapTable(props: {
  readonly office: Office;
  readonly rows: readonly MappedAccountBody[];
  readonly type: (nth: number, change: Partial<MappedAccountBody>) => void;
}) {
  const words = () => closeWords(props.office.language()).mapped;
  return (
    <table class="books-table" data-testid="map-table">
      <thead>
        <tr>
          <th>{words().account}</th>
          <th>{words().code}</th>
          <th>{words().name}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row, nth) => (
            <tr>
              <td>{accountName(props.office, row.pattern)}</td>
              <td>
                <input
                  class="num"
                  aria-label={`${words().code} ${accountName(props.office, row.pattern)}`}
                  maxLength={codeLengthMax}
                  value={row.code}
                  onInput={(event) => props.type(nth(), { code: event.currentTarget.value })}
                />
              </td>
              <td>
                <input
                  aria-label={`${words().name} ${accountName(props.office, row.pattern)}`}
                  maxLength={nameLengthMax}
                  value={row.name}
                  onInput={(event) => props.type(nth(), { name: event.currentTarget.value })}
                />
              </td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}

/** An account's kind in words, with the rest of its name as it stands. */
function accountName(office: Office, pattern: string): string {
  const { kind, of } = ledgerAccount(pattern, ledgerWords(office.language()));
  return of === "" ? kind : `${kind} ${of}`;
}

/** What is mapped, and below it every kind of account that is used and is not. */
function rowsOf(map: AccountMap): MappedAccountBody[] {
  const kinds = new Set(
    map.unmapped.filter(({ missing }) => missing === "account").map(({ account }) => account.split("/")[0] ?? account),
  );
  const fresh = [...kinds].map((pattern) => ({
    pattern,
    code: "",
    name: "",
    asks: [],
    department: "",
    customer: "",
    cashFlow: "",
  }));
  return [...map.accounts, ...fresh]
    .toSorted((a, b) => (a.pattern < b.pattern ? -1 : 1))
    .map((row) => ({ ...row, asks: [...row.asks] }));
}

function usual(map: AccountMap, pattern: string): Partial<MappedAccountBody> {
  const found = map.suggested.general.find((row) => row.pattern === pattern);
  return found === undefined ? {} : { code: found.code, name: found.name };
}
