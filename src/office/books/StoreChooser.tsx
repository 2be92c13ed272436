import { Show } from "solid-js";
import type { Office } from "../office.ts";
import { Chooser } from "./Chooser.tsx";

/** One store or all; shared with the other views. Not shown in a shop of one. */
export function StoreChooser(props: {
  readonly office: Office;
  /** What is written while none is chosen, where the view shows one store only. */
  readonly needed?: string;
}) {
  const { office } = props;
  return (
    <Show when={office.stores().length > 1}>
      <Chooser
        title={office.words().store}
        all={props.needed ?? office.words().allStores}
        isNeeded={props.needed !== undefined}
        value={office.store() ?? undefined}
        choices={office.stores().map(({ id, name }) => ({ value: id, name }))}
        testId="books-store"
        choose={(value) => office.setStore(value ?? null)}
      />
    </Show>
  );
}
