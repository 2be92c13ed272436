import { createSignal, For, Show, type JSX } from "solid-js";
import { add, money, negate } from "../../domain/money.ts";
import type { SaleLine } from "../../domain/sale-line.ts";
import { balanceOf } from "../../domain/sale.ts";
import { itemCountOf, type SaleTotals } from "../../domain/sale-totals.ts";
import type { Tender } from "../../domain/tender.ts";
import type { Counter } from "../../register/state.ts";
import { Icon } from "../parts/icons.tsx";
import { tenderName } from "../tender-name.ts";
import { useTill } from "../till.ts";
import { Key } from "./Key.tsx";
import { TicketKeys } from "./TicketKeys.tsx";

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

/** What the ticket comes to, what is in it already, and what can be done next. */
export function TicketFoot(): JSX.Element {
  const { state, words, formats } = useTill();
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
        <strong class="num" classList={{ long: due().length > 10 }} data-testid="due">
          {due()}
        </strong>
      </div>
      <Show
        when={!paying()}
        fallback={
          <Show when={sale() !== null}>
            <BackKey />
          </Show>
        }
      >
        <Deeds due={due()} isBack={isBack()} />
      </Show>
    </div>
  );
}

/** The ticket's four keys, and Pay. */
function Deeds(props: { readonly due: string; readonly isBack: boolean }): JSX.Element {
  const { register, state, words } = useTill();
  const isEmpty = (): boolean => (state().sale?.lines.length ?? 0) === 0;
  return (
    <div class="deeds">
      <TicketKeys />
      <div class="acts">
        <VoidKey />
        <button
          type="button"
          class="quiet"
          data-testid="sale-discount"
          disabled={isEmpty()}
          onClick={() => register.openDiscount()}
        >
          <Icon name="tag" /> <Key of="discount" /> <span class="word">{words().ticket.discount}</span>
        </button>
        <button type="button" class="pay" data-testid="pay" disabled={isEmpty()} onClick={() => register.beginTender()}>
          {props.isBack ? words().ticket.payBack : words().ticket.pay} <span class="num">{props.due}</span>{" "}
          <Key of="pay" />
        </button>
      </div>
    </div>
  );
}

function BackKey(): JSX.Element {
  const { register, state, words } = useTill();
  return (
    <button
      type="button"
      class="quiet wide"
      data-testid="back"
      disabled={state().sale?.liveAttempt !== null}
      onClick={() => register.backToGoods()}
    >
      {words().ticket.back} <kbd>Esc</kbd>
    </button>
  );
}

/** Whether something is taken off or put on between the goods and what is due. */
function isSum(totals: SaleTotals, isTaxed: boolean): boolean {
  return isTaxed || totals.saleDiscount.amount > 0 || totals.rounding.amount !== 0;
}

/** How the ticket comes to what is due; what the customer saves is in it already and only told. */
function Figures(): JSX.Element {
  const { state, words, formats } = useTill();
  const totals = () => state().totals;
  const lines = (): readonly SaleLine[] => state().sale?.lines ?? [];
  const sold = (): number => itemCountOf(lines().filter((line) => line.returnOf === null));
  const returned = (): number => Math.abs(itemCountOf(lines().filter((line) => line.returnOf !== null)));
  const isTaxed = (): boolean => state().settings?.store.taxMode === "added" && totals()?.tax.amount !== 0;
  return (
    <Show when={totals()}>
      {(figures) => (
        <>
          <div class="sumrow">
            <span>
              {words().ticket[isSum(figures(), isTaxed()) ? "subtotal" : "total"](words().counted(sold(), returned()))}
            </span>
            <span class="num">{formats().money(add(figures().lines, figures().saleDiscount))}</span>
          </div>
          <Show when={figures().saleDiscount.amount > 0}>
            <div class="sumrow saving" data-testid="sale-discount-row">
              <span>{words().ticket.saleDiscount}</span>
              <span class="num">{formats().money(negate(figures().saleDiscount))}</span>
            </div>
          </Show>
          <Show when={isTaxed()}>
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
            <div class="sumrow saving" data-testid="saved">
              <span>{words().ticket.saved}</span>
              <span class="num">{formats().money(figures().savings)}</span>
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
  const name = (tender: Tender): string => tenderName(tender, words().tender.cash, words());
  return (
    <For each={state().sale?.tenders ?? []}>
      {(tender, at) => (
        <div class="sumrow tendered" data-testid={`tender-${at()}`}>
          <span>
            {words().tender.paidSoFar} · {name(tender)}
          </span>
          <button
            type="button"
            data-testid="remove-tender"
            aria-label={words().tender.takeOff(name(tender))}
            disabled={state().sale?.liveAttempt !== null}
            onClick={() => void register.removeTender(at())}
          >
            <Icon name="close" />
          </button>
          <span class="num">{formats().money(tender.amount)}</span>
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
      <Show when={!sure()} fallback={words().ticket.voidSure}>
        <Icon name="bin" /> <span class="word">{words().ticket.void}</span>
      </Show>
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
