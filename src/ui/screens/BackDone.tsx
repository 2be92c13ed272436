import { For, Show, type JSX } from "solid-js";
import { money, type Money } from "../../domain/money.ts";
import { loadReturnWords, type ReturnWords } from "../../i18n/areas/return-words.ts";
import type { DoneCounter, GivenBack } from "../../register/state.ts";
import { useAreaWords } from "../area-words.ts";
import { backLook, backLooks } from "../back-look.ts";
import { Icon, type IconName } from "../parts/icons.tsx";
import { useTill } from "../till.ts";

type Refund = Extract<GivenBack, { kind: "refund" }>;

/** A return or an even exchange is complete: how much went back, and how far each refund is. */
export function BackDone(props: { readonly view: DoneCounter }): JSX.Element {
  const { words: plain, formats } = useTill();
  const words = useAreaWords(loadReturnWords);
  const total = (): Money => money(Math.abs(props.view.total.amount), props.view.total.currency);
  return (
    <Show when={words()}>
      {(told) => (
        <>
          <h1>{props.view.back.length > 0 ? told().done.title[backLooks(props.view.back)] : told().done.evenTitle}</h1>
          <strong class="huge num" data-testid="done-amount">
            {formats().money(total())}
          </strong>
          <p>{plain().done.receipt(props.view.receipt)}</p>
          <ul class="progress" aria-live="polite" data-testid="done-back">
            <For each={props.view.back}>{(part) => <Progress words={told()} part={part} view={props.view} />}</For>
          </ul>
        </>
      )}
    </Show>
  );
}

type PartProps = { readonly words: ReturnWords; readonly view: DoneCounter };

function Progress(props: PartProps & { readonly part: GivenBack }): JSX.Element {
  const { formats } = useTill();
  return (
    <Show
      when={props.part.kind === "refund" ? props.part : null}
      fallback={
        <li class="good" data-testid="back-cash">
          <Icon name="cash" />
          <b>{props.words.done.cash(formats().money(props.part.amount))}</b>
        </li>
      }
    >
      {(refund) => <RefundProgress words={props.words} view={props.view} refund={refund()} />}
    </Show>
  );
}

function RefundProgress(props: PartProps & { readonly refund: Refund }): JSX.Element {
  const { state, words, formats } = useTill();
  // sent in a moment while the gateway is heard
  const stage = (): Refund["state"] =>
    props.refund.state === "promised" && state().connection.online ? "owed" : props.refund.state;
  const told = () =>
    props.words.done.state[stage()](words().channel[props.refund.channel], formats().money(props.refund.amount));
  // the receipt is the customer's proof only where it is on paper
  const text = (): string =>
    stage() === "promised" && props.view.print.kind === "failed"
      ? props.words.done.noPaper(props.view.receipt)
      : told().text;
  const look = (): "good" | "doubt" | "danger" => backLook(props.refund);
  const icons: { readonly [L in "good" | "doubt" | "danger"]: IconName } = {
    good: "check",
    doubt: "wait",
    danger: "warning",
  };
  return (
    <li class={look()} data-testid={`back-${props.refund.channel}`} data-state={props.refund.state}>
      <Icon name={icons[look()]} />
      <b class="num">{told().title}</b>
      <span>{text()}</span>
    </li>
  );
}
