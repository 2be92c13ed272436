import { createSignal, For, Show, type JSX } from "solid-js";
import type { StaffId } from "../../domain/identifier.ts";
import { pinLengthMin } from "../../domain/staff.ts";
import type { Person } from "../../register/people/asking.ts";
import { createPinEntry, type PinEntry } from "../pin-entry.ts";
import { useTill } from "../till.ts";
import { NoticeBar } from "./NoticeBar.tsx";
import { PinKeys, PinState } from "./PinBox.tsx";

/** Who is at the till: a name, then a PIN, by touch or by keyboard. */
export function SignOnScreen(): JSX.Element {
  const { register, state } = useTill();
  const [chosen, setChosen] = createSignal<StaffId | null>(state().session?.staff ?? null);
  const entry = createPinEntry();
  const submit = (): void => {
    const who = chosen();
    if (who !== null && entry.complete() && !state().signOn.busy) void register.signOn(who, entry.take());
  };
  const choose = (who: StaffId): void => {
    setChosen(who);
    entry.clear();
  };
  return (
    <>
      <People chosen={chosen()} choose={choose} />
      <PinSide chosen={chosen()} entry={entry} submit={submit} />
    </>
  );
}

function People(props: { readonly chosen: StaffId | null; readonly choose: (who: StaffId) => void }): JSX.Element {
  const { state, words } = useTill();
  return (
    <main class="goods pick">
      <header>
        <h1>{words().signOn.title}</h1>
        <p>
          {state().settings?.store.name ?? ""} · {words().till(state().settings?.label ?? "")}
        </p>
      </header>
      <NoticeBar />
      <Show
        when={state().people.length > 0}
        fallback={
          <p class="empty" data-testid="no-people">
            <b>{words().signOn.noPeople.title}</b>
            <span>{words().signOn.noPeople.text}</span>
          </p>
        }
      >
        <div class="people">
          <For each={state().people}>
            {(person) => (
              <PersonKey person={person} on={person.id === props.chosen} press={() => props.choose(person.id)} />
            )}
          </For>
        </div>
      </Show>
    </main>
  );
}

function PersonKey(props: { readonly person: Person; readonly on: boolean; readonly press: () => void }): JSX.Element {
  const { state, words, formats, zone } = useTill();
  const remark = (): string => {
    const { lockedUntil, id } = props.person;
    if (lockedUntil !== null) return words().signOn.locked(formats().time(lockedUntil, zone()));
    const { session } = state();
    if (session === null || session.state === "closed" || session.staff !== id) return "";
    return words().signOn.sessionSince(formats().time(session.openedAt, zone()));
  };
  return (
    <button
      type="button"
      class="person"
      data-testid={`person-${props.person.id}`}
      classList={{ on: props.on }}
      aria-pressed={props.on}
      disabled={props.person.lockedUntil !== null}
      onClick={() => props.press()}
    >
      <b>{props.person.name}</b>
      <span>{words().role[props.person.role]}</span>
      <em class="num">{remark()}</em>
    </button>
  );
}

function PinSide(props: {
  readonly chosen: StaffId | null;
  readonly entry: PinEntry;
  readonly submit: () => void;
}): JSX.Element {
  const { state, words } = useTill();
  const name = (): string | undefined => state().people.find((each) => each.id === props.chosen)?.name;
  return (
    <section class="ticket" aria-label={name() ?? words().signOn.choose}>
      <header>
        <h1>{name() ?? words().signOn.choose}</h1>
      </header>
      <div class="pinbox">
        <p>{words().signOn.pin(pinLengthMin)}</p>
        <PinState entry={props.entry} refusal={state().signOn.refusal} testId="sign-on-refusal" />
        <PinKeys entry={props.entry} submit={props.submit} />
      </div>
      <div class="foot">
        <button
          type="button"
          class="pay"
          data-testid="sign-on"
          disabled={props.chosen === null || !props.entry.complete() || state().signOn.busy}
          onClick={() => props.submit()}
        >
          {state().signOn.busy ? words().signOn.busy : words().signOn.go} <kbd>Enter</kbd>
        </button>
      </div>
    </section>
  );
}
