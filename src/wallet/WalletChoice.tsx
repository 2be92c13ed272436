import { For, Show } from "solid-js";
import type { WalletWords } from "../i18n/wallet-words.ts";
import type { Phone } from "./phone.ts";

/** Which wallet the customer takes out; nothing to choose where the sandbox has one. */
export function WalletChoice(props: { readonly phone: Phone; readonly words: WalletWords }) {
  return (
    <Show when={props.phone.providers().length > 1}>
      <div class="wallets" role="group" aria-label={props.words.wallet}>
        <For each={props.phone.providers()}>
          {(provider) => (
            <button
              type="button"
              data-testid={`wallet-${provider}`}
              aria-pressed={props.phone.provider() === provider}
              onClick={() => void props.phone.chooseWallet(provider)}
            >
              {props.words.wallets[provider]}
            </button>
          )}
        </For>
      </div>
    </Show>
  );
}
