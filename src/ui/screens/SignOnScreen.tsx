import { createSignal, For, onCleanup, onMount, Show, type JSX } from "solid-js";
import type { StaffId } from "../../domain/identifier.ts";
import { pinLengthMax, pinLengthMin } from "../../domain/staff.ts";
import { Keypad } from "../parts/Keypad.tsx";
import { PinDots } from "../parts/PinDots.tsx";
import type { Person } from "../../register/state.ts";
import { useTill } from "../till.ts";

/** Who is at the till: a name, then a PIN, by touch or by keyboard. */
export function SignOnScreen(): JSX.Element {
  const { register, state, words, formats, zone } = useTill();
  const [chosen, setChosen] = createSignal<StaffId | null>(state().session?.staff ?? null);
  const [pin, setPin] = createSignal("");
  const person = (): Person | null => state().people.find((each) => each.id === chosen()) ?? null;
  const digit = (key: string): void => {
    if (pin().length < pinLengthMax) setPin(pin() + key);
  };
  const submit = async (): Promise<void> => {
    const who = chosen();
    if (who === null || pin().length < pinLengthMin || state().signOn.busy) return;
    const entered = pin();
    setPin("");
    await register.signOn(who, entered);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (/^\d$/.test(event.key)) digit(event.key);
    else if (event.key === "Backspace") setPin(pin().slice(0, -1));
    else if (event.key === "Enter" && pin() !== "") {
      event.preventDefault();
      void submit();
    }
  };
  onMount(() => document.addEventListener("keydown", onKey));
  onCleanup(() => document.removeEventListener("keydown", onKey));
  const shop = () => state().settings?.store.name ?? "";
  return (
    <>
      <main class="goods pick">
        <header>
          <h1>{words().signOn.title}</h1>
          <p>
            {shop()} · {words().till(state().settings?.label ?? "")}
          </p>
        </header>
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
              {(each) => (
                <button
                  type="button"
                  class="person"
                  data-testid={`person-${each.id}`}
                  classList={{ on: each.id === chosen() }}
                  aria-pressed={each.id === chosen()}
                  disabled={each.lockedUntil !== null}
                  onClick={() => {
                    setChosen(each.id);
                    setPin("");
                  }}
                >
                  <b>{each.name}</b>
                  <span>{words().role[each.role]}</span>
                  <em class="num">
                    <Show
                      when={each.lockedUntil}
                      fallback={
                        <Show when={state().session?.staff === each.id && state().session?.state === "open"}>
                          {words().signOn.sessionSince(
                            formats().time(state().session?.openedAt ?? (0 as never), zone()),
                          )}
                        </Show>
                      }
                    >
                      {(until) => words().signOn.locked(formats().time(until(), zone()))}
                    </Show>
                  </em>
                </button>
              )}
            </For>
          </div>
        </Show>
      </main>
      <section class="ticket">
        <header>
          <h1>{person()?.name ?? words().signOn.choose}</h1>
        </header>
        <div class="pinbox">
          <p>{words().signOn.pin(pinLengthMin)}</p>
          <PinDots count={pin().length} min={pinLengthMin} label={words().signOn.entered(pin().length)} />
          <p class="refusal" role="alert" data-testid="sign-on-refusal">
            <Show when={pin() === "" ? state().signOn.refusal : null}>
              {(refusal) => words().signOn.refusal[refusal()]}
            </Show>
          </p>
          <Keypad
            onDigit={digit}
            onBack={() => setPin(pin().slice(0, -1))}
            backLabel={words().signOn.back}
            left={{ label: words().signOn.clear, press: () => setPin(""), isWord: true }}
          />
        </div>
        <div class="foot">
          <button
            type="button"
            class="pay"
            data-testid="sign-on"
            disabled={chosen() === null || pin().length < pinLengthMin || state().signOn.busy}
            onClick={() => void submit()}
          >
            {state().signOn.busy ? words().signOn.busy : words().signOn.go} <kbd>Enter</kbd>
          </button>
        </div>
      </section>
    </>
  );
}
