import { createEffect, Match, on, Show, Switch } from "solid-js";
import type { Office } from "../office.ts";
import { createBooks } from "./books-parts.ts";
import { CausePage } from "./CausePage.tsx";
import { DayPage } from "./DayPage.tsx";
import { DaysPage } from "./DaysPage.tsx";
import { ItemPage } from "./ItemPage.tsx";
import { OpenPage } from "./OpenPage.tsx";
import { createReconciliationState } from "./reconciliation-state.ts";
import "./books.css";
import "./reconciliation.css";
import "./item.css";

/** Matching: the days, one day with its items, what is open over all days, and one item with both its sides. */
export function ReconciliationView(props: { readonly office: Office }) {
  const parts = createBooks(props.office);
  const state = createReconciliationState(parts);
  const list = () => state.place().list;
  const day = () => {
    const { list: of } = state.place();
    return of.kind === "day" ? of : null;
  };
  const open = () => {
    const { list: of } = state.place();
    return of.kind === "open" ? of.open : null;
  };
  // what narrowed one day's items would hide another's
  createEffect(
    on(
      () => (list().kind === "days" ? "days" : "list"),
      (kind) => {
        if (kind !== "days") return;
        state.setResult(undefined);
        state.setType(undefined);
        state.setQuery("");
      },
    ),
  );
  return (
    <Show
      when={state.place().item}
      keyed
      fallback={
        <Switch fallback={<DaysPage parts={parts} state={state} />}>
          <Match when={state.place().cause !== null}>
            <CausePage parts={parts} state={state} />
          </Match>
          <Match when={day()}>
            {(of) => <DayPage parts={parts} state={state} day={of().day} account={of().account} />}
          </Match>
          <Match when={open()}>{(of) => <OpenPage parts={parts} state={state} open={of()} />}</Match>
        </Switch>
      }
    >
      {(name) => <ItemPage parts={parts} state={state} name={name} />}
    </Show>
  );
}
