import { createSignal, For, Show, type JSX } from "solid-js";
import type { StaffId } from "../../domain/identifier.ts";
import { money } from "../../domain/money.ts";
import { balanceOf } from "../../domain/sale.ts";
import { mayApprove } from "../../domain/staff.ts";
import type { Told } from "../../i18n/told.ts";
import type { Counter, Person } from "../../register/state.ts";
import { createPinEntry } from "../pin-entry.ts";
import { useTill } from "../till.ts";
import { PinKeys, PinState } from "./PinBox.tsx";

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
  const entry = createPinEntry();
  const told = (): Told => {
    const { sale } = state();
    const { act, amount, attempt } = props.view;
    if (act === "sellOnFragileStorage") return words().secondPerson.fragile;
    if (act === "freeAttemptOffline" && attempt !== null)
      return words().secondPerson.free(formats().money(sale === null ? money(0, "CNY") : balanceOf(sale)));
    const names: Readonly<Record<string, string>> = words().secondPerson.act;
    const name = names[act] ?? words().secondPerson.act.other;
    return {
      title: words().secondPerson.actTitle,
      text: amount === null ? name : `${name} · ${formats().money(amount)}`,
    };
  };
  const agree = (): void => {
    const who = chosen();
    if (who === null || !entry.complete()) return;
    const pin = entry.take();
    void register.approve(who, pin);
  };
  return (
    <div class="cash second" data-testid="second-person" data-act={props.view.act}>
      <div class="given">
        <h1>{told().title}</h1>
        <p>{told().text}</p>
        <h2>{words().secondPerson.who}</h2>
        <Approvers act={props.view.act} size={props.view.size} chosen={chosen()} choose={setChosen} />
        <PinState entry={entry} refusal={props.view.refusal} testId="second-refusal" />
      </div>
      <PinKeys entry={entry} submit={agree}>
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
          disabled={chosen() === null || !entry.complete()}
          onClick={agree}
        >
          {words().secondPerson.go}
        </button>
      </PinKeys>
    </div>
  );
}

function Approvers(props: {
  readonly act: Asking["act"];
  readonly size: number;
  readonly chosen: StaffId | null;
  readonly choose: (who: StaffId) => void;
}): JSX.Element {
  const { state, words } = useTill();
  const entitled = (): readonly Person[] => {
    const { who, people } = state();
    return who === null ? [] : people.filter((person) => mayApprove(person, who.id, props.act, props.size));
  };
  return (
    <div class="chips">
      <For each={entitled()} fallback={<p>{words().secondPerson.nobody}</p>}>
        {(person) => (
          <button
            type="button"
            data-testid={`approver-${person.id}`}
            classList={{ on: props.chosen === person.id }}
            aria-pressed={props.chosen === person.id}
            disabled={person.lockedUntil !== null}
            onClick={() => props.choose(person.id)}
          >
            {person.name} <small>{words().role[person.role]}</small>
          </button>
        )}
      </For>
    </div>
  );
}
