import { Show } from "solid-js";
import type { Office } from "../office.ts";
import { Chooser } from "./Chooser.tsx";

/** One store or all; shared with the other views. Not shown in a shop of one. */
export function StoreChooser(props: { readonly office: Office }) {
  const { office } = props;
  return (
    <Show when={office.stores().length > 1}>
      <Chooser
        title={office.words().store}
        all={office.words().allStores}
        value={office.store() ?? undefined}
        choices={office.stores().map(({ id, name }) => ({ value: id, name }))}
        testId="books-store"
        choose={(value) => office.setStore(value ?? null)}
      />
    </Show>
  );
}
