import { For, Show } from "solid-js";
import type { ReconciliationOpen } from "../../contract/reconciliation.ts";
import type { ReconcileTexts } from "../../i18n/reconcile-texts.ts";
import type { Told } from "../../i18n/told.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { createLive } from "../live.ts";
import { booksClient } from "./books-client.ts";
import { booksRefreshMs, type BooksParts } from "./books-parts.ts";
import { AccountChooser } from "./DaysPage.tsx";
import { ItemFilters } from "./ItemFilters.tsx";
import { ItemsTogether } from "./CausePage.tsx";
import { ItemsList } from "./ItemsList.tsx";
import { openKinds, type OpenKind } from "./reconciliation-place.ts";
import { WithheldNote } from "./WithheldNote.tsx";
import type { ReconciliationState } from "./reconciliation-state.ts";

/** Everything open over all days: what needs a person, what waits, and what was mended. */
export function OpenPage(props: {
  readonly parts: BooksParts;
  readonly state: ReconciliationState;
  readonly open: OpenKind;
}) {
  const { parts, state } = props;
  const { office } = parts;
  const words = () => reconcileWords(office.language());
  const live = createLive<string, ReconciliationOpen>(
    () => office.store() ?? "",
    (store) => booksClient.open(store === "" ? {} : { store }),
    office.browser.clock,
    booksRefreshMs,
  );
  return (
    <>
      <header>
        <div>
          <h2>{words().open.title}</h2>
          <p class="soft">{words().open.note}</p>
        </div>
        <div class="filters">
          <OpenTabs parts={parts} told={live.value() ?? undefined} open={props.open} />
          <a class="plain to" href="#reconciliation" data-testid="to-days">
            <Icon name="back" />
            {words().backToDays}
          </a>
        </div>
        <div class="tools">
          <ItemFilters parts={parts} state={state} hasResult={false} />
          <Show when={parts.accounts().length > 1}>
            <AccountChooser parts={parts} state={state} />
          </Show>
        </div>
      </header>
      <div class="day-page">
        <WithheldNote parts={parts} />
        <Show when={props.open !== "mended"}>
          <ForBills parts={parts} of={live.value()?.forBills} />
        </Show>
        <ItemsTogether parts={parts} state={state} />
        <ItemsList parts={parts} state={state} isOfDay={false} empty={emptyOf(words(), props.open)} />
      </div>
    </>
  );
}

function emptyOf({ open: { noBreaks, noWaiting, noMended } }: ReconcileTexts, open: OpenKind): Told {
  return { breaks: noBreaks, waiting: noWaiting, mended: noMended }[open];
}

function OpenTabs(props: {
  readonly parts: BooksParts;
  readonly told: ReconciliationOpen | undefined;
  readonly open: OpenKind;
}) {
  const words = () => reconcileWords(props.parts.office.language());
  const name = (kind: OpenKind): string => {
    const of = words().open;
    if (kind === "mended") return of.mended;
    return of[kind](props.told?.[kind].count ?? null);
  };
  return (
    <div class="tabs" role="group" aria-label={words().open.title}>
      <For each={openKinds}>
        {(kind) => (
          <a
            href={`#reconciliation/open/${kind}`}
            aria-current={kind === props.open ? "page" : undefined}
            data-testid={`open-${kind}`}
          >
            {name(kind)}
          </a>
        )}
      </For>
    </div>
  );
}

/** What waits for whole bills has no items yet: it is in none of the lists. */
function ForBills(props: { readonly parts: BooksParts; readonly of: ReconciliationOpen["forBills"] | undefined }) {
  const { office } = props.parts;
  const words = () => reconcileWords(office.language()).open;
  return (
    <Show when={(props.of?.count ?? 0) > 0 && props.of}>
      {(of) => (
        <p class="soft" data-testid="open-for-bills">
          {words().forBills(of().count, office.formats().money(of().amount), of().days)}{" "}
          <a href="#reconciliation">{words().toDays}</a>
        </p>
      )}
    </Show>
  );
}
