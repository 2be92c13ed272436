import { createEffect, createMemo, createSignal, on, onCleanup, Show, type JSX } from "solid-js";
import { loadPinWords, type PinWords } from "../../i18n/areas/pin-words.ts";
import type { PinChange } from "../../register/people/asking.ts";
import { useAreaWords } from "../area-words.ts";
import { createPinEntry } from "../pin-entry.ts";
import { useTill } from "../till.ts";
import { Overlay } from "./Overlay.tsx";
import { PinKeys, pinKey, PinState } from "./PinBox.tsx";

type Step = "present" | "fresh" | "again";

/** Whoever is signed on chooses another PIN: the present one, the new one, the new one again. */
export function OwnPin(): JSX.Element {
  const words = useAreaWords(loadPinWords);
  return <Show when={words()}>{(spoken) => <Page words={spoken()} />}</Show>;
}

function Page(props: { readonly words: PinWords }): JSX.Element {
  const { ask, state } = useTill();
  const form = createForm();
  const told = (): string | null => {
    const outcome = form.outcome();
    if (outcome === "differs") return props.words.differs;
    if (outcome === "offline" || outcome === "notNew") return props.words.told[outcome];
    return outcome === null && !state().connection.online ? props.words.told.offline : null;
  };
  const refusal = () => {
    const outcome = form.outcome();
    if (outcome === null || outcome === "differs" || outcome === "changed") return null;
    return outcome === "offline" || outcome === "notNew" ? null : outcome;
  };
  const hear = (event: KeyboardEvent): boolean =>
    form.outcome() !== "changed" && pinKey(event, form.entry, form.submit);
  return (
    <Overlay class="ownpin" testId="own-pin" label={props.words.title} close={() => ask(null)} onKey={hear}>
      <h1>{props.words.title}</h1>
      <Show
        when={form.outcome() !== "changed"}
        fallback={
          <>
            <p role="status" data-testid="own-pin-changed">
              {props.words.told.changed}
            </p>
            <button type="button" class="quiet go" data-testid="own-pin-close" autofocus onClick={() => ask(null)}>
              {props.words.close}
            </button>
          </>
        }
      >
        <p class="soft">{props.words.text}</p>
        <h2 data-testid={`own-pin-${form.step()}`}>{props.words.step[form.step()]}</h2>
        <PinState entry={form.entry} refusal={refusal()} testId="own-pin-refusal" />
        <Show when={form.entry.count() === 0 ? told() : null}>
          {(text) => (
            <p class="refusal" role="alert" data-testid="own-pin-told">
              {text()}
            </p>
          )}
        </Show>
        <PinKeys entry={form.entry} submit={form.submit}>
          <button type="button" class="word" data-testid="own-pin-cancel" onClick={() => ask(null)}>
            {props.words.cancel}
          </button>
          <button
            type="button"
            class="go two"
            data-testid="own-pin-go"
            disabled={!form.entry.complete() || form.isBusy()}
            onClick={() => form.submit()}
          >
            {form.isBusy() ? props.words.busy : form.step() === "again" ? props.words.change : props.words.next}
          </button>
        </PinKeys>
      </Show>
    </Overlay>
  );
}

/** Where one is, and what became of it; what was typed is forgotten with the page, and once it was sent. */
function createForm() {
  const { register, ask, state } = useTill();
  const [step, setStep] = createSignal<Step>("present");
  const [outcome, setOutcome] = createSignal<PinChange | "differs" | null>(null);
  const [isBusy, setBusy] = createSignal(false);
  const entry = createPinEntry();
  let present = "";
  let fresh = "";
  const forget = (): void => {
    present = "";
    fresh = "";
  };
  // somebody scans: what it sold is looked at
  const ticket = createMemo(() => state().sale);
  createEffect(on(ticket, () => ask(null), { defer: true }));
  onCleanup(() => {
    forget();
    ask(null);
  });
  const again = (why: PinChange | "differs", from: Step): void => {
    setOutcome(why);
    setStep(from);
  };
  const send = async (): Promise<void> => {
    setBusy(true);
    const told = await register.changeOwnPin(present, fresh);
    setBusy(false);
    forget();
    again(told, "present");
  };
  const submit = (): void => {
    if (!entry.complete() || isBusy()) return;
    const typed = entry.take();
    setOutcome(null);
    if (step() === "present") {
      present = typed;
      setStep("fresh");
    } else if (step() === "fresh") {
      if (typed === present) return again("notNew", "fresh");
      fresh = typed;
      setStep("again");
    } else if (typed === fresh) void send();
    else again("differs", "fresh");
  };
  return { step, outcome, isBusy, entry, submit };
}
