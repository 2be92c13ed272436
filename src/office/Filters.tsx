import { createSignal, For, Show } from "solid-js";
import { Icon } from "../ui/parts/icons.tsx";
import type { Office } from "./office.ts";

/** Typing is over when nothing was typed for this long. */
const searchPauseMs = 250;

/** Which store, which day, and the one search that looks in every day. */
export function Filters(props: { readonly office: Office }) {
  const office = props.office;
  return (
    <div class="filters">
      <Search office={office} />
      <Show
        when={office.query().trim() === ""}
        fallback={<span class="every-day">{office.words().search.everyDay}</span>}
      >
        <DateChoice office={office} />
      </Show>
      <Show when={office.stores().length > 1}>
        <select
          aria-label={office.words().store}
          data-testid="office-store"
          onChange={(event) => office.setStore(event.currentTarget.value === "" ? null : event.currentTarget.value)}
        >
          <option value="">{office.words().allStores}</option>
          <For each={office.stores()}>
            {(store) => (
              <option value={store.id} selected={store.id === office.store()}>
                {store.name}
              </option>
            )}
          </For>
        </select>
      </Show>
    </div>
  );
}

function Search(props: { readonly office: Office }) {
  const office = props.office;
  const words = () => office.words().search;
  const [typed, setTyped] = createSignal(office.query());
  let stop = (): void => undefined;
  const type = (text: string): void => {
    setTyped(text);
    stop();
    stop = office.browser.clock.every(searchPauseMs, () => {
      stop();
      office.setQuery(text);
    });
  };
  const clear = (): void => {
    stop();
    setTyped("");
    office.setQuery("");
  };
  return (
    <div class="search">
      <Icon name="search" />
      <input
        type="text"
        inputMode="search"
        spellcheck={false}
        autocomplete="off"
        maxLength={64}
        aria-label={words().label}
        placeholder={words().hint}
        data-testid="office-search"
        value={typed()}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || typed() === "") return;
          event.stopPropagation();
          clear();
        }}
      />
      <Show when={typed() !== ""}>
        <button class="icon-only" aria-label={words().clear} title={words().clear} onClick={clear}>
          <Icon name="close" />
        </button>
      </Show>
    </div>
  );
}

/** The date reads the same in every language; the browser's own calendar lies over it, unseen until it is opened. */
function DateChoice(props: { readonly office: Office }) {
  const office = props.office;
  return (
    <label class="date">
      <span>{office.words().date}</span>
      <b class="num">{office.date()}</b>
      <Show when={office.date() === office.today()}>
        <span>{office.words().today}</span>
      </Show>
      <Icon name="down" />
      <input
        type="date"
        max={office.today()}
        data-testid="office-date"
        value={office.date()}
        onClick={(event) => event.currentTarget.showPicker()}
        onChange={(event) => office.setDate(event.currentTarget.value)}
      />
    </label>
  );
}
