import { For, Show, type JSX } from "solid-js";
import type { HeldSale } from "../../contract/held.ts";
import type { Instant } from "../../domain/clock.ts";
import type { StaffId } from "../../domain/identifier.ts";
import type { Money } from "../../domain/money.ts";
import { loadReturnWords, type ReturnWords } from "../../i18n/areas/return-words.ts";
import type { Formats } from "../../i18n/locale.ts";
import type { Counter, Ticket } from "../../register/state.ts";
import { useAreaWords } from "../area-words.ts";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";

type Held = Extract<Counter, { kind: "held" }>;

/** A ticket that waits longer than this has perhaps been forgotten. */
const oldMs = 3_600_000;

/** Tickets that wait: this till's and, while the gateway is heard, those of the store's other tills. */
export function HeldSales(): JSX.Element {
  const { register, state } = useTill();
  const words = useAreaWords(loadReturnWords);
  const view = (): Held | null => {
    const { counter } = state();
    return counter.kind === "held" ? counter : null;
  };
  return (
    <Show when={words()}>
      {(told) => (
        <div class="holds" data-testid="held">
          <header>
            <div>
              <h1>{told().held.title}</h1>
              <p>{told().held.summary}</p>
            </div>
            <button type="button" class="quiet" data-testid="held-back" onClick={() => register.backToGoods()}>
              {told().back} <kbd>Esc</kbd>
            </button>
          </header>
          <OpenTicket words={told()} />
          <Show when={view()}>{(held) => <Lists words={told()} view={held()} />}</Show>
        </div>
      )}
    </Show>
  );
}

/** Another ticket can be taken up when none is open: the open one is set aside first. */
function OpenTicket(props: { readonly words: ReturnWords }): JSX.Element {
  const { register, state } = useTill();
  const lines = (): number => state().sale?.lines.length ?? 0;
  const hasMoney = (): boolean => (state().sale?.tenders.length ?? 0) > 0;
  const told = () =>
    hasMoney() ? props.words.held.openPaid : props.words.held.openTicket(state().totals?.itemCount ?? lines());
  const hold = async (): Promise<void> => {
    await register.holdSale();
    if (state().sale === null) await register.showHeld();
  };
  return (
    <Show when={lines() > 0}>
      <div class="aside doubt" role="status" data-testid="held-open-ticket">
        <Icon name="warning" />
        <span>
          <b>{told().title}</b> {told().text}
        </span>
        <Show when={!hasMoney()}>
          <button type="button" class="quiet" data-testid="held-hold-first" onClick={() => void hold()}>
            {props.words.held.holdFirst}
          </button>
        </Show>
      </div>
    </Show>
  );
}

function Lists(props: { readonly words: ReturnWords; readonly view: Held }): JSX.Element {
  const { register, state, language, formats } = useTill();
  const mine = (): readonly Ticket[] => state().tickets;
  const isEmpty = (): boolean => mine().length === 0 && props.view.others.length === 0;
  return (
    <div class="holdlists">
      <Show when={isEmpty() && props.view.asked === "answered"}>
        <p class="empty" data-testid="held-empty">
          <b>{props.words.held.empty.title}</b>
          <span>{props.words.held.empty.text}</span>
        </p>
      </Show>
      <Show when={mine().length > 0}>
        <h2>{props.words.held.mine(mine().length)}</h2>
        <ul class="heldlist" data-testid="held-mine">
          <For each={mine()}>
            {(ticket) => (
              <HeldRow
                words={props.words}
                id={ticket.sale}
                at={ticket.at}
                staff={ticket.staff}
                total={ticket.total}
                name={props.words.held.items(ticket.firstItem?.[language()] ?? "", ticket.itemCount)}
                note={noteOf(ticket, props.words, formats())}
                isLeaving={ticket.kind === "leaving"}
                till={state().settings?.label ?? ""}
                take={() => void register.takeUp(ticket.sale)}
              />
            )}
          </For>
        </ul>
      </Show>
      <Others words={props.words} view={props.view} isAlone={isEmpty()} />
    </div>
  );
}

function noteOf(ticket: Ticket, words: ReturnWords, formats: Formats): string | null {
  if (ticket.kind === "leaving") return words.held.leaving;
  return ticket.kind === "partPaid" ? words.held.due(formats.money(ticket.due)) : null;
}

function Others(props: { readonly words: ReturnWords; readonly view: Held; readonly isAlone: boolean }): JSX.Element {
  const { register } = useTill();
  return (
    <>
      <Show when={props.view.asked === "asking"}>
        <p class="aside" role="status" data-testid="held-asking">
          <Icon name="wait" /> {props.words.held.asking}
        </p>
      </Show>
      <Show when={props.view.asked === "offline"}>
        <p class="aside doubt" role="status" data-testid="held-offline">
          <Icon name="offline" />
          <span>
            <b>{props.words.held.offline.title}</b> {props.words.held.offline.text}
          </span>
        </p>
      </Show>
      <Show when={props.view.others.length > 0}>
        <h2>{props.words.held.others(props.view.others.length)}</h2>
        <ul class="heldlist" data-testid="held-others">
          <For each={props.view.others}>
            {(sale: HeldSale) => (
              <HeldRow
                words={props.words}
                id={sale.id}
                at={sale.heldAt}
                staff={sale.staff}
                total={sale.total}
                name={props.words.held.count(sale.itemCount)}
                note={null}
                isLeaving={false}
                till={sale.tillLabel}
                take={() => void register.takeUpElsewhere(sale.id)}
              />
            )}
          </For>
        </ul>
      </Show>
      <Show when={props.view.asked === "answered" && props.view.others.length === 0 && !props.isAlone}>
        <p class="hint">{props.words.held.noOthers}</p>
      </Show>
    </>
  );
}

function HeldRow(props: {
  readonly words: ReturnWords;
  readonly id: string;
  readonly at: Instant;
  readonly staff: StaffId;
  readonly total: Money;
  readonly name: string;
  /** What is still due of a part-paid one; who asked for one that is leaving. */
  readonly note: string | null;
  readonly isLeaving: boolean;
  readonly till: string;
  readonly take: () => void;
}): JSX.Element {
  const { state, words, formats, zone, now } = useTill();
  const who = (): string => state().people.find((each) => each.id === props.staff)?.name ?? props.words.held.someone;
  const age = (): number => now() - props.at;
  return (
    <li>
      <button
        type="button"
        data-testid={`held-${props.id}`}
        disabled={props.isLeaving || (state().sale?.lines.length ?? 0) > 0}
        onClick={() => props.take()}
      >
        <span class="age num" classList={{ old: age() > oldMs }}>
          {ageText(age(), props.words)}
          <small>{props.words.held.at(formats().time(props.at, zone()))}</small>
        </span>
        <span class="what">
          <b>{props.name}</b>
          <Show when={props.note}>{(note) => <small class="partpaid num">{note()}</small>}</Show>
        </span>
        <span class="who">
          {who()}
          <small>{words().till(props.till)}</small>
        </span>
        <strong class="num">{formats().money(props.total)}</strong>
        <span class="do">{props.isLeaving ? "" : props.words.held.takeUp}</span>
      </button>
    </li>
  );
}

function ageText(ms: number, words: ReturnWords): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return words.held.justNow;
  if (minutes < 60) return words.held.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? words.held.hours(hours, minutes % 60) : words.held.days(Math.floor(hours / 24));
}
