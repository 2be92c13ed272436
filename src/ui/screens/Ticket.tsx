import { createEffect, For, Show, type JSX } from "solid-js";
import { negate } from "../../domain/money.ts";
import { shownAmountOf, type SaleLine } from "../../domain/sale-line.ts";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";
import { TicketFoot } from "./TicketFoot.tsx";
import { WaitingKey } from "./TicketKeys.tsx";

/** What is being sold, and the amount due as the largest thing on the screen. On a phone it folds to a bar. */
export function Ticket(props: { readonly open: boolean; readonly setOpen: (open: boolean) => void }): JSX.Element {
  const { state, words } = useTill();
  const editable = (): boolean =>
    state().sale?.state === "open" || (state().sale?.state === "tendering" && state().counter.kind === "goods");
  let list!: HTMLUListElement;
  let scrolling = 0;
  // With the frame, once all that a scan changes is on the page: asked for at once, the page would be laid out for each change.
  createEffect(() => {
    cancelAnimationFrame(scrolling);
    if (state().newest !== null)
      scrolling = requestAnimationFrame(() => list.querySelector(".new")?.scrollIntoView({ block: "nearest" }));
  });
  return (
    <section
      class="ticket"
      classList={{ open: props.open, locked: !editable() }}
      data-testid="ticket"
      aria-label={words().ticket.title}
    >
      <header>
        <h1>{words().ticket.title}</h1>
        <WaitingKey />
        <button type="button" class="fold" aria-expanded={props.open} onClick={() => props.setOpen(!props.open)}>
          <Icon name={props.open ? "down" : "up"} />
          {props.open ? words().ticket.close : words().ticket.open}
        </button>
      </header>
      <ul class="lines" ref={list} tabindex={editable() ? undefined : 0} aria-label={words().ticket.title}>
        <For each={state().sale?.lines ?? []} fallback={<EmptyTicket />}>
          {(line) => <Line line={line} editable={editable()} />}
        </For>
      </ul>
      <TicketFoot />
    </section>
  );
}

function EmptyTicket(): JSX.Element {
  const { words } = useTill();
  return (
    <li class="empty" data-testid="ticket-empty">
      <b>{words().ticket.empty.title}</b>
      <span>{words().ticket.empty.text}</span>
    </li>
  );
}

function Line(props: { readonly line: SaleLine; readonly editable: boolean }): JSX.Element {
  const { register, state, words, formats, language } = useTill();
  const name = (): string => props.line.names[language()];
  const byPiece = (): boolean => props.line.quantity.unit === "piece";
  const canCount = (): boolean => props.line.returnOf === null && props.line.depositFor === null;
  return (
    <li
      classList={{ new: state().newest === props.line.line, back: props.line.amount.amount < 0 }}
      data-testid={`line-${props.line.line}`}
    >
      <Show when={props.editable && canCount()} fallback={<span class="name">{name()}</span>}>
        <button
          type="button"
          class="name"
          data-testid="open-line"
          aria-label={words().ticket.openLine(name())}
          onClick={() => register.openLine(props.line.line)}
        >
          {name()}
        </button>
      </Show>
      <Count line={props.line} editable={props.editable} canCount={canCount()} name={name()} />
      <span class="sum num" data-testid="amount">
        {formats().amount(shownAmountOf(props.line))}
      </span>
      <span class="note num">
        {formats().money(props.line.unitPrice)}
        {byPiece() ? "" : words().perKg}
        <LineMarks line={props.line} />
      </span>
      <Show when={props.line.note}>
        {(note) => (
          <span class="note" data-testid="note">
            {note()}
          </span>
        )}
      </Show>
    </li>
  );
}

/** How many, with the ways to change it; a deposit and what comes back follow something else. */
function Count(props: {
  readonly line: SaleLine;
  readonly editable: boolean;
  readonly canCount: boolean;
  readonly name: string;
}): JSX.Element {
  const { register, words, formats } = useTill();
  const count = (): number => Math.abs(props.line.quantity.thousandths / 1000);
  const isCounted = (): boolean => props.line.quantity.unit === "piece" && props.canCount;
  const isSeveral = (): boolean => isCounted() && count() > 1;
  const less = (): void =>
    isSeveral() ? register.setQuantity(props.line.line, count() - 1) : register.remove(props.line.line);
  return (
    <span class="qty num">
      <Show when={props.editable}>
        <button
          type="button"
          aria-label={isSeveral() ? words().ticket.less(props.name) : words().ticket.remove(props.name)}
          data-testid="less"
          onClick={less}
        >
          <Show when={isSeveral()} fallback={<Icon name="bin" />}>
            −
          </Show>
        </button>
      </Show>
      <Show when={props.editable && isCounted()} fallback={<b>{formats().quantity(props.line.quantity)}</b>}>
        <QuantityField line={props.line} name={props.name} />
        <button
          type="button"
          aria-label={words().ticket.more(props.name)}
          data-testid="more"
          onClick={() => register.setQuantity(props.line.line, count() + 1)}
        >
          +
        </button>
      </Show>
    </span>
  );
}

/** Why a line costs what it costs: offer, another price, discounts, label, deposit, coming back. */
function LineMarks(props: { readonly line: SaleLine }): JSX.Element {
  const { words, formats } = useTill();
  const marks = (): readonly string[] => {
    const { line } = props;
    const own = line.reductions.find((each) => each.scope === "line");
    return [
      ...(line.returnOf === null ? [] : [words().ticket.returned]),
      ...(line.returnOf !== null && line.quantity.thousandths === 0 ? [words().ticket.moneyOnly] : []),
      ...(line.isDeposit ? [words().ticket.deposit] : []),
      ...(line.labelPrice === null ? [] : [words().ticket.label]),
      ...(line.override === null ? [] : [words().ticket.priceChanged(formats().money(line.override.listed))]),
      ...(line.override === null && line.listPrice.amount > line.unitPrice.amount
        ? [words().ticket.listPrice(formats().money(line.listPrice))]
        : []),
      ...(own === undefined ? [] : [words().ticket.lineDiscount(formats().money(negate(own.amount)))]),
    ];
  };
  return (
    <For each={marks()}>
      {(mark) => (
        <>
          {" "}
          <span class="save">{mark}</span>
        </>
      )}
    </For>
  );
}

function QuantityField(props: { readonly line: SaleLine; readonly name: string }): JSX.Element {
  const { register, words } = useTill();
  const set = (event: Event & { currentTarget: HTMLInputElement }): void => {
    const typed = Number(event.currentTarget.value);
    if (Number.isInteger(typed) && typed > 0) register.setQuantity(props.line.line, typed);
    event.currentTarget.value = String(Math.abs(props.line.quantity.thousandths / 1000));
  };
  return (
    <input
      class="count"
      data-testid="quantity"
      value={Math.abs(props.line.quantity.thousandths / 1000)}
      onChange={set}
      // the figure stands: the next digits are a scan's, or the search's
      onKeyDown={(event) => (event.key === "Enter" ? event.currentTarget.blur() : undefined)}
      onFocus={(event) => event.currentTarget.select()}
      inputmode="numeric"
      maxLength={4}
      aria-label={words().ticket.quantity(props.name)}
    />
  );
}
