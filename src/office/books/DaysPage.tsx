import { createSignal, For, Show, type JSX } from "solid-js";
import type { ReconciliationDay, ReconciliationDays } from "../../contract/reconciliation.ts";
import { plusDays } from "../../domain/local-time.ts";
import { add, type Money } from "../../domain/money.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { OpeningRow } from "../ListFrame.tsx";
import { createLive } from "../live.ts";
import { Empty } from "../states.tsx";
import { BillStand } from "./BillStand.tsx";
import { booksClient } from "./books-client.ts";
import { booksRefreshMs, type BooksParts } from "./books-parts.ts";
import { Chooser } from "./Chooser.tsx";
import { LiveFrame } from "./LiveFrame.tsx";
import type { ReconciliationState } from "./reconciliation-state.ts";
import { StoreChooser } from "./StoreChooser.tsx";

/** Provider days on one page. */
const daysShown = 31;

type Props = { readonly parts: BooksParts; readonly state: ReconciliationState };

/** The last days of every account: how far each bill is, what both sides come to, and what is open. */
export function DaysPage(props: Props) {
  const { parts, state } = props;
  const { office } = parts;
  const words = () => reconcileWords(office.language());
  const [last, setLast] = createSignal<string | null>(null);
  const to = (): string => last() ?? parts.today();
  const from = (): string => plusDays(to(), 1 - daysShown);
  const live = createLive<string, ReconciliationDays>(
    () => (!parts.isKnown() ? null : JSON.stringify([from(), to(), office.store()])),
    () => booksClient.days({ from: from(), to: to(), store: office.store() ?? undefined }),
    office.browser.clock,
    booksRefreshMs,
  );
  const rows = (): readonly ReconciliationDay[] =>
    (live.value()?.days ?? []).filter(({ account }) => state.account() === undefined || account === state.account());
  const later = (): void => void setLast(plusDays(to(), daysShown) >= parts.today() ? null : plusDays(to(), daysShown));
  return (
    <>
      <DaysHead parts={parts} state={state} />
      <section class="list">
        <Show when={!parts.hasNoAccount()} fallback={<Empty told={words().noDays} />}>
          <LiveFrame office={office} live={live} before={parts.accountsLive}>
            {() => (
              <>
                <div class="scroll">
                  <Show when={rows().length > 0} fallback={<Empty told={words().noDays} />}>
                    <DaysTable parts={parts} state={state} rows={rows()} />
                  </Show>
                </div>
                <div class="pager">
                  <button class="plain" data-testid="days-earlier" onClick={() => setLast(plusDays(to(), -daysShown))}>
                    {words().earlierDays}
                  </button>
                  <span class="num">
                    {from()} — {to()}
                  </span>
                  <button class="plain" disabled={last() === null} onClick={later}>
                    {words().laterDays}
                  </button>
                </div>
              </>
            )}
          </LiveFrame>
        </Show>
      </section>
    </>
  );
}

function DaysHead(props: Props) {
  const { parts, state } = props;
  const { office } = parts;
  const words = () => reconcileWords(office.language());
  return (
    <header>
      <div>
        <h2>{office.words().views.reconciliation}</h2>
        <p class="soft">{words().daysNote}</p>
      </div>
      <div class="filters" role="group" aria-label={words().filters}>
        <button
          class="plain"
          data-testid="reconciliation-open"
          onClick={() => state.goTo({ list: { kind: "open", open: "breaks" }, cause: null, item: null })}
        >
          {words().openAll}
        </button>
        <StoreChooser office={office} />
        <Show when={parts.accounts().length > 1}>
          <AccountChooser parts={parts} state={state} />
        </Show>
      </div>
    </header>
  );
}

/** Which account the lists are narrowed to. */
export function AccountChooser(props: Props) {
  const { parts, state } = props;
  const words = () => reconcileWords(parts.office.language());
  return (
    <Chooser
      title={words().filter.channel}
      all={words().any}
      value={state.account()}
      choices={parts.accounts().map(({ id }) => ({ value: id, name: parts.accountName(id) }))}
      testId="reconciliation-account"
      choose={state.setAccount}
    />
  );
}

function DaysTable(props: Props & { readonly rows: readonly ReconciliationDay[] }) {
  const { parts, state } = props;
  const words = () => reconcileWords(parts.office.language());
  return (
    <table class="books-table" data-testid="days-table">
      <thead>
        <tr>
          <th>{words().column.day}</th>
          <th>{words().column.channel}</th>
          <th>{words().column.bill}</th>
          <th class="r wide">{words().column.ours}</th>
          <th class="r wide">{words().column.theirs}</th>
          <th class="r wide">{words().column.fee}</th>
          <th class="r wider">{words().column.other}</th>
          <th class="r wide">{words().column.waiting}</th>
          <th class="r">{words().column.breaks}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>{(row) => <DayRow parts={parts} state={state} row={row} />}</For>
      </tbody>
      <DaysTotal parts={parts} rows={props.rows} />
    </table>
  );
}

