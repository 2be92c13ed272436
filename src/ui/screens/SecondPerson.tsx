import { createSignal, For, Show, type JSX } from "solid-js";
import type { StaffId } from "../../domain/identifier.ts";
import { money } from "../../domain/money.ts";
import { balanceOf } from "../../domain/sale.ts";
import { mayApprove } from "../../domain/permissions.ts";
import type { Told } from "../../i18n/told.ts";
import { reasonLengthMax } from "../../contract/approval.ts";
import type { Person, PhoneAsk } from "../../register/people/asking.ts";
import type { Counter } from "../../register/state.ts";
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
  const { register, state, words } = useTill();
  const [chosen, setChosen] = createSignal<StaffId | null>(null);
  const entry = createPinEntry();
  const [reason, setReason] = createSignal("");
  const isAlone = (): boolean => chosen() !== null && chosen() === state().who?.id;
  // who receives cash does not agree to something: the heading asks who it is
  const isReceiving = (): boolean => props.view.act === "handOver";
  const isWithoutReason = (): boolean => isAlone() && reason().trim() === "";
  const agree = (): void => {
    const who = chosen();
    // a PIN that was typed stays until there is a reason
    if (who === null || !entry.complete() || isWithoutReason()) return;
    const pin = entry.take();
    void (isAlone() ? register.goAlone(reason(), pin) : register.approve(who, pin));
  };
  return (
    <div class="cash second" data-testid="second-person" data-act={props.view.act}>
      <div class="given">
        <What view={props.view} />
        <Show when={!isReceiving()}>
          <h2>{words().secondPerson.who}</h2>
        </Show>
        <Approvers view={props.view} chosen={chosen()} choose={setChosen} />
        <Show when={props.view.aloneUsedUp}>
          {(times) => <p data-testid="alone-used-up">{words().secondPerson.aloneUsedUp(times())}</p>}
        </Show>
        <Show when={isAlone()}>
          <AloneReason type={setReason} />
        </Show>
        <Show when={!isAlone() || props.view.phone?.kind === "asking"}>
          <OnPhone phone={props.view.phone} />
        </Show>
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
          disabled={chosen() === null || !entry.complete() || isWithoutReason()}
          onClick={agree}
        >
          {isReceiving() ? words().secondPerson.receive : words().secondPerson.go}
        </button>
      </PinKeys>
    </div>
  );
}

/** Why nobody else is there; whoever reviews it reads it. */
function AloneReason(props: { readonly type: (reason: string) => void }): JSX.Element {
  const { words } = useTill();
  return (
    <label class="alone-reason">
      {words().secondPerson.aloneReason}
      <input
        type="text"
        maxLength={reasonLengthMax}
        data-testid="alone-reason"
        on:keydown={(event) => event.stopPropagation()}
        onInput={(event) => props.type(event.currentTarget.value)}
      />
    </label>
  );
}

/** What is asked for, and how much it is. */
function What(props: { readonly view: Asking }): JSX.Element {
  const { state, words, formats } = useTill();
  const told = (): Told => {
    const { sale } = state();
    const { act, amount, attempt } = props.view;
    if (act === "sellOnFragileStorage") return words().secondPerson.fragile;
    if (act === "freeAttemptOffline" && attempt !== null)
      return words().secondPerson.free(formats().money(sale === null ? money(0, "CNY") : balanceOf(sale)));
    if (act === "handOver" && amount !== null) return words().secondPerson.handOver(formats().money(amount));
    const names: Readonly<Record<string, string>> = words().secondPerson.act;
    const name = names[act] ?? words().secondPerson.act.other;
    return {
      title: words().secondPerson.actTitle,
      text: amount === null ? name : `${name} · ${formats().money(amount)}`,
    };
  };
  return (
    <>
      <h1>{told().title}</h1>
      <p>{told().text}</p>
    </>
  );
}

/** Those entitled are asked on their own phones: offered, waited for with what is left of it, or what became of it. */
function OnPhone(props: { readonly phone: PhoneAsk | undefined }): JSX.Element {
  const { register, now, words } = useTill();
  const [why, setWhy] = createSignal("");
  const left = (until: number): string => {
    const seconds = Math.max(0, Math.ceil((until - now()) / 1000));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  const asking = () => (props.phone?.kind === "asking" ? props.phone : null);
  const ended = () => {
    const kind = props.phone?.kind;
    return kind === "refused" || kind === "over" || kind === "notReached" ? kind : null;
  };
  return (
    <Show when={props.phone}>
      <div class="on-phone" role="status">
        <Show
          when={asking()}
          fallback={
            <>
              <Show when={ended()}>
                {(kind) => <p data-testid={`phone-${kind()}`}>{words().secondPerson.phoneEnd[kind()]}</p>}
              </Show>
              <label class="alone-reason">
                {words().secondPerson.phoneWhy}
                <input
                  type="text"
                  maxLength={reasonLengthMax}
                  value={why()}
                  data-testid="phone-why"
                  on:keydown={(event) => event.stopPropagation()}
                  onInput={(event) => setWhy(event.currentTarget.value)}
                />
              </label>
              <button
                type="button"
                class="word"
                data-testid="ask-on-phone"
                onClick={() => void register.askOnPhone(why())}
              >
                {words().secondPerson.phone}
              </button>
            </>
          }
        >
          {(phone) => (
            <>
              <p class="num" data-testid="phone-asking">
                {words().secondPerson.phoneAsking(left(phone().until))}
              </p>
              <button type="button" class="word" data-testid="stop-asking" onClick={() => void register.stopAsking()}>
                {words().secondPerson.phoneStop}
              </button>
            </>
          )}
        </Show>
      </div>
    </Show>
  );
}

function Approvers(props: {
  readonly view: Asking;
  readonly chosen: StaffId | null;
  readonly choose: (who: StaffId) => void;
}): JSX.Element {
  const { state, words } = useTill();
  const entitled = (): readonly Person[] => {
    const { who, people, permissions } = state();
    const may = (person: Person): boolean =>
      who !== null && mayApprove(person, who.id, props.view.act, props.view.size, permissions);
    return people.filter(may);
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
      <Show when={props.view.mayBeAlone === true && state().who}>
        {(who) => (
          <button
            type="button"
            data-testid="go-alone"
            classList={{ on: props.chosen === who().id }}
            aria-pressed={props.chosen === who().id}
            onClick={() => props.choose(who().id)}
          >
            {who().name} <small>{words().secondPerson.alone}</small>
          </button>
        )}
      </Show>
    </div>
  );
}
