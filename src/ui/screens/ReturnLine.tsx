import { Show, type JSX } from "solid-js";
import { money, negate, type Money } from "../../domain/money.ts";
import { quantity } from "../../domain/quantity.ts";
import { returnByQuantity, type LineLeft } from "../../domain/returns.ts";
import type { SaleLine } from "../../domain/sale-line.ts";
import type { ReturnWords } from "../../i18n/areas/return-words.ts";
import { Icon } from "../parts/icons.tsx";
import type { ReturnPicks } from "../return-picks.ts";
import { useTill } from "../till.ts";

const pieceThousandths = 1_000;

/** One line of a past sale: what is left of it, how much comes back, and what that is worth. */
export function ReturnLine(props: {
  readonly words: ReturnWords;
  readonly line: SaleLine;
  readonly left: LineLeft | null;
  readonly picks: ReturnPicks;
  readonly askMoney: (left: LineLeft) => void;
}): JSX.Element {
  const { formats, language } = useTill();
  const name = (): string => props.line.names[language()];
  const amount = (): Money => props.picks.amountOf(props.line.line);
  return (
    <li
      classList={{ none: props.left === null, on: props.picks.of(props.line.line) !== null }}
      data-testid={`return-line-${props.line.line}`}
    >
      <span class="name">{name()}</span>
      <span class="note num">{noteOf(props, useTill().formats())}</span>
      <span class="left num" data-testid="left" data-label={props.words.pick.left}>
        <Show when={props.left} fallback="—">
          {(left) => <>{formats().quantity(left().quantity)}</>}
        </Show>
      </span>
      <Show when={props.left}>
        {(left) => (
          <span class="take num">
            <Take words={props.words} left={left()} picks={props.picks} name={name()} />
            <MoneyKey {...props} left={left()} name={name()} />
          </span>
        )}
      </Show>
      <span class="sum num" classList={{ zero: amount().amount === 0 }} data-testid="back-amount">
        {props.left === null ? "" : formats().amount(amount())}
      </span>
    </li>
  );
}

/** Bottles taken in with the sale: they stay in the shop unless one press hands them back. */
export function TakenInLine(props: {
  readonly words: ReturnWords;
  readonly line: SaleLine;
  readonly picks: ReturnPicks;
}): JSX.Element {
  const { formats, language } = useTill();
  const { line } = props.line;
  const isBack = (): boolean => props.picks.handedBack().includes(line);
  const name = (): string => props.line.names[language()];
  return (
    <li classList={{ on: isBack() }} data-testid={`taken-in-${line}`}>
      <span class="name">{name()}</span>
      <span class="note num">{props.words.pick.takenIn(formats().money(negate(props.line.amount)))}</span>
      <span class="left num" data-label="">
        {formats().quantity(quantity(-props.line.quantity.thousandths, props.line.quantity.unit))}
      </span>
      <span class="take num">
        <button
          type="button"
          class="allkey"
          classList={{ on: isBack() }}
          aria-pressed={isBack()}
          aria-label={props.words.pick.handBackOf(name())}
          data-testid="hand-back"
          onClick={() => props.picks.handBack(line, !isBack())}
        >
          <Show when={isBack()}>
            <Icon name="check" />
          </Show>
          {props.words.pick.handBack}
        </button>
      </span>
      <span class="sum num" classList={{ zero: !isBack() }} data-testid="back-amount">
        {formats().amount(isBack() ? props.line.amount : money(0, props.line.amount.currency))}
      </span>
    </li>
  );
}

/** By pieces with a count, by weight whole; a line of which only money is left shows neither. */
function Take(props: {
  readonly words: ReturnWords;
  readonly left: LineLeft;
  readonly picks: ReturnPicks;
  readonly name: string;
}): JSX.Element {
  const { formats } = useTill();
  const { line } = props.left.line;
  const most = (): number => props.left.quantity.thousandths;
  const taken = (): number => {
    const pick = props.picks.of(line);
    return pick !== null && "thousandths" in pick ? pick.thousandths : 0;
  };
  const by = (change: number): void =>
    props.picks.takeGoods(line, Math.min(most(), Math.max(0, taken() + change * pieceThousandths)));
  return (
    <Show
      when={props.left.quantity.unit === "piece"}
      fallback={
        <button
          type="button"
          class="allkey"
          classList={{ on: taken() > 0 }}
          aria-pressed={taken() > 0}
          data-testid="take-all"
          onClick={() => props.picks.takeGoods(line, taken() > 0 ? 0 : most())}
        >
          <Show when={taken() > 0}>
            <Icon name="check" />
          </Show>
          {props.words.pick.all}
        </button>
      }
    >
      <button
        type="button"
        aria-label={props.words.pick.less(props.name)}
        data-testid="take-less"
        disabled={taken() === 0}
        onClick={() => by(-1)}
      >
        −
      </button>
      <b data-testid="taken" aria-live="polite">
        {formats().quantity(quantity(taken(), "piece"))}
      </b>
      <button
        type="button"
        aria-label={props.words.pick.more(props.name)}
        data-testid="take-more"
        disabled={taken() >= most()}
        onClick={() => by(1)}
      >
        +
      </button>
    </Show>
  );
}

/** Money back without goods. */
function MoneyKey(props: {
  readonly words: ReturnWords;
  readonly left: LineLeft;
  readonly picks: ReturnPicks;
  readonly name: string;
  readonly askMoney: (left: LineLeft) => void;
}): JSX.Element {
  const isOn = (): boolean => {
    const pick = props.picks.of(props.left.line.line);
    return pick !== null && "amount" in pick;
  };
  return (
    <button
      type="button"
      class="moneykey"
      classList={{ on: isOn() }}
      aria-pressed={isOn()}
      aria-label={props.words.pick.moneyOnlyOf(props.name)}
      data-testid="take-money"
      disabled={props.left.amount.amount === 0}
      onClick={() => props.askMoney(props.left)}
    >
      {props.words.pick.moneyOnly}
    </button>
  );
}

/** What one piece or kilogram of it cost, and what came back before. */
function noteOf(
  props: { readonly words: ReturnWords; readonly line: SaleLine; readonly left: LineLeft | null },
  formats: ReturnType<ReturnType<typeof useTill>["formats"]>,
): string {
  const { line, left, words } = props;
  const leftOver = left?.quantity.thousandths ?? 0;
  const before = line.quantity.thousandths - leftOver;
  const price =
    line.quantity.unit === "kg"
      ? words.pick.eachKg(formats.money(line.unitPrice))
      : words.pick.each(formats.money(eachPaid(line, left)));
  if (before === 0) return price;
  const back = formats.quantity(quantity(before, line.quantity.unit));
  return `${price} · ${words.pick.bought(formats.quantity(line.quantity), back)}`;
}

function eachPaid(line: SaleLine, left: LineLeft | null): Money {
  if (left === null) return line.unitPrice;
  const one = returnByQuantity({ id: "" as never }, left, quantity(pieceThousandths, "piece"));
  return one.ok ? negate(one.value.amount) : money(line.unitPrice.amount, line.unitPrice.currency);
}
