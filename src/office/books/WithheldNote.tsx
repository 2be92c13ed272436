import { Show } from "solid-js";
import type { BooksParts } from "./books-parts.ts";

/** Above what is shown of one's own stores: what is about a whole account is not among it. */
export function WithheldNote(props: { readonly parts: BooksParts; readonly account?: string }) {
  return (
    <Show when={props.parts.withheldNote(props.account)}>
      {(note) => (
        <p class="soft" data-testid="withheld">
          {note()}
        </p>
      )}
    </Show>
  );
}
