import { For, Show } from "solid-js";
import type { Report } from "../../contract/reports.ts";
import type { Instant } from "../../domain/clock.ts";
import { keyWord } from "../../i18n/report-keys.ts";
import { reportWords } from "../../i18n/report-words.ts";
import type { ReportParts } from "./report-parts.ts";
import { given } from "./report-state.ts";

/** On paper only: whose report this is, of what, over which days, narrowed to what. */
export function PrintHead(props: { readonly parts: ReportParts; readonly report: Report | null }) {
  const { office, state, choices } = props.parts;
  const words = () => reportWords(office.language());
  const zone = () => office.stores()[0]?.zone ?? "UTC";
  const named = (name: string, value: string): string => {
    const word = keyWord(name, value, words());
    if (word !== null) return word;
    if (name === "store") return office.storeName(value);
    if (name === "hour") return words().hour(Number(value));
    if (name === "till") return choices()?.tills.find(({ id }) => id === value)?.label ?? value;
    if (name === "cashier") return choices()?.cashiers.find(({ id }) => id === value)?.name ?? value;
    if (name === "category")
      return choices()?.categories.find(({ id }) => id === value)?.names[office.language()] ?? value;
    return value;
  };
  const title = (name: string): string => {
    const by: Readonly<Record<string, string>> = words().by;
    return by[name] ?? words().grain.hour;
  };
  return (
    <div class="print-head" aria-hidden="true">
      <h1>{office.session()?.shop}</h1>
      <p>
        <b>
          {words().by[state.by()]} · {words().grain[state.grain()]}
        </b>
      </p>
      <p class="num">
        {words().range}: {state.range().from} – {state.range().to}
      </p>
      <For each={Object.entries(given(state.filter()))}>
        {([name, value]) => (
          <p>
            {title(name)}: {named(name, value)}
          </p>
        )}
      </For>
      <p class="num">
        {words().currency}: {props.report?.currency} ·{" "}
        {words().printedAt(office.formats().dateTime(office.browser.clock.now() as Instant, zone()))}
      </p>
      <Show when={(props.report?.count ?? 0) > (props.report?.rows.length ?? 0)}>
        <p>{words().cutOff(props.report?.rows.length ?? 0, props.report?.count ?? 0)}</p>
      </Show>
    </div>
  );
}
