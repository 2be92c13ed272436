import { createSignal, For, Show, type JSX } from "solid-js";
import type { StaffId } from "../../domain/identifier.ts";
import { mayApprove, pinLengthMax, pinLengthMin } from "../../domain/staff.ts";
import { balanceOf } from "../../domain/sale.ts";
import { money } from "../../domain/money.ts";
import { Keypad } from "../parts/Keypad.tsx";
import { PinDots } from "../parts/PinDots.tsx";
import type { Counter } from "../../register/state.ts";
import { useTill } from "../till.ts";

type Asking = Extract<Counter, { kind: "secondPerson" }>;

/** A second person stands beside the act: who, and their own PIN. */
export function SecondPerson(): JSX.Element {
  const { state } = useTill();
  const asking = (): Asking | null => {
    const { counter } = state();
    return counter.kind === "secondPerson" ? counter : null;
  };
  return <Show when={asking()}>{(view) => <Ask view={view()} />}</Show>;
}

function Ask(props: { readonly view: Asking }): JSX.Element {
  const { register, state, words, formats } = useTill();
  const [chosen, setChosen] = createSignal<StaffId | null>(null);
  const [pin, setPin] = createSignal("");
  const entitled = () =>
    state().people.filter((person) => mayApprove(person, state().who?.id ?? ("" as StaffId), props.view.act));
  const told = () => {
    const { sale } = state();
    return props.view.act === "sellOnFragileStorage"
      ? words().secondPerson.fragile
      : words().secondPerson.free(formats().money(sale === null ? money(0, "CNY") : balanceOf(sale)));
  };
  const agree = (): void => {
    const who = chosen();
    if (who === null) return;
    const entered = pin();
    setPin("");
    void (props.view.act === "sellOnFragileStorage"
      ? register.allowFragileStorage(who, entered)
      : register.freeOffline(who, entered));
  };
  return (
    <div class="cash second" data-testid="second-person" data-act={props.view.act}>
      <div class="given">
        <h1>{told().title}</h1>
        <p>{told().text}</p>
        <h2>{words().secondPerson.who}</h2>
        <div class="chips">
          <For each={entitled()} fallback={<p>{words().secondPerson.nobody}</p>}>
            {(person) => (
              <button
                type="button"
                data-testid={`approver-${person.id}`}
                classList={{ on: chosen() === person.id }}
                aria-pressed={chosen() === person.id}
                disabled={person.lockedUntil !== null}
                onClick={() => setChosen(person.id)}
              >
                {person.name} <small>{words().role[person.role]}</small>
              </button>
            )}
          </For>
        </div>
        <PinDots count={pin().length} min={pinLengthMin} label={words().signOn.entered(pin().length)} />
        <p class="refusal" role="alert" data-testid="second-refusal">
          <Show when={pin() === "" ? props.view.refusal : null}>{(refusal) => words().signOn.refusal[refusal()]}</Show>
        </p>
      </div>
      <Keypad
        onDigit={(digit) => {
          if (pin().length < pinLengthMax) setPin(pin() + digit);
        }}
        onBack={() => setPin(pin().slice(0, -1))}
        backLabel={words().signOn.back}
        left={{ label: words().signOn.clear, press: () => setPin(""), isWord: true }}
      >
        <button
          type="button"
          class="word"
          data-testid="second-cancel"
          onClick={() => void register.cancelSecondPerson()}
        >
          {words().secondPerson.cancel}
        </button>
        <button
          type="button"
          class="go two"
          data-testid="second-agree"
          disabled={chosen() === null || pin().length < pinLengthMin}
          onClick={agree}
        >
          {words().secondPerson.go}
        </button>
      </Keypad>
    </div>
  );
}
