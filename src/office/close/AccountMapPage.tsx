import { createSignal, For, Show } from "solid-js";
import type { AccountMap } from "../../contract/accounting.ts";
import { closeWords } from "../../i18n/close-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { booksRefreshMs } from "../books/books-parts.ts";
import { LiveFrame } from "../books/LiveFrame.tsx";
import { createLive } from "../live.ts";
import type { Office } from "../office.ts";
import { Empty } from "../states.tsx";
import { closeClient } from "./close-client.ts";
import { accountName, MapTable } from "./MapTable.tsx";
import { createMapState, type MapState } from "./map-state.ts";

/** The map is typed in: it is not asked for again meanwhile. */
const mapRefreshMs = booksRefreshMs * 240;

/** Our accounts beside the accounting system's, with what each of those asks for. */
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
          {(map) => (
            <Show when={map().used.length + map().accounts.length > 0} fallback={<Empty told={words().noAccounts} />}>
              <MapForm office={office} map={map()} refresh={() => void live.refresh()} />
            </Show>
          )}
        </LiveFrame>
      </section>
    </>
  );
}

function MapForm(props: { readonly office: Office; readonly map: AccountMap; readonly refresh: () => void }) {
  const { office } = props;
  const words = () => closeWords(office.language());
  const state = createMapState(
    office,
    () => props.map,
    () => props.refresh(),
  );
  /** Lines that missed something when they were asked for: a line stays while it is typed in. */
  const [only, setOnly] = createSignal<readonly string[] | null>(null);
  return (
    <form
      class="map-form"
      onSubmit={(event) => {
        event.preventDefault();
        const fields = event.currentTarget;
        // the line may be far up the list
        if (state.isFaulty()) fields.querySelector<HTMLInputElement>("input[data-faulty]")?.focus();
        void state.save();
      }}
    >
      <MapTools
        office={office}
        state={state}
        isOnlyMissing={only() !== null}
        setOnlyMissing={(isOnly) => setOnly(isOnly ? state.lacking() : null)}
      />
      <div class="scroll">
        <p class="soft map-note">{words().mapped.asksNote}</p>
        <MapTable
          office={office}
          state={state}
          rows={state.rows.filter(({ pattern }) => only()?.includes(pattern) !== false)}
        />
      </div>
      <div class="buttons">
        <button class="go" type="submit" data-testid="map-save">
          {words().save}
        </button>
        <button class="plain" type="button" data-testid="map-suggest" onClick={() => state.suggest()}>
          {words().suggest}
        </button>
        <Show when={state.told()}>
          {(told) => (
            <p role="status" classList={{ fault: told() !== "saved" }} data-testid="map-told">
              {
                {
                  saved: words().saved,
                  failed: words().wrongMap,
                  changed: words().mapChanged,
                  wrongCode: words().wrongCode,
                }[told()]
              }
            </p>
          )}
        </Show>
      </div>
    </form>
  );
}

/** Nothing is missing: whether it is kept too. */
function Filled(props: { readonly office: Office; readonly state: MapState }) {
  const words = () => closeWords(props.office.language()).mapped;
  return (
    <Show
      when={props.state.isSaved()}
      fallback={
        <span class="state waiting" role="status" data-testid="map-unsaved">
          <Icon name="wait" /> {words().unsaved}
        </span>
      }
    >
      <span class="state received" role="status" data-testid="map-complete">
        <Icon name="check" /> {words().complete}
      </span>
    </Show>
  );
}

/** What is still missing, and the way to single accounts. */
function MapTools(props: {
  readonly office: Office;
  readonly state: MapState;
  readonly isOnlyMissing: boolean;
  readonly setOnlyMissing: (isOnly: boolean) => void;
}) {
  const { office, state } = props;
  const words = () => closeWords(office.language()).mapped;
  return (
    <div class="list-tools">
      <Show when={state.missing() > 0} fallback={<Filled office={office} state={state} />}>
        <span class="state danger num" role="status" data-testid="map-missing">
          <Icon name="warning" /> {words().missing(state.missing())}
        </span>
      </Show>
      <label class="only-missing">
        <input
          type="checkbox"
          data-testid="map-only-missing"
          checked={props.isOnlyMissing}
          onChange={(event) => props.setOnlyMissing(event.currentTarget.checked)}
        />
        {words().onlyMissing}
      </label>
      <Show when={state.listable().length > 0}>
        <select
          aria-label={words().own}
          data-testid="map-own"
          onChange={(event) => {
            const { value } = event.currentTarget;
            event.currentTarget.value = "";
            if (value !== "") state.list(value);
          }}
        >
          <option value="">{words().own}</option>
          <For each={state.listable()}>
            {(account) => <option value={account}>{accountName(office, account, state.names())}</option>}
          </For>
        </select>
      </Show>
    </div>
  );
}
