import { For, Show, type JSX } from "solid-js";
import { Icon } from "./icons.tsx";

/** Digits in the order of a till, with what stands left and right of the zero. */
export function Keypad(props: {
  readonly onDigit: (digit: string) => void;
  readonly onBack: () => void;
  readonly backLabel: string;
  /** A point for amounts, or a word that clears. */
  readonly left: { readonly label: string; readonly press: () => void; readonly isWord?: boolean } | null;
  readonly children?: JSX.Element;
}): JSX.Element {
  return (
    <div class="keys num">
      <For each={["1", "2", "3", "4", "5", "6", "7", "8", "9"]}>
        {(digit) => (
          <button type="button" data-testid={`key-${digit}`} onClick={() => props.onDigit(digit)}>
            {digit}
          </button>
        )}
      </For>
      <Show when={props.left} fallback={<span />}>
        {(left) => (
          <button
            type="button"
            data-testid="key-left"
            classList={{ word: left().isWord === true }}
            onClick={() => left().press()}
          >
            {left().label}
          </button>
        )}
      </Show>
      <button type="button" data-testid="key-0" onClick={() => props.onDigit("0")}>
        0
      </button>
      <button type="button" data-testid="key-back" aria-label={props.backLabel} onClick={() => props.onBack()}>
        <Icon name="backspace" />
      </button>
      {props.children}
    </div>
  );
}
