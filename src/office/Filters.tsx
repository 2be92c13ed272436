import { createSignal, For, Show } from "solid-js";
import { Icon } from "../ui/parts/icons.tsx";
import type { Office } from "./office.ts";

/** Typing is over when nothing was typed for this long. */
const searchPauseMs = 250;

/** Which store, which day, and the one search that looks in every day. */
export function Filters(props: { readonly office: Office }) {
  const office = props.office;
  const words = () => office.words();
  const [typed, setTyped] = createSignal(office.query());
  let stop = (): void => undefined;
  const type = (text: string): void => {
    setTyped(text);
    stop();
    const cancel = office.browser.clock.every(searchPauseMs, () => {
      cancel();
      office.setQuery(text);
    });
    stop = cancel;
  };
  const clear = (): void => {
    stop();
    setTyped("");
    office.setQuery("");
  };
  return (
    <div class="filters">
      <div class="search">
        <Icon name="search" />
        <input
          type="text"
          inputMode="search"
          spellcheck={false}
          autocomplete="off"
          maxLength={64}
          aria-label={words().search.label}
          placeholder={words().search.hint}
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
          <button class="icon-only" aria-label={words().search.clear} title={words().search.clear} onClick={clear}>
            <Icon name="close" />
          </button>
        </Show>
      </div>
      <Show when={office.query().trim() === ""} fallback={<span class="every-day">{words().search.everyDay}</span>}>
        <label class="date">
          <span>{words().date}</span>
          <input
            type="date"
            max={office.today()}
            data-testid="office-date"
            value={office.date()}
            onChange={(event) => office.setDate(event.currentTarget.value)}
          />
        </label>
      </Show>
      <Show when={office.stores().length > 1}>
        <select
          aria-label={words().store}
          data-testid="office-store"
          onChange={(event) => office.setStore(event.currentTarget.value === "" ? null : event.currentTarget.value)}
        >
          <option value="">{words().allStores}</option>
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
