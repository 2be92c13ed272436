import { createMemo, For, onMount, Show, type JSX } from "solid-js";
import type { Carried } from "../../domain/returns.ts";
import type { Money } from "../../domain/money.ts";
import { loadReturnWords, type ReturnWords } from "../../i18n/areas/return-words.ts";
import type { BackPlan } from "../../register/state.ts";
import { useAreaWords } from "../area-words.ts";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";

/** Money goes back, or an exchange comes out even: what goes where, and one press that does it. */
export function GiveBack(): JSX.Element {
  const { state } = useTill();
  const words = useAreaWords(loadReturnWords);
  const plan = createMemo((): BackPlan | null => {
    const { counter } = state();
    return counter.kind === "giveBack" ? counter.plan : null;
  });
  return (
    <Show when={words()}>
      {(told) => (
        <Show when={plan()} keyed>
          {(shown) => <Plan words={told()} plan={shown} />}
        </Show>
      )}
    </Show>
  );
}

function Plan(props: { readonly words: ReturnWords; readonly plan: BackPlan }): JSX.Element {
  const { register, state } = useTill();
  const isEven = (): boolean => props.plan.parts.length === 0;
  const isExchange = (): boolean => state().sale?.lines.some((line) => line.returnOf !== null) === true;
  const even = () => (isExchange() ? props.words.give.even : props.words.give.free);
  let go!: HTMLButtonElement;
  onMount(() => go.focus({ preventScroll: true }));
  return (
    <div class="giving" data-testid="give-back">
      <div class="givingtext">
        <h1>{isEven() ? even().title : props.words.give.title}</h1>
        <Show when={isEven()}>
          <p>{even().text}</p>
        </Show>
        <Agreed words={props.words} />
        <ul class="goes large">
          <For each={props.plan.parts}>{(part) => <Part words={props.words} part={part} />}</For>
        </ul>
        <Show when={props.plan.carried.length > 0}>
          <h2>{props.words.give.carried}</h2>
          <ul class="goes">
            <For each={props.plan.carried}>{(part) => <CarriedRow words={props.words} part={part} />}</For>
          </ul>
        </Show>
      </div>
      <button
        ref={go}
        type="button"
        class="pay num"
        data-testid="give-back-go"
        // the Enter that ended the PIN is still down: it is not this press
        onKeyDown={(event) => (event.repeat ? event.preventDefault() : undefined)}
        onClick={() => void register.giveBack()}
      >
        <Show when={!isEven()} fallback={isExchange() ? props.words.give.goEven : props.words.give.goFree}>
          <GoText words={props.words} parts={props.plan.parts} />
        </Show>
      </button>
    </div>
  );
}

function GoText(props: { readonly words: ReturnWords; readonly parts: readonly Carried[] }): JSX.Element {
  const { words, formats } = useTill();
  const texts = (): readonly string[] =>
    props.parts.map((part) =>
      part.kind === "cash"
        ? props.words.give.goCash(formats().money(part.amount))
        : props.words.give.goRefund(words().channel[part.channel], formats().money(part.amount)),
    );
  return <>{props.words.give.go(texts())}</>;
}

function Part(props: { readonly words: ReturnWords; readonly part: Carried }): JSX.Element {
  const { state, words, formats } = useTill();
  const name = (): string =>
    props.part.kind === "cash" ? props.words.pick.toCash : props.words.pick.to(words().channel[props.part.channel]);
  const note = (): string =>
    props.part.kind === "cash" ? props.words.give.cashNow : state().connection.online ? "" : props.words.give.promised;
  return (
    <li data-testid={`give-${props.part.kind === "cash" ? "cash" : props.part.channel}`}>
      <b>{name()}</b>
      <span>{note()}</span>
      <strong class="num">{formats().money(props.part.amount)}</strong>
    </li>
  );
}

function CarriedRow(props: { readonly words: ReturnWords; readonly part: Carried }): JSX.Element {
  const { words, formats } = useTill();
  const from = (): string =>
    props.part.kind === "cash"
      ? props.words.give.carriedCash
      : props.words.give.carriedFrom(words().channel[props.part.channel]);
  const amount = (): Money => props.part.amount;
  return (
    <li data-testid="give-carried">
      <b>{from()}</b>
      <span />
      <strong class="num">{formats().money(amount())}</strong>
    </li>
  );
}

/** The second person's yes, by name. */
function Agreed(props: { readonly words: ReturnWords }): JSX.Element {
  const { state } = useTill();
  const name = (): string | null => {
    const { sale, people } = state();
    const yes = sale?.approvals.findLast((each) => each.act === "return");
    return people.find((person) => person.id === yes?.by)?.name ?? null;
  };
  return (
    <Show when={name()}>
      {(who) => (
        <p class="agreed" data-testid="give-agreed">
          <Icon name="check" /> {props.words.give.approved(who())}
        </p>
      )}
    </Show>
  );
}
