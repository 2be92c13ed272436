import { Show } from "solid-js";

/** A sentence of what went wrong and what to do, in place; nothing when nothing did. */
export function Failed(props: { readonly told: string | null }) {
  return (
    <Show when={props.told}>
      {(told) => (
        <p class="fault" role="alert" data-testid="setup-failed">
          {told()}
        </p>
      )}
    </Show>
  );
}
