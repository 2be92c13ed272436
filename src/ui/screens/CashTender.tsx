import { createMemo, For, Show, type JSX } from "solid-js";
import { money, negate, type Money } from "../../domain/money.ts";
import { roundingOf } from "../../domain/rounding.ts";
import { balanceOf } from "../../domain/sale.ts";
import { quickCashAmounts } from "../../domain/tender.ts";
import { partOf } from "../../register/paying/part-asked.ts";
import { cashDue } from "../cash-due.ts";
import { createCashEntry, type CashEntry } from "../cash-entry.ts";
import { Keypad } from "../parts/Keypad.tsx";
import { useTill } from "../till.ts";

const quickAmounts = 5;

/**
 * Cash: what the customer hands over, by one press or typed; the change large. A part that was chosen for this payment stays
 * chosen: cash is then asked for that part, and only "all" closes the sale.
 */
export function CashTender(): JSX.Element {
  const { register, state, words, formats } = useTill();
  const balance = createMemo((): Money => {
    const { sale } = state();
    return sale === null ? money(0, "CNY") : balanceOf(sale);
  });
  /** 抹零 comes off what cash has to cover. */
  const rounding = createMemo((): Money => roundingOf(balance(), state().settings?.rules?.rounding ?? null));
  const due = createMemo((): Money => cashDue(balance(), state().settings?.rules?.rounding ?? null));
  const chosen = createMemo((): Money | null => {
    const { sale, part } = state();
    return sale === null ? null : partOf(part, sale);
  });
  const done = (amount: Money): void => void register.takeCash(amount);
  const takePart = (amount: Money): void => void register.takeCash(amount, "part");
  const entry = createCashEntry(due, chosen, done, takePart);
  const point = () => ({ label: ".", press: () => entry.type(".") });
  const hundreds = () => ({ label: "00", press: () => ["0", "0"].forEach((zero) => entry.type(zero)) });
  return (
    <div class="cash" data-testid="cash">
      <Given due={due()} rounding={rounding()} chosen={chosen()} entry={entry} done={done} />
      <Keypad
        onDigit={entry.type}
        onBack={entry.back}
        backLabel={words().signOn.back}
        left={entry.decimals() === 0 ? hundreds() : point()}
      >
        <Show
          when={entry.isPart() || chosen()}
          fallback={
            <button
              type="button"
              class="go wide"
              data-testid="cash-done"
              disabled={entry.change().amount < 0}
              onClick={() => done(entry.given())}
            >
              {words().tender.done}
            </button>
          }
        >
          <button
            type="button"
            class="go wide part"
            data-testid="cash-part"
            disabled={!entry.isPart()}
            onClick={() => takePart(entry.given())}
          >
            {words().tender.part(formats().money(entry.given()))}
          </button>
        </Show>
      </Keypad>
    </div>
  );
}

function Given(props: {
  readonly due: Money;
  readonly rounding: Money;
  readonly chosen: Money | null;
  readonly entry: CashEntry;
  readonly done: (amount: Money) => void;
}): JSX.Element {
  const { words, formats } = useTill();
  const sign = (): string => formats().money(money(0, props.due.currency)).charAt(0);
  return (
    <div class="given">
      <div class="sumrow">
        <span>{words().tender.given}</span>
        <span>
          {words().ticket.due} <b class="num">{formats().money(props.due)}</b>
        </span>
      </div>
      <Show when={props.rounding.amount !== 0}>
        <div class="sumrow rounding" data-testid="rounding">
          <span>{words().tender.rounded(formats().money(negate(props.rounding)))}</span>
        </div>
      </Show>
      <div class="big num" data-testid="given">
        {props.entry.typed() === "" ? formats().money(props.entry.given()) : sign() + props.entry.typed()}
      </div>
      <Show when={props.chosen === null}>
        <Quick due={props.due} done={props.done} />
      </Show>
      <Change entry={props.entry} isPart={props.chosen !== null} />
    </div>
  );
}

/** Amounts taken by one press: what is due exactly, and the notes a customer is likely to hand over for it. */
function Quick(props: { readonly due: Money; readonly done: (amount: Money) => void }): JSX.Element {
  const { words, formats } = useTill();
  return (
    <div class="quick num">
      <button type="button" data-testid="exact" onClick={() => props.done(props.due)}>
        {words().tender.exact} {formats().amount(props.due)}
      </button>
      <For each={quickCashAmounts(props.due, quickAmounts)}>
        {(amount) => (
          <button type="button" data-testid={`quick-${amount.amount}`} onClick={() => props.done(amount)}>
            {formats().money(amount).replace(/\.00$/, "")}
          </button>
        )}
      </For>
    </div>
  );
}

/** What goes back, what is missing, or of a chosen part what is left to pay another way. */
function Change(props: { readonly entry: CashEntry; readonly isPart: boolean }): JSX.Element {
  const { words, formats } = useTill();
  const change = (): Money => props.entry.change();
  const word = (): string => {
    if (props.isPart) return words().tender.rest;
    return change().amount < 0 ? words().tender.missing : words().tender.change;
  };
  const shown = (): Money => {
    const { amount, currency } = change();
    return money(props.isPart ? Math.max(-amount, 0) : Math.abs(amount), currency);
  };
  return (
    <div
      class="change"
      classList={{
        missing: props.isPart ? change().amount >= 0 : change().amount < 0,
        "figure rest": props.isPart,
      }}
    >
      <span>{word()}</span>
      <strong class="num" data-testid="change">
        {formats().money(shown())}
      </strong>
    </div>
  );
}
