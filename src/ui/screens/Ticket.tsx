import { createEffect, createSignal, For, Show, type JSX } from "solid-js";
import type { SaleLine } from "../../domain/sale-line.ts";
import { money, negate } from "../../domain/money.ts";
import { balanceOf } from "../../domain/sale.ts";
import type { Tender } from "../../domain/tender.ts";
import type { Counter } from "../../register/state.ts";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";
import { TicketKeys, WaitingKey } from "./TicketKeys.tsx";

/** Views in which the ticket is being paid, paid out or is over: its foot leads back instead of on. */
const payingKinds: ReadonlySet<Counter["kind"]> = new Set<Counter["kind"]>([
  "tender",
  "waiting",
  "declined",
  "secondPerson",
  "done",
  "giveBack",
]);

/** The second press must come within this time. */
const sureMs = 3_000;

/** What is being sold, and the amount due as the largest thing on the screen. On a phone it folds to a bar. */
export function Ticket(props: { readonly open: boolean; readonly setOpen: (open: boolean) => void }): JSX.Element {
  const { state, words } = useTill();
  const editable = (): boolean =>
    state().sale?.state === "open" || (state().sale?.state === "tendering" && state().counter.kind === "goods");
  let list!: HTMLUListElement;
  createEffect(() => {
    if (state().newest !== null) list.querySelector(".new")?.scrollIntoView({ block: "nearest" });
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
      <ul class="lines" ref={list}>
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
  const count = (): number => props.line.quantity.thousandths / 1000;
  const byPiece = (): boolean => props.line.quantity.unit === "piece";
  const isSeveral = (): boolean => byPiece() && canCount() && Math.abs(count()) > 1;
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
      <span class="qty num">
        <Show when={props.editable}>
          <button
            type="button"
            aria-label={isSeveral() ? words().ticket.less(name()) : words().ticket.remove(name())}
            data-testid="less"
            onClick={() =>
              isSeveral()
                ? register.setQuantity(props.line.line, Math.abs(count()) - 1)
                : register.remove(props.line.line)
            }
          >
            <Show when={isSeveral()} fallback={<Icon name="bin" />}>
              −
            </Show>
          </button>
        </Show>
        <Show
          when={props.editable && byPiece() && canCount()}
          fallback={<b>{formats().quantity(props.line.quantity)}</b>}
        >
          <QuantityField line={props.line} name={name()} />
        </Show>
        <Show when={props.editable && byPiece() && canCount()}>
          <button
            type="button"
            aria-label={words().ticket.more(name())}
            data-testid="more"
            onClick={() => register.setQuantity(props.line.line, Math.abs(count()) + 1)}
          >
            +
          </button>
        </Show>
      </span>
      <span class="sum num" data-testid="amount">
        {formats().amount(props.line.amount)}
      </span>
      <span class="note num">
        {formats().money(props.line.unitPrice)}
        {byPiece() ? "" : words().perKg}
        <LineMarks line={props.line} />
      </span>
    </li>
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
      onFocus={(event) => event.currentTarget.select()}
      inputmode="numeric"
      maxLength={4}
      aria-label={words().ticket.quantity(props.name)}
    />
  );
}

function TicketFoot(): JSX.Element {
  const { register, state, words, formats } = useTill();
  const sale = () => state().sale;
  const paying = (): boolean => payingKinds.has(state().counter.kind);
  const due = (): string => {
    const open = sale();
    const currency = state().settings?.store.currency ?? "CNY";
    const balance = open === null ? money(0, currency) : balanceOf(open);
    return formats().money(balance.amount < 0 ? negate(balance) : balance);
  };
  const isBack = (): boolean => {
    const open = sale();
    return open !== null && balanceOf(open).amount < 0;
  };
  return (
    <div class="foot">
      <Show when={state().undo}>{(undo) => <UndoBar line={undo().line} />}</Show>
      <Figures />
      <Tenders />
      <div class="due">
        <span>{isBack() ? words().ticket.giveBack : words().ticket.due}</span>
        <strong class="num" data-testid="due">
          {due()}
        </strong>
      </div>
      <Show
        when={!paying()}
        fallback={
          <Show when={sale() !== null}>
            <button
              type="button"
              class="quiet wide"
              data-testid="back"
              disabled={sale()?.liveAttempt !== null}
              onClick={() => register.backToGoods()}
            >
              {words().ticket.back} <kbd>Esc</kbd>
            </button>
          </Show>
        }
      >
        <TicketKeys />
        <div class="acts">
          <VoidKey />
          <button
            type="button"
            class="quiet"
            data-testid="sale-discount"
            disabled={sale() === null || sale()?.lines.length === 0}
            onClick={() => register.openDiscount()}
          >
            <Icon name="tag" /> {words().ticket.discount}
          </button>
          <button
            type="button"
            class="pay"
            data-testid="pay"
            disabled={sale() === null || sale()?.lines.length === 0}
            onClick={() => register.beginTender()}
          >
            {isBack() ? words().ticket.giveBack : words().ticket.pay} <span class="num">{due()}</span> <kbd>F9</kbd>
          </button>
        </div>
      </Show>
    </div>
  );
}

/** What the ticket comes to, and what the customer saves. */
function Figures(): JSX.Element {
  const { state, words, formats } = useTill();
  const totals = () => state().totals;
  return (
    <Show when={totals()}>
      {(figures) => (
        <>
          <div class="sumrow">
            <span>{words().ticket.total(figures().itemCount)}</span>
            <span class="num">{formats().money(figures().lines)}</span>
          </div>
          <Show when={figures().saleDiscount.amount > 0}>
            <div class="sumrow saving" data-testid="sale-discount-row">
              <span>{words().ticket.saleDiscount}</span>
              <span class="num">{formats().money(negate(figures().saleDiscount))}</span>
            </div>
          </Show>
          <Show when={state().settings?.store.taxMode === "added" && figures().tax.amount !== 0}>
            <div class="sumrow">
              <span>{words().ticket.taxOnTop}</span>
              <span class="num">{formats().money(figures().tax)}</span>
            </div>
          </Show>
          <Show when={figures().rounding.amount !== 0}>
            <div class="sumrow">
              <span>{words().ticket.rounding}</span>
              <span class="num">{formats().money(negate(figures().rounding))}</span>
            </div>
          </Show>
          <Show when={figures().savings.amount > 0}>
            <div class="sumrow saving">
              <span>{words().ticket.saved}</span>
              <span class="num">{formats().money(negate(figures().savings))}</span>
            </div>
          </Show>
        </>
      )}
    </Show>
  );
}

/** What is in the sale already, each with the way to take it off again. */
function Tenders(): JSX.Element {
  const { register, state, words, formats } = useTill();
  const name = (tender: Tender): string =>
    tender.kind === "cash" ? words().tender.cash : words().channel[tender.channel];
  return (
    <For each={state().sale?.tenders ?? []}>
      {(tender, at) => (
        <div class="sumrow tendered" data-testid={`tender-${at()}`}>
          <span>
            {words().tender.paidSoFar} · {name(tender)}
          </span>
          <span class="num">{formats().money(tender.amount)}</span>
          <button
            type="button"
            data-testid="remove-tender"
            aria-label={words().tender.takeOff(name(tender))}
            disabled={state().sale?.liveAttempt !== null}
            onClick={() => void register.removeTender(at())}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </For>
  );
}

/** Clears the ticket at the second press within three seconds: a whole sale is not lost to one slip of the hand. */
function VoidKey(): JSX.Element {
  const { register, shell, state, words } = useTill();
  const [sure, setSure] = createSignal(false);
  const press = (): void => {
    if (sure()) {
      setSure(false);
      void register.voidSale();
      return;
    }
    setSure(true);
    shell.clock.after(sureMs, () => setSure(false));
  };
  return (
    <button type="button" class="quiet danger" data-testid="void" disabled={state().sale === null} onClick={press}>
      {sure() ? words().ticket.voidSure : words().ticket.void}
    </button>
  );
}

function UndoBar(props: { readonly line: SaleLine }): JSX.Element {
  const { register, words, language } = useTill();
  return (
    <div class="undo" role="status" data-testid="undo">
      <span>{words().ticket.removed(props.line.names[language()])}</span>
      <button type="button" onClick={() => register.undoRemove()}>
        {words().ticket.undo}
      </button>
    </div>
  );
}
