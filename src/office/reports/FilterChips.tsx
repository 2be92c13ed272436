import { For, Show } from "solid-js";
import { keyWord, periodWord } from "../../i18n/report-keys.ts";
import { reportWords } from "../../i18n/report-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { ReportParts } from "./report-parts.ts";
import { fits, type FilterName } from "./report-state.ts";

type Choice = { readonly value: string; readonly name: string };

/** Ways to pay that can be filtered by. */
const tenders = ["cash", "wechat", "alipay", "unionpay", "ecny", "unverified/wechat", "unverified/alipay"];

/** What the report is narrowed to: one chip each, and those that a row has set can be taken away. */
export function FilterChips(props: { readonly parts: ReportParts }) {
  const { office, state, choices } = props.parts;
  const words = () => reportWords(office.language());
  const stores = (): Choice[] => office.stores().map(({ id, name }) => ({ value: id, name }));
  const tills = (): Choice[] =>
    (choices()?.tills ?? [])
      .filter(({ store }) => state.filter().store === undefined || store === state.filter().store)
      .map(({ id, label, store }) => ({ value: id, name: `${label} · ${office.storeName(store)}` }));
  const cashiers = (): Choice[] => (choices()?.cashiers ?? []).map(({ id, name }) => ({ value: id, name }));
  const categories = (): Choice[] =>
    (choices()?.categories ?? []).map(({ id, names }) => ({ value: id, name: names[office.language()] }));
  const paid = (): Choice[] => tenders.map((value) => ({ value, name: keyWord("tender", value, words()) ?? value }));
  const taxes = (): Choice[] =>
    (choices()?.taxes ?? []).map((rate) => ({ value: String(rate), name: words().taxRate(String(rate / 100)) }));
  return (
    <div class="report-filters" role="group" aria-label={words().filters}>
      <Show when={stores().length > 1}>
        <Chip parts={props.parts} name="store" choices={stores()} />
      </Show>
      <Chip parts={props.parts} name="till" choices={tills()} />
      <Chip parts={props.parts} name="cashier" choices={cashiers()} />
      <Chip parts={props.parts} name="category" choices={categories()} />
      <Chip parts={props.parts} name="tender" choices={paid()} />
      <Chip parts={props.parts} name="tax" choices={taxes()} />
      <SetByRow parts={props.parts} name="product" />
      <SetByRow parts={props.parts} name="discount" />
      <SetByRow parts={props.parts} name="hour" />
    </div>
  );
}

/** A choice of one, written as "Till: all"; not shown where it could not stand beside the rows. */
function Chip(props: { readonly parts: ReportParts; readonly name: FilterName; readonly choices: readonly Choice[] }) {
  const { office, state } = props.parts;
  const words = () => reportWords(office.language());
  const title = (): string => words().by[props.name as "till"];
  const chosen = () => state.filter()[props.name];
  return (
    <Show when={chosen() !== undefined || fits(state.by(), state.filter(), props.name)}>
      <label class="chip" classList={{ set: chosen() !== undefined }}>
        <span>{title()}</span>
        <select
          data-testid={`report-filter-${props.name}`}
          onChange={(event) => {
            const { value } = event.currentTarget;
            state.setFilter(props.name, value === "" ? undefined : value);
          }}
        >
          <option value="">{words().any}</option>
          <For each={props.choices}>
            {(each) => (
              <option value={each.value} selected={each.value === chosen()}>
                {each.name}
              </option>
            )}
          </For>
        </select>
      </label>
    </Show>
  );
}

/** What "only this" has set: there is no list to choose it from, so that it can only be taken away. */
function SetByRow(props: { readonly parts: ReportParts; readonly name: "product" | "discount" | "hour" }) {
  const { office, state } = props.parts;
  const words = () => reportWords(office.language());
  const told = (value: string): string => {
    if (props.name === "hour") return periodWord(value, words());
    const word = keyWord(props.name, value, words());
    return word ?? `${words().by.product} ${value}`;
  };
  return (
    <Show when={state.filter()[props.name]}>
      {(value) => (
        <button
          class="chip set"
          data-testid={`report-filter-${props.name}`}
          aria-label={words().without(told(value()))}
          onClick={() => state.setFilter(props.name, undefined)}
        >
          {told(value())}
          <Icon name="close" />
        </button>
      )}
    </Show>
  );
}
