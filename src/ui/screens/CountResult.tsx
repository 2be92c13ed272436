import { createSignal, For, onCleanup, Show, type JSX } from "solid-js";
import { subtract, type Money } from "../../domain/money.ts";
import type { ShiftWords } from "../../i18n/areas/shift-words.ts";
import type { CountOutcome } from "../../register/shift/shift-counter.ts";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";

/** What the count came to: counted, what must be there, over or short; then once more, or the shift closes. */
export function CountResult(props: {
  readonly words: ShiftWords;
  readonly nth: number;
  readonly result: CountOutcome;
}): JSX.Element {
  const { register, formats } = useTill();
  const off = (): Money => subtract(props.result.counted, props.result.expected);
  const outcome = (): "over" | "short" | "exact" => (off().amount > 0 ? "over" : off().amount < 0 ? "short" : "exact");
  const text = (): string =>
    ({ over: props.words.count.overText, short: props.words.count.shortText, exact: props.words.count.exactText })[
      outcome()
    ];
  return (
    <div class="sheet count" data-testid="count-result" data-outcome={outcome()}>
      <header>
        <h1>{props.words.count.result}</h1>
        <p />
        <button type="button" class="quiet" data-testid="count-back" onClick={() => void register.showShift()}>
          {props.words.cancel} <kbd>Esc</kbd>
        </button>
      </header>
      <div class="countbody resultbody">
        <dl class="figurelist num">
          <div>
            <dt>{props.words.count.counted}</dt>
            <dd data-testid="counted">{formats().money(props.result.counted)}</dd>
          </div>
          <div>
            <dt>{props.words.count.expected}</dt>
            <dd data-testid="expected">{formats().money(props.result.expected)}</dd>
          </div>
        </dl>
        <div class="off" classList={{ exact: outcome() === "exact" }} role="status">
          <Icon name={outcome() === "exact" ? "check" : "warning"} />
          <span>
            <b>{props.words.count[outcome()]}</b>
            <small>{text()}</small>
          </span>
          <strong class="num" data-testid="off">
            {formats().money(off())}
          </strong>
        </div>
        <StillOpen words={props.words.count} />
        <ResultActs words={props.words.count} nth={props.nth} result={props.result} />
      </div>
    </div>
  );
}

/**
 * Once more, hand over, or close with the cash left where it is; where no more was counted than the usual float, closing comes first.
 * Both sleep until the result can have been seen.
 */
function ResultActs(props: {
  readonly words: ShiftWords["count"];
  readonly nth: number;
  readonly result: CountOutcome;
}): JSX.Element {
  const { register, shell, state } = useTill();
  const [isSeen, setSeen] = createSignal(false);
  onCleanup(shell.clock.after(Math.max(0, props.result.closeFrom - shell.clock.now()), () => setSeen(true)));
  const counted = (): number => props.result.counted.amount;
  const isMuch = (): boolean => counted() > (state().settings?.rules?.float ?? 0);
  const handOver = (look: "pay" | "quiet"): JSX.Element => (
    <button
      type="button"
      class={look}
      data-testid="begin-hand-over"
      disabled={!isSeen()}
      onClick={() => register.beginHandOver()}
    >
      {props.words.handOver}
    </button>
  );
  return (
    <div class="countfoot resultacts">
      <Show when={props.nth === 1}>
        <button type="button" class="quiet" data-testid="recount" onClick={() => void register.recountDrawer()}>
          {props.words.recount}
        </button>
      </Show>
      <Show when={!isMuch() && counted() > 0}>{handOver("quiet")}</Show>
      <button
        type="button"
        class={isMuch() ? "quiet" : "pay"}
        data-testid="close-shift"
        disabled={!isSeen()}
        onClick={() => void register.closeShift()}
      >
        {counted() > 0 ? props.words.keep : props.words.close}
      </button>
      <Show when={isMuch()}>{handOver("pay")}</Show>
    </div>
  );
}

/** What is not finished, and what becomes of it: none of it keeps the shift from closing. */
function StillOpen(props: { readonly words: ShiftWords["count"] }): JSX.Element {
  const { state } = useTill();
  const rows = (): readonly { readonly name: string; readonly text: string; readonly isDoubt: boolean }[] => {
    const { connection, tickets, parked } = state();
    const { words } = props;
    return [
      { count: connection.unsent, name: words.unsent(connection.unsent), text: words.unsentText, isDoubt: false },
      { count: tickets.length, name: words.held(tickets.length), text: words.heldText, isDoubt: false },
      { count: parked.length, name: words.parked(parked.length), text: words.parkedText, isDoubt: true },
    ].filter((row) => row.count > 0);
  };
  return (
    <Show when={rows().length > 0} fallback={<span />}>
      <section class="stillopen">
        <h2>{props.words.open}</h2>
        <ul>
          <For each={rows()}>
            {(row) => (
              <li classList={{ doubt: row.isDoubt }}>
                <b>{row.name}</b> <span>{row.text}</span>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
