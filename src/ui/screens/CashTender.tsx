import { createMemo, createSignal, For, onCleanup, onMount, type JSX } from "solid-js";
import { minorDigits, money, subtract, type Money } from "../../domain/money.ts";
import { balanceOf } from "../../domain/sale.ts";
import { cashGivenMax, quickCashAmounts } from "../../domain/tender.ts";
import { Keypad } from "../parts/Keypad.tsx";
import { useTill } from "../till.ts";

const quickAmounts = 5;

/** Cash: what the customer hands over, by one press or typed; the change large. */
export function CashTender(): JSX.Element {
  const { register, state, words, formats } = useTill();
  const [typed, setTyped] = createSignal("");
  const due = createMemo((): Money => {
    const { sale } = state();
    return sale === null ? money(0, "CNY") : balanceOf(sale);
  });
  const digits = (): number => minorDigits[due().currency];
  const given = (): Money =>
    typed() === ""
      ? due()
      : money(Math.round(Number(typed() === "." ? "0" : typed()) * 10 ** digits()), due().currency);
  const form = (): RegExp => (digits() === 0 ? /^\d{0,7}$/ : new RegExp(`^\\d{0,7}(?:\\.\\d{0,${digits()}})?$`));
  const type = (key: string): void => {
    if (form().test(typed() + key) && Number(`${typed()}${key}`) * 10 ** digits() <= cashGivenMax)
      setTyped(typed() + key);
  };
  const change = (): Money => subtract(given(), due());
  const done = (amount: Money): void => void register.takeCash(amount);
  const onKey = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement) return;
    if (/^\d$/.test(event.key) || event.key === ".") type(event.key);
    else if (event.key === "Backspace") setTyped(typed().slice(0, -1));
    else if (event.key === "Enter" && !(event.target instanceof HTMLButtonElement) && change().amount >= 0)
      done(given());
  };
  onMount(() => document.addEventListener("keydown", onKey));
  onCleanup(() => document.removeEventListener("keydown", onKey));
  return (
    <div class="cash" data-testid="cash">
      <div class="given">
        <div class="sumrow">
          <span>{words().tender.given}</span>
          <span>
            {words().ticket.due} <b class="num">{formats().money(due())}</b>
          </span>
        </div>
        <div class="big num" data-testid="given">
          {typed() === "" ? formats().money(due()) : `${formats().money(money(0, due().currency)).charAt(0)}${typed()}`}
        </div>
        <div class="quick num">
          <button type="button" data-testid="exact" onClick={() => done(due())}>
            {words().tender.exact} {formats().amount(due())}
          </button>
          <For each={quickCashAmounts(due(), quickAmounts)}>
            {(amount) => (
              <button type="button" data-testid={`quick-${amount.amount}`} onClick={() => done(amount)}>
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
      <Keypad
        onDigit={type}
        onBack={() => setTyped(typed().slice(0, -1))}
        backLabel={words().signOn.back}
        left={
          digits() === 0
            ? {
                label: "00",
                press: () => {
                  type("0");
                  type("0");
                },
              }
            : { label: ".", press: () => type(".") }
        }
      >
        <button
          type="button"
          class="go wide"
          data-testid="cash-done"
          disabled={change().amount < 0}
          onClick={() => done(given())}
        >
          {words().tender.done}
        </button>
      </Keypad>
    </div>
  );
}
