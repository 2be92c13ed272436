import { For, Show } from "solid-js";
import { DayChoice, SearchBox } from "./books/Chooser.tsx";
import type { Office } from "./office.ts";

/** Which store, which day, and the one search that looks in every day. */
export function Filters(props: { readonly office: Office }) {
  const office = props.office;
  return (
    <div class="filters">
      <SearchBox
        office={office}
        isWide
        hint={office.words().search.hint}
        value={office.query()}
        testId="office-search"
        search={office.setQuery}
      />
      <Show
        when={office.query().trim() === ""}
        fallback={<span class="every-day">{office.words().search.everyDay}</span>}
      >
        <DayChoice
          title={office.words().date}
          value={office.date()}
          note={office.date() === office.today() ? office.words().today : undefined}
          max={office.today()}
          testId="office-date"
          choose={office.setDate}
        />
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
