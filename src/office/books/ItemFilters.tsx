import { Show } from "solid-js";
import { breakClasses } from "../../contract/item-classes.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import type { BooksParts } from "./books-parts.ts";
import { Chooser, SearchBox, type Choice } from "./Chooser.tsx";
import type { ReconciliationState, ResultChoice } from "./reconciliation-state.ts";
import { breakTold } from "./ResultMark.tsx";
import { StoreChooser } from "./StoreChooser.tsx";

const results: readonly ResultChoice[] = ["break", "waiting", "matched", "other", "mended"];

/** What the items are narrowed to. The result can be chosen where the list is not of one result already. */
export function ItemFilters(props: {
  readonly parts: BooksParts;
  readonly state: ReconciliationState;
  readonly hasResult: boolean;
  readonly account?: string;
}) {
  const { parts, state } = props;
  const { office } = parts;
  const words = () => reconcileWords(office.language());
  const tills = (): Choice[] => tillsOf(parts, state);
  const cashiers = (): Choice[] => (state.choices()?.cashiers ?? []).map(({ id, name }) => ({ value: id, name }));
  const classes = (): Choice[] =>
    breakClasses.map((value) => ({ value, name: breakTold(parts, value, props.account ?? "")?.mark ?? value }));
  return (
    <div class="filters" role="group" aria-label={words().filters}>
      <SearchBox
        office={office}
        hint={words().searchHint}
        value={state.query()}
        testId="items-search"
        search={state.setQuery}
      />
      <StoreChooser office={office} />
      <Chooser
        title={words().filter.till}
        all={words().any}
        value={state.till()}
        choices={tills()}
        testId="items-till"
        choose={state.setTill}
      />
      <Chooser
        title={words().filter.cashier}
        all={words().any}
        value={state.staff()}
        choices={cashiers()}
        testId="items-staff"
        choose={state.setStaff}
      />
      <Show when={props.hasResult}>
        <Chooser
          title={words().filter.result}
          all={words().any}
          value={state.result()}
          choices={results.map((value) => ({ value, name: words().results[value] }))}
          testId="items-result"
          choose={(value) => state.setResult(value as ResultChoice | undefined)}
        />
      </Show>
      <Chooser
        title={words().filter.class}
        all={words().any}
        value={state.type()}
        choices={classes()}
        testId="items-class"
        choose={state.setType}
      />
    </div>
  );
}

/** The tills of the store that is chosen, or of all. */
function tillsOf({ office }: BooksParts, state: ReconciliationState): Choice[] {
  return (state.choices()?.tills ?? [])
    .filter(({ store }) => office.store() === null || store === office.store())
    .map(({ id, label, store }) => ({ value: id, name: `${label} · ${office.storeName(store)}` }));
}
