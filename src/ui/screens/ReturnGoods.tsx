import { createMemo, createSignal, For, Show, type JSX } from "solid-js";
import type { LineLeft } from "../../domain/returns.ts";
import { loadReturnWords, type ReturnWords } from "../../i18n/areas/return-words.ts";
import type { ReturnReason } from "../../domain/sale-line.ts";
import type { FoundSale } from "../../register/returning/found-sale.ts";
import { useAreaWords } from "../area-words.ts";
import { Icon } from "../parts/icons.tsx";
import { createReturnPicks, type ReturnPicks } from "../return-picks.ts";
import { saleTime } from "../sale-time.ts";
import { unverifiedIn } from "../tender-name.ts";
import { useTill } from "../till.ts";
import { paidBy } from "./FindSale.tsx";
import { MoneyBack } from "./MoneyBack.tsx";
import { ReturnLine, TakenInLine } from "./ReturnLine.tsx";
import { ReturnTo } from "./ReturnTo.tsx";

/** Choosing what of a past sale comes back: the whole in one press, by line, or money alone. */
export function ReturnGoods(): JSX.Element {
  const { state } = useTill();
  const words = useAreaWords(loadReturnWords);
  const found = createMemo((): FoundSale | null => {
    const { counter } = state();
    return counter.kind === "return" ? counter.sale : null;
  });
  return (
    <Show when={words()}>
      {(told) => (
        <Show when={found()} keyed>
          {(sale) => <Choice words={told()} sale={sale} />}
        </Show>
      )}
    </Show>
  );
}

function Choice(props: { readonly words: ReturnWords; readonly sale: FoundSale }): JSX.Element {
  const { state } = useTill();
  const picks = createReturnPicks(props.sale, state().sale);
  const [moneyOf, setMoneyOf] = createSignal<LineLeft | null>(null);
  return (
    <Show
      when={moneyOf()}
      keyed
      fallback={<Lines words={props.words} sale={props.sale} picks={picks} askMoney={setMoneyOf} />}
    >
      {(left) => <MoneyBack words={props.words} left={left} picks={picks} close={() => setMoneyOf(null)} />}
    </Show>
  );
}

function Lines(props: {
  readonly words: ReturnWords;
  readonly sale: FoundSale;
  readonly picks: ReturnPicks;
  readonly askMoney: (left: LineLeft) => void;
}): JSX.Element {
  const sold = () =>
    props.sale.body.sale.lines.filter((line) => line.returnOf === null && line.quantity.thousandths > 0);
  const leftOf = (line: number): LineLeft | null => props.picks.left.find((each) => each.line.line === line) ?? null;
  const [reason, setReason] = createSignal<ReturnReason | undefined>();
  const isAnyLeft = (): boolean => props.picks.left.length > 0;
  return (
    <div class="returning" data-testid="return" data-receipt={props.sale.body.receipt}>
      <div class="body">
        <Head words={props.words} sale={props.sale} picks={props.picks} />
        <Show
          when={isAnyLeft()}
          fallback={
            <p class="empty" data-testid="return-nothing-left">
              <b>{props.words.pick.nothingLeft.title}</b>
              <span>{props.words.pick.nothingLeft.text}</span>
            </p>
          }
        >
          <ul class="backlines" data-testid="return-lines">
            <li class="head" aria-hidden="true">
              <span>{props.words.pick.item}</span>
              <span class="left">{props.words.pick.left}</span>
              <span class="take">{props.words.pick.now}</span>
              <span class="sum">{props.words.pick.amount}</span>
            </li>
            <For each={sold()}>
              {(line) => (
                <ReturnLine
                  words={props.words}
                  line={line}
                  left={leftOf(line.line)}
                  picks={props.picks}
                  askMoney={props.askMoney}
                />
              )}
            </For>
            <For each={props.picks.takenIn}>
              {(line) => <TakenInLine words={props.words} line={line} picks={props.picks} />}
            </For>
          </ul>
          <div class="terms">
            <ReturnTo words={props.words} left={props.sale.left} parts={props.picks.split().parts} />
            <Why words={props.words} reason={reason()} choose={setReason} />
            <ExchangeHint words={props.words} sale={props.sale} />
          </div>
        </Show>
      </div>
      <Show when={isAnyLeft()}>
        <Foot words={props.words} sale={props.sale} picks={props.picks} reason={reason()} />
      </Show>
    </div>
  );
}

