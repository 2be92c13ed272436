import { Index, type JSX } from "solid-js";

/** How many digits of a PIN have been entered, never which. No fixed length: at least `min` places are drawn. */
export function PinDots(props: { readonly count: number; readonly min: number; readonly label: string }): JSX.Element {
  return (
    <div class="pin" role="img" aria-label={props.label}>
      <Index each={Array.from({ length: Math.max(props.count, props.min) })}>
        {(_, index) => <i classList={{ in: index < props.count }} />}
      </Index>
    </div>
  );
}
