import { createMemo, For, Show, type JSX } from "solid-js";
import { money, negate, type Money } from "../../domain/money.ts";
import { roundingOf } from "../../domain/rounding.ts";
import { balanceOf } from "../../domain/sale.ts";
import { quickCashAmounts } from "../../domain/tender.ts";
import { cashDue } from "../cash-due.ts";
import { createCashEntry, type CashEntry } from "../cash-entry.ts";
import { Keypad } from "../parts/Keypad.tsx";
import { useTill } from "../till.ts";

const quickAmounts = 5;

/** Cash: what the customer hands over, by one press or typed; the change large. */
export function CashTender(): JSX.Element {
  const { register, state, words, formats } = useTill();
  const balance = createMemo((): Money => {
    const { sale } = state();
    return sale === null ? money(0, "CNY") : balanceOf(sale);
  });
  /** 抹零 comes off what cash has to cover. */
  const rounding = createMemo((): Money => roundingOf(balance(), state().settings?.rules?.rounding ?? null));
  const due = createMemo((): Money => cashDue(balance(), state().settings?.rules?.rounding ?? null));
  const done = (amount: Money): void => void register.takeCash(amount);
  const takePart = (amount: Money): void => void register.takeCash(amount, "part");
  const entry = createCashEntry(due, done, takePart);
  const point = () => ({ label: ".", press: () => entry.type(".") });
  const hundreds = () => ({ label: "00", press: () => ["0", "0"].forEach((zero) => entry.type(zero)) });
  return (
    <div class="cash" data-testid="cash">
      <Given due={due()} rounding={rounding()} entry={entry} done={done} />
      <Keypad
        onDigit={entry.type}
        onBack={entry.back}
        backLabel={words().signOn.back}
        left={entry.decimals() === 0 ? hundreds() : point()}
      >
        <Show
          when={entry.isPart()}
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
          <button type="button" class="go wide part" data-testid="cash-part" onClick={() => takePart(entry.given())}>
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
  readonly entry: CashEntry;
  readonly done: (amount: Money) => void;
}): JSX.Element {
  const { words, formats } = useTill();
  const change = (): Money => props.entry.change();
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
        {props.entry.typed() === "" ? formats().money(props.due) : sign() + props.entry.typed()}
      </div>
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
      <div class="change" classList={{ missing: change().amount < 0 }}>
        <span>{change().amount < 0 ? words().tender.missing : words().tender.change}</span>
        <strong class="num" data-testid="change">
          {formats().money({ ...change(), amount: Math.abs(change().amount) as Money["amount"] })}
        </strong>
      </div>
    </div>
  );
}
