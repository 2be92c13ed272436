import { createSignal, For, Show } from "solid-js";
import { yuan, type WalletWords } from "../i18n/wallet-words.ts";
import { PasswordBoxes, passwordLength, PasswordKeypad } from "./password.tsx";
import type { Phone } from "./phone.ts";
import type { PromptAnswer, WalletPayment } from "./sandbox-client.ts";

/** Who wants how much, and the password. It is looked at by nobody: the sandbox takes any six digits and is not told them. */
export function PasswordPrompt(props: {
  readonly payment: WalletPayment;
  readonly phone: Phone;
  readonly words: WalletWords;
}) {
  const [typed, setTyped] = createSignal("");
  const [isSending, setSending] = createSignal(false);
  const type = (text: string) => setTyped(text.replace(/\D/gu, "").slice(0, passwordLength));
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
      <PasswordBoxes typed={typed()} onType={type} words={props.words} />
      <p class="waits num">
        <Show when={props.phone.tillSecondsLeft() > 0} fallback={props.words.tillGivesUp}>
          {props.words.tillWaits(props.phone.tillSecondsLeft())}
        </Show>
        <span>{props.words.anySixDigits}</span>
      </p>
      <PasswordKeypad typed={typed()} onType={type} words={props.words} />
      <button type="submit" class="pay num" data-testid="wallet-confirm" disabled={!isComplete() || isSending()}>
        {props.words.confirm(amount())}
      </button>
      <Pretences words={props.words} onAnswer={(answer) => void send(answer)} />
    </form>
  );
}

/** The answers of a customer who does not pay. */
function Pretences(props: { readonly words: WalletWords; readonly onAnswer: (answer: PromptAnswer) => void }) {
  const answers = () =>
    [
      ["notEnough", "wallet-not-enough", props.words.notEnough],
      ["cancel", "wallet-cancel", props.words.cancel],
      ["dontAnswer", "wallet-dont-answer", props.words.dontAnswer],
    ] as const;
  return (
    <>
      <p class="pretend">{props.words.orPretend}</p>
      <div class="outs">
        <For each={answers()}>
          {([answer, testId, word]) => (
            <button type="button" data-testid={testId} onClick={() => props.onAnswer(answer)}>
              {word}
            </button>
          )}
        </For>
      </div>
    </>
  );
}
