import { createSignal, For, Show, type JSX } from "solid-js";
import type { CashReason } from "../../domain/journal.ts";
import { minorDigits, money, type Money } from "../../domain/money.ts";
import { loadShiftWords, type ShiftWords } from "../../i18n/areas/shift-words.ts";
import type { CashMoveBegun } from "../../register/shift/shift-counter.ts";
import { createAmountEntry } from "../amount-entry.ts";
import { useAreaWords } from "../area-words.ts";
import { useTill } from "../till.ts";
import { AmountKeys } from "./AmountKeys.tsx";

type Move = "paidIn" | "paidOut";

/** What is usual first; a till knows no others. */
const reasonsOf: { readonly [M in Move]: readonly CashReason[] } = {
  paidIn: ["change", "safe", "owner", "supplier", "supplies", "other"],
  paidOut: ["safe", "change", "supplies", "supplier", "owner", "other"],
};
/** As much as the journal keeps of a slip's number. */
const slipMax = 32;

/** Money into the drawer or out of it beside the sales: how much, what for, and the slip's number. */
export function CashMove(): JSX.Element {
  const { state } = useTill();
  const words = useAreaWords(loadShiftWords);
  const move = (): Move => {
    const { counter } = state();
    return counter.kind === "cashMove" ? counter.move : "paidIn";
  };
  const begun = (): CashMoveBegun | undefined => {
    const { counter } = state();
    return counter.kind === "cashMove" ? counter.begun : undefined;
  };
  return <Show when={words()}>{(spoken) => <Form words={spoken()} move={move()} begun={begun()} />}</Show>;
}

function Form(props: {
  readonly words: ShiftWords;
  readonly move: Move;
  readonly begun: CashMoveBegun | undefined;
}): JSX.Element {
  const { register, state, formats } = useTill();
  const [reason, setReason] = createSignal<CashReason | null>(props.begun?.reason ?? null);
  const [slip, setSlip] = createSignal(props.begun?.slip ?? "");
  const none = (): Money => money(0, state().settings?.store.currency ?? "CNY");
  const isReady = (): boolean => reason() !== null && entry.amount().amount > 0;
  const done = (amount: Money): void => {
    const why = reason();
    if (why !== null && amount.amount > 0) void register.moveCash(props.move, amount, why, slip());
  };
  const entry = createAmountEntry(none, isReady, done, typedOf(props.begun));
  const shown = (): string =>
    entry.typed() === "" ? formats().money(none()) : formats().money(none()).charAt(0) + entry.typed();
  return (
    <div class="cash move" data-testid="cash-move" data-move={props.move}>
      <div class="given">
        <h1>{props.words.move[props.move].title}</h1>
        <output class="big num" data-testid="move-amount" aria-live="polite">
          {shown()}
        </output>
        <Reasons words={props.words} move={props.move} reason={reason()} choose={setReason} />
        <label class="slip">
          <span>{props.words.slip}</span>
          <input
            data-testid="move-slip"
            value={slip()}
            maxLength={slipMax}
            autocomplete="off"
            onInput={(event) => setSlip(event.currentTarget.value)}
          />
        </label>
        <p class="hint">{props.words.move[props.move].text}</p>
      </div>
      <AmountKeys entry={entry}>
        <button type="button" class="word" data-testid="move-cancel" onClick={() => void register.showShift()}>
          {props.words.cancel}
        </button>
        <button
          type="button"
          class="go two"
          data-testid="move-go"
          disabled={!isReady()}
          onClick={() => done(entry.amount())}
        >
          {props.words.moveGo[props.move]}
        </button>
      </AmountKeys>
    </div>
  );
}

/** The amount as it was typed. */
function typedOf(begun: CashMoveBegun | undefined): string {
  if (begun === undefined) return "";
  const { amount, currency } = begun.amount;
  return String(amount / 10 ** minorDigits[currency]);
}

function Reasons(props: {
  readonly words: ShiftWords;
  readonly move: Move;
  readonly reason: CashReason | null;
  readonly choose: (reason: CashReason) => void;
}): JSX.Element {
  return (
    <fieldset class="chips">
      <legend>{props.words.reason}</legend>
      <For each={reasonsOf[props.move]}>
        {(each) => (
          <button
            type="button"
            data-testid={`reason-${each}`}
            classList={{ on: props.reason === each }}
            aria-pressed={props.reason === each}
            onClick={() => props.choose(each)}
          >
            {props.words.reasons[props.move][each]}
          </button>
        )}
      </For>
    </fieldset>
  );
}
