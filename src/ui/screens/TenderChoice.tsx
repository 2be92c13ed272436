import { onMount, Show, type JSX } from "solid-js";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";
import { CameraKey, CameraPicture } from "./CameraScan.tsx";
import { CashTender } from "./CashTender.tsx";

/** How the customer pays: a code to scan, or cash. */
export function TenderChoice(): JSX.Element {
  const { state } = useTill();
  const method = (): "code" | "cash" => {
    const { counter } = state();
    return counter.kind === "tender" ? counter.method : "code";
  };
  return (
    <div class="tender">
      <Methods method={method()} />
      <Show when={method() === "cash"} fallback={<ScanCode />}>
        <CashTender />
      </Show>
    </div>
  );
}

/** The row of ways to pay; the chosen one is marked, and locked while a payment is on its way. */
export function Methods(props: { readonly method: "code" | "cash"; readonly locked?: boolean }): JSX.Element {
  const { register, words } = useTill();
  return (
    <div class="methods">
      <button
        type="button"
        data-testid="method-code"
        classList={{ on: props.method === "code" }}
        aria-pressed={props.method === "code"}
        disabled={props.locked === true}
        onClick={() => register.chooseMethod("code")}
      >
        <Icon name="code" /> {words().tender.code}
      </button>
      <button
        type="button"
        data-testid="method-cash"
        classList={{ on: props.method === "cash" }}
        aria-pressed={props.method === "cash"}
        disabled={props.locked === true}
        onClick={() => register.chooseMethod("cash")}
      >
        <Icon name="cash" /> {words().tender.cash}
      </button>
    </div>
  );
}

function ScanCode(): JSX.Element {
  const { state, words } = useTill();
  const channels = (): string =>
    (state().settings?.channels ?? []).map((each) => words().channel[each.channel]).join(", ");
  return (
    <div class="stage" data-testid="scan-code">
      <Show
        when={state().connection.online}
        fallback={
          <div class="told doubt">
            <Icon name="offline" />
            <h1>{words().tender.codeOffline.title}</h1>
            <p>{words().tender.codeOffline.text}</p>
          </div>
        }
      >
        <div class="told">
          <Icon name="code" />
          <h1>{words().tender.codeTitle}</h1>
          <p>{words().tender.codeText(channels())}</p>
          <div class="scan">
            <CodeBox />
            <CameraKey />
          </div>
          <CameraPicture />
        </div>
      </Show>
    </div>
  );
}

/** For a shop without a scanner: the code's digits, typed or pasted. What a scanner types here is taken out again. */
function CodeBox(): JSX.Element {
  const { register, words } = useTill();
  let box!: HTMLInputElement;
  onMount(() => box.focus({ preventScroll: true }));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const typed = box.value;
    box.value = "";
    void register.scan(typed);
  };
  return (
    <input
      ref={box}
      data-testid="code-box"
      onKeyDown={onKeyDown}
      placeholder={words().tender.codeHint}
      aria-label={words().tender.codeHint}
      inputmode="numeric"
      autocomplete="off"
      maxLength={64}
    />
  );
}
