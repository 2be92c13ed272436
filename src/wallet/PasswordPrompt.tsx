import { createSignal, For, Index, Show } from "solid-js";
import { yuan, type WalletWords } from "../i18n/wallet-words.ts";
import { EraseMark } from "./marks.tsx";
import type { Phone } from "./phone.ts";
import type { PromptAnswer, WalletPayment } from "./sandbox-client.ts";

const passwordLength = 6;
const keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "erase"] as const;

/** Who wants how much, and the password. It is looked at by nobody: the sandbox takes any six digits and is not told them. */
export function PasswordPrompt(props: {
  readonly payment: WalletPayment;
  readonly phone: Phone;
  readonly words: WalletWords;
}) {
  const [typed, setTyped] = createSignal("");
  const [isSending, setSending] = createSignal(false);
  const type = (text: string) => setTyped(text.replace(/\D/gu, "").slice(0, passwordLength));
  const press = (key: (typeof keys)[number]) => type(key === "erase" ? typed().slice(0, -1) : typed() + key);
  const send = async (answer: PromptAnswer) => {
    if (isSending()) return;
    setSending(true);
    await props.phone.answer(answer);
    setSending(false);
  };
  const isComplete = () => typed().length === passwordLength;
  const amount = () => yuan(props.payment.total);
  return (
    <form
      class="prompt"
      data-testid="password-prompt"
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete()) void send("confirm");
      }}
    >
      <p class="payee">{props.words.wants(props.payment.payee)}</p>
      <strong class="amount num">{amount()}</strong>
      <label class="boxes">
        <span class="unseen">{props.words.password}</span>
        <input
          ref={(input) => queueMicrotask(() => input.focus())}
          data-testid="wallet-password"
          inputmode="none"
          autocomplete="off"
          value={typed()}
          maxlength={passwordLength}
          aria-description={props.words.passwordEntered(typed().length)}
          onInput={(event) => {
            event.currentTarget.value = type(event.currentTarget.value);
          }}
        />
        <Index each={Array.from({ length: passwordLength })}>
          {(_, index) => <i classList={{ in: index < typed().length }} />}
        </Index>
      </label>
      <p class="waits num">
        <Show when={props.phone.tillSecondsLeft() > 0} fallback={props.words.tillGivesUp}>
          {props.words.tillWaits(props.phone.tillSecondsLeft())}
        </Show>
        <span>{props.words.anySixDigits}</span>
      </p>
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
      <button type="submit" class="pay num" data-testid="wallet-confirm" disabled={!isComplete() || isSending()}>
        {props.words.confirm(amount())}
      </button>
      <p class="pretend">{props.words.orPretend}</p>
      <div class="outs">
        <button type="button" data-testid="wallet-not-enough" onClick={() => void send("notEnough")}>
          {props.words.notEnough}
        </button>
        <button type="button" data-testid="wallet-cancel" onClick={() => void send("cancel")}>
          {props.words.cancel}
        </button>
        <button type="button" data-testid="wallet-dont-answer" onClick={() => void send("dontAnswer")}>
          {props.words.dontAnswer}
        </button>
      </div>
    </form>
  );
}
