import { createSignal, Show, type JSX } from "solid-js";
import { activationCodeLength } from "../../domain/identifier.ts";
import { useTill } from "../till.ts";

/** The only thing a browser sees that is no till yet. */
export function ActivationScreen(): JSX.Element {
  const { register, state, words } = useTill();
  const [code, setCode] = createSignal("");
  const activation = () => state().activation;
  const submit = (event: Event): void => {
    event.preventDefault();
    void register.activate(code());
  };
  return (
    <main class="alone">
      <form class="card" onSubmit={submit}>
        <h1>{words().activation.title}</h1>
        <p>{words().activation.text}</p>
        <label>
          <span>{words().activation.label}</span>
          <input
            data-testid="activation-code"
            class="code num"
            value={code()}
            onInput={(event) => setCode(event.currentTarget.value)}
            maxLength={activationCodeLength + 4}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            aria-invalid={activation().refusal !== null}
            aria-describedby="activation-refusal"
            autofocus
          />
        </label>
        <p id="activation-refusal" class="refusal" role="alert" data-testid="activation-refusal">
          <Show when={activation().refusal}>{(refusal) => <>{words().activation.refusal[refusal()]}</>}</Show>
        </p>
        <button type="submit" class="pay" data-testid="activate" disabled={activation().busy || code() === ""}>
          {activation().busy ? words().activation.busy : words().activation.go}
        </button>
      </form>
    </main>
  );
}
