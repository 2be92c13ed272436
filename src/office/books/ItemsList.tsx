import { createEffect, createSignal, For, on, Show, untrack } from "solid-js";
import type { ItemFilter, ReconciliationItem, ReconciliationItems } from "../../contract/reconciliation.ts";
import type { OfficeTold } from "../../i18n/office-words.ts";
import type { ReconcileTexts } from "../../i18n/reconcile-texts.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { OpeningRow } from "../ListFrame.tsx";
import { createLiveList } from "../live-list.ts";
import { shortId } from "../short-id.ts";
import { Empty, Reading, Stale, TroubleNote } from "../states.tsx";
import { booksClient } from "./books-client.ts";
import { amountOrDash, booksRefreshMs, endWhenSignedOut, type BooksParts } from "./books-parts.ts";
import type { ReconciliationState } from "./reconciliation-state.ts";
import { ResultMark } from "./ResultMark.tsx";

type Totals = Omit<ReconciliationItems, "items" | "next">;
type Props = {
  readonly parts: BooksParts;
  readonly state: ReconciliationState;
  /** Of one day, whose date stands above already; else each row says its own. */
  readonly isOfDay: boolean;
  readonly empty: OfficeTold;
};

/** Items of the filter, newest first, with the sums of all of it. */
export function ItemsList(props: Props) {
  const { parts, state } = props;
  const { office } = parts;
  const words = () => reconcileWords(office.language());
  const [scrolled, setScrolled] = createSignal(0);
  const list = createLiveList<ItemFilter, ReconciliationItem, Totals>(
    {
      filter: state.filter,
      isHeld: () => scrolled() > 0,
      async load(filter, before) {
        const answer = await booksClient.items(before === null ? filter : { ...filter, before });
        if (!answer.ok) return answer;
        const { items, next, ...totals } = answer.value;
        return { ok: true, value: { rows: items, next, totals } };
      },
    },
    office.browser.clock,
    booksRefreshMs,
  );
  endWhenSignedOut(office, list);
  createEffect(() => state.setShown(list.rows() ?? []));
  createEffect(on(state.changes, () => void list.refresh(), { defer: true }));
  return (
    <section class="list items">
      <Stale office={office} trouble={list.trouble()} readAt={list.readAt()} />
      <div class="scroll" onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}>
        <Show
          when={list.rows()}
          fallback={
            <Show when={list.trouble() !== null} fallback={<Reading office={office} />}>
              <TroubleNote office={office} trouble={list.trouble()} retry={() => void list.refresh()} />
            </Show>
          }
        >
          {(rows) => (
            <Show
              when={rows().length > 0}
              fallback={<Empty told={isNarrowed(state) ? words().noItems : props.empty} isGood={!isNarrowed(state)} />}
            >
              <ItemsTable {...props} rows={rows()} totals={list.totals()} />
              <Show when={list.hasEarlier()}>
                <button class="plain earlier" data-testid="items-earlier" onClick={() => void list.showEarlier()}>
                  {office.words().earlier}
                </button>
              </Show>
            </Show>
          )}
        </Show>
      </div>
    </section>
  );
}

/** Sides whose word is the line's name, or goes without saying. */
const namedByItself: ReadonlySet<ReconciliationItem["side"]> = new Set(["payment", "bill", "safe"]);

function isNarrowed(state: ReconciliationState): boolean {
  const { till, staff, class: type, query } = state.filter();
  return (
    till !== undefined ||
    staff !== undefined ||
    type !== undefined ||
    query !== undefined ||
    state.result() !== undefined
  );
}

type TableProps = Props & { readonly rows: readonly ReconciliationItem[]; readonly totals: Totals | null };

function ItemsTable(props: TableProps) {
  const words = () => reconcileWords(props.parts.office.language());
  return (
    <table class="books-table" data-testid="items-table">
      <thead>
        <tr>
          <th>{words().column.time}</th>
          <th>{words().column.receipt}</th>
          <th class="wide">{words().column.channel}</th>
          <th class="r">{words().column.ours}</th>
          <th class="r">{words().column.theirs}</th>
          <th class="r wide">{words().column.fee}</th>
          <th class="result">{words().column.result}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(item) => <ItemRow parts={props.parts} state={props.state} isOfDay={props.isOfDay} item={item} />}
        </For>
      </tbody>
      <ItemsTotal {...props} />
    </table>
  );
}