function DayRow(props: Props & { readonly row: ReconciliationDay }) {
  const { parts, state } = props;
  const { formats } = parts.office;
  const words = () => reconcileWords(parts.office.language());
  const row = () => props.row;
  const open = (): void =>
    state.goTo({ list: { kind: "day", day: row().day, account: row().account }, cause: null, item: null });
  const isHere = (): boolean => row().bill.state === "here" || row().bill.state === "empty";
  const dash = () => parts.office.words().never;
  return (
    <OpeningRow
      isOpened={false}
      open={open}
      label={parts.accountName(row().account)}
      time={row().day}
      testId="day-row"
      class={row().breaks.count > 0 ? "has-breaks" : undefined}
    >
      <td>
        {parts.accountName(row().account)}
        <Tucked title={words().column.ours}>{formats().amount(row().ours.amount)}</Tucked>
      </td>
      <td>
        <BillStand parts={parts} day={row()} />
        <Show when={isHere()}>
          <Tucked title={words().column.theirs}>{formats().amount(row().theirs.amount)}</Tucked>
        </Show>
      </td>
      <td class="r num wide">{formats().amount(row().ours.amount)}</td>
      <td class="r num wide">{isHere() ? formats().amount(row().theirs.amount) : dash()}</td>
      <td class="r num soft wide">{isHere() ? formats().amount(row().fee) : dash()}</td>
      <td class="r num soft wider">{row().other.count === 0 ? dash() : formats().amount(row().other.amount)}</td>
      <td class="r num soft wide">
        <Counted parts={parts} of={row().waiting} />
      </td>
      <td class="r num" data-testid="day-breaks">
        <Show when={row().breaks.count > 0} fallback={<span class="soft">{dash()}</span>}>
          <span class="state danger">
            <Icon name="warning" />
            <Counted parts={parts} of={row().breaks} />
          </span>
        </Show>
        <Show when={row().waiting.count > 0}>
          <Tucked title={words().column.waiting}>
            <Counted parts={parts} of={row().waiting} />
          </Tucked>
        </Show>
      </td>
    </OpeningRow>
  );
}

/** What stands in a column of its own where there is room for one. */
function Tucked(props: { readonly title: string; readonly children: JSX.Element }) {
  return (
    <small class="tucked num soft">
      {props.title} {props.children}
    </small>
  );
}

/** How many, and their sum below. */
function Counted(props: {
  readonly parts: BooksParts;
  readonly of: { readonly count: number; readonly amount: Money };
}) {
  const { office } = props.parts;
  return (
    <Show when={props.of.count > 0} fallback={office.words().never}>
      <span class="counted">
        {reconcileWords(office.language()).pieces(props.of.count)}
        <small>{office.formats().amount(props.of.amount)}</small>
      </span>
    </Show>
  );
}

function DaysTotal(props: { readonly parts: BooksParts; readonly rows: readonly ReconciliationDay[] }) {
  const { office } = props.parts;
  const words = () => reconcileWords(office.language());
  const sum = (pick: (row: ReconciliationDay) => Money): string => {
    const amounts = props.rows.map(pick);
    const [first, ...rest] = amounts;
    return first === undefined ? "" : office.formats().amount(rest.reduce(add, first));
  };
  const counted = (pick: (row: ReconciliationDay) => { readonly count: number; readonly amount: Money }) => {
    const all = props.rows.map(pick);
    const [first, ...rest] = all.map(({ amount }) => amount);
    return { count: all.reduce((sums, { count }) => sums + count, 0), amount: rest.reduce(add, first as Money) };
  };
  return (
    <tfoot>
      <tr data-testid="days-total">
        <td class="total">
          <span>{words().daysTotal(props.rows.length)}</span>
        </td>
        <td>
          <Tucked title={words().column.ours}>{sum(({ ours }) => ours.amount)}</Tucked>
        </td>
        <td>
          <Tucked title={words().column.theirs}>{sum(({ theirs }) => theirs.amount)}</Tucked>
        </td>
        <td class="r num wide">{sum(({ ours }) => ours.amount)}</td>
        <td class="r num wide">{sum(({ theirs }) => theirs.amount)}</td>
        <td class="r num wide">{sum(({ fee }) => fee)}</td>
        <td class="r num wider">{sum(({ other }) => other.amount)}</td>
        <td class="r num wide">
          <Counted parts={props.parts} of={counted(({ waiting }) => waiting)} />
        </td>
        <td class="r num">
          <Counted parts={props.parts} of={counted(({ breaks }) => breaks)} />
          <Tucked title={words().column.waiting}>
            <Counted parts={props.parts} of={counted(({ waiting }) => waiting)} />
          </Tucked>
        </td>
      </tr>
    </tfoot>
  );
}
