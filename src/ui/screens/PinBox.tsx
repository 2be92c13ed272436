import { onCleanup, onMount, Show, type JSX } from "solid-js";
import { pinLengthMin } from "../../domain/staff.ts";
import type { Messages } from "../../i18n/messages.ts";
import { Keypad } from "../parts/Keypad.tsx";
import { PinDots } from "../parts/PinDots.tsx";
import type { PinEntry } from "../pin-entry.ts";
import { useTill } from "../till.ts";

type Refusal = keyof Messages["signOn"]["refusal"];

/** The dots of an entry, and why the last PIN was refused until a new one begins. */
export function PinState(props: {
  readonly entry: PinEntry;
  readonly refusal: Refusal | null;
  readonly testId: string;
}): JSX.Element {
  const { words } = useTill();
  return (
    <>
      <PinDots count={props.entry.count()} min={pinLengthMin} label={words().signOn.entered(props.entry.count())} />
      <p class="refusal" role="alert" data-testid={props.testId}>
        <Show when={props.entry.count() === 0 ? props.refusal : null}>
          {(refusal) => <>{words().signOn.refusal[refusal()]}</>}
        </Show>
      </p>
    </>
  );
}

/** What a key means for an entry: a digit, one back, or Enter once something was entered. False when it means nothing. */
export function pinKey(event: KeyboardEvent, entry: PinEntry, submit: () => void): boolean {
  if (/^\d$/.test(event.key)) entry.digit(event.key);
  else if (event.key === "Backspace") entry.back();
  else if (event.key === "Enter" && entry.count() > 0) submit();
  else return false;
  return true;
}

/** The digits for an entry, by press and by keyboard; Enter submits once something was entered. */
export function PinKeys(props: {
  readonly entry: PinEntry;
  readonly submit: () => void;
  readonly children?: JSX.Element;
}): JSX.Element {
  const { words } = useTill();
  const onKey = (event: KeyboardEvent): void => {
    if (pinKey(event, props.entry, () => props.submit()) && event.key === "Enter") event.preventDefault();
  };
  onMount(() => document.addEventListener("keydown", onKey));
  onCleanup(() => document.removeEventListener("keydown", onKey));
  return (
    <Keypad
      onDigit={props.entry.digit}
      onBack={props.entry.back}
      backLabel={words().signOn.back}
      left={{ label: words().signOn.clear, press: props.entry.clear, isWord: true }}
    >
      {props.children}
    </Keypad>
  );
}
