import { For, Index, Show } from "solid-js";
import type { WalletWords } from "../i18n/wallet-words.ts";
import { EraseMark } from "./marks.tsx";

export const passwordLength = 6;
const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "erase"] as const;

type PasswordProps = {
  readonly typed: string;
  readonly onType: (text: string) => string;
  readonly words: WalletWords;
};

/** Six boxes over one real input, so that a keyboard, a screen reader and a test all find it. */
export function PasswordBoxes(props: PasswordProps) {
  return (
    <label class="boxes">
      <span class="unseen">{props.words.password}</span>
      <input
        ref={(input) => queueMicrotask(() => input.focus())}
        data-testid="wallet-password"
        inputmode="none"
        autocomplete="off"
        value={props.typed}
        maxlength={passwordLength}
        aria-description={props.words.passwordEntered(props.typed.length)}
        onInput={(event) => {
          event.currentTarget.value = props.onType(event.currentTarget.value);
        }}
      />
      <Index each={Array.from({ length: passwordLength })}>
        {(_, index) => <i classList={{ in: index < props.typed.length }} />}
      </Index>
    </label>
  );
}

/** The phone's own keypad, so that no keyboard covers the amount. */
export function PasswordKeypad(props: PasswordProps) {
  const press = (key: string) => props.onType(key === "erase" ? props.typed.slice(0, -1) : props.typed + key);
  return (
    <div class="keypad">
      <For each={keys}>
        {(key) => (
          <Show when={key !== ""} fallback={<span />}>
            <button
              type="button"
              class="num"
              aria-label={key === "erase" ? props.words.erase : key}
              onClick={() => press(key)}
            >
              {key === "erase" ? <EraseMark /> : key}
            </button>
          </Show>
        )}
      </For>
    </div>
  );
}
