import { onCleanup, onMount, Show, type JSX } from "solid-js";
import { money, type Money } from "../../domain/money.ts";
import type { LineLeft } from "../../domain/returns.ts";
import type { ReturnWords } from "../../i18n/areas/return-words.ts";
import { createAmountEntry } from "../amount-entry.ts";
import type { ReturnPicks } from "../return-picks.ts";
import { useTill } from "../till.ts";
import { AmountKeys } from "./AmountKeys.tsx";

/** How much of a line's money goes back while the goods stay with the customer. */
export function MoneyBack(props: {
  readonly words: ReturnWords;
  readonly left: LineLeft;
  readonly picks: ReturnPicks;
  readonly close: () => void;
}): JSX.Element {
  const { formats, language } = useTill();
  const { line } = props.left;
  const before = (): Money => {
    const pick = props.picks.of(line.line);
    return pick !== null && "amount" in pick ? pick.amount : money(0, props.left.amount.currency);
  };
  const isReady = (): boolean => entry.amount().amount > 0 && entry.amount().amount <= props.left.amount.amount;
  const take = (amount: Money | null): void => {
    props.picks.takeMoney(line.line, amount);
    props.close();
  };
  const entry = createAmountEntry(before, () => isReady(), take);
  onEscape(() => props.close());
  const shown = (): string =>
    entry.typed() === "" ? formats().money(entry.amount()) : formats().money(before()).charAt(0) + entry.typed();
  return (
    <div class="cash moneyback" data-testid="money-back">
      <div class="given">
        <h1>{props.words.pick.moneyTitle(line.names[language()])}</h1>
        <p>{props.words.pick.moneyText(formats().money(props.left.amount))}</p>
        <output
          class="big num"
          classList={{ over: entry.amount().amount > props.left.amount.amount }}
          aria-live="polite"
        >
          {shown()}
        </output>
        <Show when={before().amount > 0}>
          <button type="button" class="quiet" data-testid="money-none" onClick={() => take(null)}>
            {props.words.pick.moneyNone}
          </button>
        </Show>
      </div>
      <AmountKeys entry={entry}>
        <button
          type="button"
          class="go wide"
          data-testid="money-go"
          disabled={!isReady()}
          onClick={() => take(entry.amount())}
        >
          {props.words.pick.moneyGo}
        </button>
      </AmountKeys>
    </div>
  );
}

/** One step back, not out of the return. */
function onEscape(close: () => void): void {
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  onMount(() => document.addEventListener("keydown", leave, { capture: true }));
  onCleanup(() => document.removeEventListener("keydown", leave, { capture: true }));
}
