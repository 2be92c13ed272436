import { For, Show } from "solid-js";

/** Something that can be done about an item now. `isMain`: what the class suggests first. `why`: what keeps it from being pressed. */
export type OfferedAction = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Who has to agree. */
  readonly note: string;
  readonly isMain: boolean;
  readonly why: string | null;
  readonly choose: () => void;
};

/** What is offered for an item, side by side; nothing stands here when nothing is. */
export function OfferedActions(props: { readonly title: string; readonly offered: readonly OfferedAction[] }) {
  return (
    <Show when={props.offered.length > 0}>
      <section class="offered" aria-label={props.title}>
        <For each={props.offered}>
          {(action) => (
            <button
              class="offer"
              classList={{ main: action.isMain }}
              disabled={action.why !== null}
              data-testid={`offer-${action.id}`}
              onClick={() => action.choose()}
            >
              <b>{action.title}</b>
              <small>{action.note}</small>
              <span>{action.why ?? action.text}</span>
            </button>
          )}
        </For>
      </section>
    </Show>
  );
}
