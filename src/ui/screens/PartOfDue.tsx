import { Show, type JSX } from "solid-js";
import { money, subtract, type Money } from "../../domain/money.ts";
import { balanceOf } from "../../domain/sale.ts";
import { partOf } from "../../register/paying/part-asked.ts";
import { createAmountEntry } from "../amount-entry.ts";
import { useTill } from "../till.ts";
import { AmountKeys } from "./AmountKeys.tsx";

/** What is due of the open sale, and the part of it that the next payment by code is for. */
function dueOf(till: ReturnType<typeof useTill>): { readonly due: Money; readonly part: Money | null } | null {
  const { sale, part } = till.state();
  return sale === null ? null : { due: balanceOf(sale), part: partOf(part, sale) };
}

/** The next payment by code: for all that is due, or for a part of it with the rest paid another way. */
export function PartChips(props: { readonly ask: () => void }): JSX.Element {
  const till = useTill();
  const { register, words, formats } = till;
  return (
    <Show when={dueOf(till)}>
      {(asked) => (
        <div class="chips tips parts" role="group" aria-label={words().tender.now} data-testid="part-chips">
          <span>{words().tender.now}</span>
          <button
            type="button"
            data-testid="part-all"
            classList={{ on: asked().part === null }}
            aria-pressed={asked().part === null}
            onClick={() => register.choosePart(null)}
          >
            <b>{words().tender.all}</b> <small class="num">{formats().money(asked().due)}</small>
          </button>
          <button
            type="button"
            data-testid="part-some"
            classList={{ on: asked().part !== null }}
            aria-pressed={asked().part !== null}
            onClick={() => props.ask()}
          >
            <Show when={asked().part} fallback={<b>{words().tender.some}</b>}>
              {(part) => (
                <>
                  <b class="num">{formats().money(part())}</b>{" "}
                  <small class="num">{words().tender.someThen(formats().money(subtract(asked().due, part())))}</small>
                </>
              )}
            </Show>
          </button>
        </div>
      )}
    </Show>
  );
}

/** How much of what is due the next payment by code is for. */
export function PartKeys(props: { readonly close: () => void }): JSX.Element {
  const till = useTill();
  const { register, state, words, formats } = till;
  const none = (): Money => money(0, state().settings?.store.currency ?? "CNY");
  const due = (): Money => dueOf(till)?.due ?? none();
  const isPart = (): boolean => entry.amount().amount > 0 && entry.amount().amount < due().amount;
  const done = (amount: Money): void => {
    register.choosePart(amount);
    props.close();
  };
  const entry = createAmountEntry(none, () => isPart(), done);
  const left = (): Money => subtract(due(), entry.amount());
  return (
    <div class="cash" data-testid="part-keys">
      <div class="given">
        <div class="sumrow">
          <span>{words().tender.now}</span>
          <span>
            {words().ticket.due} <b class="num">{formats().money(due())}</b>
          </span>
        </div>
        <output class="big num" classList={{ none: entry.typed() === "" }} data-testid="part-amount" aria-live="polite">
          {entry.typed() === "" ? formats().money(none()) : formats().money(none()).charAt(0) + entry.typed()}
        </output>
        <div class="change figure rest" classList={{ missing: left().amount <= 0 }}>
          <span>{words().tender.rest}</span>
          <strong class="num">{formats().money(left().amount > 0 ? left() : none())}</strong>
        </div>
      </div>
      <AmountKeys entry={entry}>
        <button type="button" class="word" data-testid="part-cancel" onClick={() => done(due())}>
          {words().tender.all}
        </button>
        <button
          type="button"
          class="go two"
          data-testid="part-go"
          disabled={!isPart()}
          onClick={() => done(entry.amount())}
        >
          {words().tender.someGo(formats().money(entry.amount()))}
        </button>
      </AmountKeys>
    </div>
  );
}