function ItemsTotal(props: TableProps) {
  const { office } = props.parts;
  const words = () => reconcileWords(office.language());
  const { formats } = office;
  const told = (): string => {
    const count = props.totals?.count ?? 0;
    return count > props.rows.length ? words().shownOf(props.rows.length, count) : words().itemsTotal(count);
  };
  return (
    <tfoot>
      <tr data-testid="items-total">
        <td class="total num">
          <span>{told()}</span>
        </td>
        <td />
        <td class="wide" />
        <Show when={props.totals} fallback={<td colSpan={4} />}>
          {(totals) => (
            <>
              <td class="r num" data-testid="items-ours">
                {formats().amount(totals().ours)}
              </td>
              <td class="r num" data-testid="items-theirs">
                {formats().amount(totals().theirs)}
              </td>
              <td class="r num wide" data-testid="items-fee">
                {formats().amount(totals().fee)}
              </td>
              <td class="num result">
                <Show when={totals().breaks.count > 0}>
                  <span class="danger">{words().difference(formats().amount(totals().breaks.amount))}</span>
                </Show>
              </td>
            </>
          )}
        </Show>
      </tr>
    </tfoot>
  );
}

function ItemRow(props: {
  readonly parts: BooksParts;
  readonly state: ReconciliationState;
  readonly isOfDay: boolean;
  readonly item: ReconciliationItem;
}) {
  const { parts, state } = props;
  const { office } = parts;
  const words = () => reconcileWords(office.language());
  const item = () => props.item;
  const zone = (): string => office.zoneOf(item().store);
  const comesBack = untrack(() => state.comesFrom(props.item));
  const time = (): string => {
    const { at, day } = item();
    if (at === null || item().side === "bill") return props.isOfDay ? office.words().never : day;
    return props.isOfDay
      ? office.formats().timeToSecond(at, zone())
      : office.formats().dateTime(at, zone()).slice(0, 16);
  };
  const open = (): void => {
    const { alike } = item();
    if (alike === null) state.openItem(item());
    else state.openCause(alike.cause);
  };
  const name = (): string => nameOfLine(words(), item());
  return (
    <OpeningRow
      isOpened={false}
      hasFocus={comesBack}
      open={open}
      label={`${name()} ${item().number}`}
      time={time()}
      testId="item-row"
      class={item().result.kind === "break" ? "in-danger" : undefined}
    >
      <td
        class="num"
        classList={{ soft: item().receipt === null && item().alike === null }}
        title={item().alike === null ? item().number : undefined}
      >
        <span class="named">
          {name()}
          <Show when={!namedByItself.has(item().side)}>
            <small>{words().sides[item().side]}</small>
          </Show>
        </span>
      </td>
      <td class="wide">{item().side === "credit" ? office.words().never : parts.accountName(item().account)}</td>
      <td class="r num">{amountOrDash(office, item().ours)}</td>
      <td class="r num">{amountOrDash(office, item().theirs)}</td>
      <td class="r num soft wide">{amountOrDash(office, item().fee)}</td>
      <td class="result">
        <ResultMark parts={parts} result={item().result} account={item().account} zone={zone()} />
      </td>
    </OpeningRow>
  );
}

/** What a line is called: its receipt, slip or number, a drawer's till, a whole bill or a safe, or how many of one cause it is. */
function nameOfLine(words: ReconcileTexts, { alike, side, receipt, number, tillLabel }: ReconciliationItem): string {
  if (alike !== null) return words.alike(alike.count);
  if (side === "bill" || side === "safe") return words.sides[side];
  if (side === "drawer" && tillLabel !== null) return tillLabel;
  // what the bank itself writes of it stands between the account's id and its turn among lines that say the same
  if (side === "credit") return shortNumber(number.split("/").slice(1, -1).join("/"));
  return receipt ?? shortNumber(number);
}

/** Numbers of ours are told apart by their ends; a short one of somebody else's is shown whole. */
function shortNumber(number: string): string {
  return number.length > 16 ? shortId(number) : number;
}
