import { For, lazy, Show, type JSX } from "solid-js";
import type { DoneCounter } from "../../register/state.ts";
import { backLooks } from "../back-look.ts";
import { isUnverified, takenName } from "../tender-name.ts";
import { Icon, type IconName } from "../parts/icons.tsx";
import { useTill } from "../till.ts";

const BackDone = lazy(async () => ({ default: (await import("./BackDone.tsx")).BackDone }));

/** The sale is complete: the change, or that the money arrived; and what became of the paper. */
export function Done(): JSX.Element {
  const { state } = useTill();
  const done = (): DoneCounter | null => {
    const { counter } = state();
    return counter.kind === "done" ? counter : null;
  };
  return <Show when={done()}>{(view) => <DoneStage view={view()} />}</Show>;
}

function DoneStage(props: { readonly view: DoneCounter }): JSX.Element {
  const { register, words } = useTill();
  const needsPrinter = (): boolean => props.view.print.kind === "failed" && props.view.print.reason === "notPaired";
  const mayPrintAgain = (): boolean =>
    !needsPrinter() && (props.view.print.kind === "failed" || props.view.print.kind === "uncertain");
  const isBack = (): boolean => props.view.total.amount <= 0;
  const look = (): "good" | "doubt" | "danger" => {
    const back = backLooks(props.view.back);
    return back === "good" && props.view.taken.some(isUnverified) ? "doubt" : back;
  };
  const icons: { readonly [L in "good" | "doubt" | "danger"]: IconName } = {
    good: "check",
    doubt: "wait",
    danger: "warning",
  };
  return (
    <div
      class="stage donebox"
      classList={{ pending: look() === "doubt", trouble: look() === "danger" }}
      data-testid="done"
      data-receipt={props.view.receipt}
      data-look={look()}
    >
      <div class="told" role="status">
        <Icon name={icons[look()]} />
        <Show when={!isBack()} fallback={<BackDone view={props.view} />}>
          <Received view={props.view} />
        </Show>
        <p class="paper" data-testid="print-outcome" data-print={props.view.print.kind}>
          <Icon name="printer" /> {words().done.print(props.view.print)}
        </p>
        <div class="row">
          <Show when={needsPrinter()}>
            <button type="button" class="quiet" data-testid="done-pair" onClick={() => void register.pairPrinter()}>
              {words().strip.pairPrinter}
            </button>
          </Show>
          <Show when={mayPrintAgain()}>
            <button
              type="button"
              class="quiet"
              data-testid="print-again"
              onClick={() => void register.reprint(props.view.sale)}
            >
              {words().done.printAgain}
            </button>
          </Show>
          <button type="button" class="quiet go" data-testid="next" onClick={() => register.nextCustomer()}>
            {words().done.next} <kbd>Enter</kbd>
          </button>
        </div>
        <small>{words().done.nextHint}</small>
      </div>
    </div>
  );
}

/** Money came in: how much, or the change; of a sale paid in parts every part. */
function Received(props: { readonly view: DoneCounter }): JSX.Element {
  const { words, formats } = useTill();
  const change = () =>
    props.view.cash === null || props.view.cash.change.amount === 0 ? null : props.view.cash.change;
  const isSplit = (): boolean => props.view.taken.length > 1;
  const title = (): string => {
    if (change() !== null) return words().done.cashTitle;
    return props.view.taken.some(isUnverified) ? words().done.noted : words().done.title;
  };
  /** What was handed over, or the channel the money came by; of several parts only cash that change is given for. */
  const received = (): readonly string[] => {
    const { cash, taken } = props.view;
    if (isSplit() && change() === null) return [];
    if (cash !== null) return [words().done.given(formats().money(cash.given))];
    return taken.flatMap((part) => {
      if (part.by === "cash") return [];
      const { received: arrived, unverified } = words().done;
      return [(isUnverified(part) ? unverified : arrived)(words().channel[part.by])];
    });
  };
  return (
    <>
      <h1>{title()}</h1>
      <strong class="huge num" data-testid="done-amount">
        {formats().money(change() ?? props.view.total)}
      </strong>
      <p>{[...received(), words().done.receipt(props.view.receipt)].join(" · ")}</p>
      <Show when={isSplit()}>
        <Parts view={props.view} />
      </Show>
    </>
  );
}

/** Every part of what was paid, and by what. */
function Parts(props: { readonly view: DoneCounter }): JSX.Element {
  const { words, formats } = useTill();
  return (
    <ul class="taken num" data-testid="done-parts">
      <For each={props.view.taken}>
        {(part) => (
          <li>
            {takenName(part, words())} <b>{formats().money(part.amount)}</b>
          </li>
        )}
      </For>
    </ul>
  );
}