function Head(props: {
  readonly words: ReturnWords;
  readonly sale: FoundSale;
  readonly picks: ReturnPicks;
}): JSX.Element {
  const till = useTill();
  const { register, words, formats, zone, now } = till;
  const all = (): boolean =>
    props.picks.left.every((left) => {
      const pick = props.picks.of(left.line.line);
      return (
        left.quantity.thousandths === 0 ||
        (pick !== null && "thousandths" in pick && pick.thousandths === left.quantity.thousandths)
      );
    });
  return (
    <>
      <header>
        <div>
          <h1>{props.words.pick.title(props.sale.body.receipt)}</h1>
          <p class="num">
            <b>{saleTime(props.sale.completedAt, now(), zone(), formats(), props.words.days)}</b> ·{" "}
            {words().till(props.sale.tillLabel)} · {formats().money(props.sale.body.sale.total)}
          </p>
          <p class="num">{paidBy(props.sale, props.words, till)}</p>
        </div>
        <button type="button" class="quiet" data-testid="return-back" onClick={() => register.backToGoods()}>
          {props.words.back} <kbd>Esc</kbd>
        </button>
        <Show when={props.picks.left.length > 0}>
          <button
            type="button"
            class="quiet whole"
            classList={{ on: all() }}
            data-testid="return-whole"
            aria-pressed={all()}
            onClick={() => (all() ? props.picks.takeNone() : props.picks.takeAll())}
          >
            <Icon name={all() ? "close" : "check"} /> {all() ? props.words.pick.none : props.words.pick.whole}
          </button>
        </Show>
      </header>
      <Unverified words={props.words} sale={props.sale} />
      <Show when={props.sale.own && !till.state().connection.online}>
        <p class="aside doubt" role="status" data-testid="return-own">
          <Icon name="offline" /> {props.words.pick.own}
        </p>
      </Show>
    </>
  );
}

/** How an exchange is made; nothing where no money of the sale is left to use in one. */
function ExchangeHint(props: { readonly words: ReturnWords; readonly sale: FoundSale }): JSX.Element {
  return (
    <Show when={props.sale.left.some((each) => each.left.amount > 0)}>
      <small>{props.words.pick.exchange}</small>
    </Show>
  );
}

/** Part of the sale was paid unproved: why that does not go back, and what can be done. */
function Unverified(props: { readonly words: ReturnWords; readonly sale: FoundSale }): JSX.Element {
  const { formats } = useTill();
  return (
    <Show when={unverifiedIn(props.sale)}>
      {(amount) => {
        const told = () => props.words.pick.unverified(formats().money(amount()));
        return (
          <p class="aside doubt" role="status" data-testid="return-unverified">
            <Icon name="warning" />
            <span>
              <b>{told().title}</b> {told().text}
            </span>
          </p>
        );
      }}
    </Show>
  );
}

/** The one press that puts it on the ticket, and what is to be known before it; always in sight, also where the rest scrolls. */
function Foot(props: {
  readonly words: ReturnWords;
  readonly sale: FoundSale;
  readonly picks: ReturnPicks;
  readonly reason: ReturnReason | undefined;
}): JSX.Element {
  const { register, formats } = useTill();
  const short = () => props.picks.split().short;
  const isBelow = (): boolean => props.picks.picked().length > 0 && props.picks.owed().amount < 0;
  const isReady = (): boolean => props.picks.picked().length > 0 && short().amount === 0 && !isBelow();
  const add = (): void =>
    void register.returnGoods(props.sale, props.picks.picked(), props.reason, props.picks.handedBack());
  return (
    <footer>
      <Show when={short().amount > 0}>
        <p class="refusal" role="alert" data-testid="return-short">
          {unverifiedIn(props.sale) === null
            ? props.words.pick.short(formats().money(short()))
            : props.words.pick.shortUnverified(formats().money(short()))}
        </p>
      </Show>
      <Show when={isBelow()}>
        <p class="refusal" role="alert" data-testid="return-below">
          {props.words.pick.tooManyBack}
        </p>
      </Show>
      <Show when={props.picks.setOff().amount > 0 && !isBelow()}>
        <p class="note" role="status" data-testid="return-set-off">
          {props.words.pick.setOff(formats().money(props.picks.setOff()))}
        </p>
      </Show>
      <button type="button" class="pay" data-testid="return-add" disabled={!isReady()} onClick={add}>
        {props.picks.picked().length > 0 && !isBelow()
          ? props.words.pick.add(formats().money(props.picks.owed()))
          : props.words.pick.addNothing}
      </button>
    </footer>
  );
}

const reasons: readonly ReturnReason[] = ["defective", "wrongItem", "changedMind", "other"];

/** Why it comes back, in one press; nobody is kept waiting for it. */
function Why(props: {
  readonly words: ReturnWords;
  readonly reason: ReturnReason | undefined;
  readonly choose: (reason: ReturnReason | undefined) => void;
}): JSX.Element {
  return (
    <div class="chips" role="group" aria-label={props.words.pick.why}>
      <For each={reasons}>
        {(each) => (
          <button
            type="button"
            data-testid={`return-reason-${each}`}
            classList={{ on: props.reason === each }}
            aria-pressed={props.reason === each}
            onClick={() => props.choose(props.reason === each ? undefined : each)}
          >
            {props.words.pick.reasons[each]}
          </button>
        )}
      </For>
    </div>
  );
}
