import { For } from "solid-js";
import type { OfficeView } from "../../i18n/office-words.ts";
import type { Office } from "../office.ts";

/** Views that belong together, side by side: the one shown is the page's heading. */
export function Tabs(props: {
  readonly office: Office;
  readonly of: readonly OfficeView[];
  readonly badge?: (view: OfficeView) => number;
}) {
  const office = props.office;
  return (
    <h2 class="head-tabs">
      <For each={props.of.filter((view) => office.maySee(view))}>
        {(view) => (
          <a
            href={`#${view}`}
            data-testid={`tab-${view}`}
            aria-current={office.place().view === view ? "page" : undefined}
          >
            {office.words().views[view]}
            {(props.badge?.(view) ?? 0) > 0 ? <b class="badge num">{props.badge?.(view)}</b> : null}
          </a>
        )}
      </For>
    </h2>
  );
}
