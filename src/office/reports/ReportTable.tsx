import { For, Show } from "solid-js";
import { reportPageRows, type Report, type ReportRow, type ReportSort } from "../../contract/reports.ts";
import { money } from "../../domain/money.ts";
import { periodWord } from "../../i18n/report-keys.ts";
import { reportWords } from "../../i18n/report-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { ReportParts } from "./report-parts.ts";
import { columnsOf, figureText, hasTime, nameOfRow } from "./report-columns.ts";

type TableProps = {
  readonly parts: ReportParts;
  readonly report: Report;
  readonly opened: ReportRow | null;
  readonly open: (row: ReportRow) => void;
};

/** The rows of one page, and the total of all of them, which stays in sight. */
export function ReportTable(props: TableProps) {
  const { office, state } = props.parts;
  const words = () => reportWords(office.language());
  return (
    <>
      <div class="scroll" data-testid="report-scroll">
        <table class="report-table">
          <thead>
            <tr>
              <Show when={hasTime(state.grain())}>
                <Head parts={props.parts} title={words().grain[state.grain()]} sort="period" />
              </Show>
              <Show when={state.by() !== "none" || !hasTime(state.grain())}>
                <Head parts={props.parts} title={words().by[state.by()]} sort="name" />
              </Show>
              <For each={columnsOf(state.by(), state.filter())}>
                {(column) => (
                  <Head
                    parts={props.parts}
                    title={words().figure[column.word]}
                    sort={column.sort}
                    class={`r ${column.width}`}
                  />
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={props.report.rows}>{(row) => <Row {...props} row={row} />}</For>
          </tbody>
          <tfoot>
            <Totals parts={props.parts} report={props.report} />
          </tfoot>
        </table>
      </div>
      <LedgerGap {...props} />
      <Pages parts={props.parts} count={props.report.count} rows={props.report.rows.length} />
    </>
  );
}

/** A head that sorts when it is pressed, and says how it is sorted. */
function Head(props: {
  readonly parts: ReportParts;
  readonly title: string;
  readonly sort: ReportSort | null;
  readonly class?: string;
}) {
  const { state } = props.parts;
  const order = () => {
    const sorted = state.sorted();
    return sorted === null || sorted.by !== props.sort ? null : sorted.order;
  };
  const sortBy = (): void => {
    if (props.sort !== null) state.sortBy(props.sort);
  };
  return (
    <th
      class={props.class}
      scope="col"
      aria-sort={order() === null ? "none" : order() === "up" ? "ascending" : "descending"}
    >
      <button class="sorter" data-testid={`report-sort-${props.sort}`} onClick={sortBy}>
        <span>{props.title}</span>
        <Show when={order()}>{(way) => <Icon name={way()} />}</Show>
      </button>
    </th>
  );
}

function Row(props: TableProps & { readonly row: ReportRow }) {
  const { office, state } = props.parts;
  const words = () => reportWords(office.language());
  const time = (): string => (props.row.period === null ? "" : periodWord(props.row.period, words()));
  const name = (): string =>
    state.by() === "none" ? words().by.none : nameOfRow(state.by(), props.row, office.language(), words());
  const first = (): string => (hasTime(state.grain()) ? time() : rangeName());
  const rangeName = (): string => (state.by() === "none" ? words().grain.none : name());
  return (
    <tr
      data-testid="report-row"
      data-key={props.row.key ?? props.row.period ?? ""}
      classList={{ opened: props.opened?.key === props.row.key && props.opened?.period === props.row.period }}
      onClick={() => props.open(props.row)}
    >
      <td class="num">
        <button
          class="opener"
          aria-label={`${first()} ${words().openSales}`}
          onClick={(event) => {
            event.stopPropagation();
            props.open(props.row);
          }}
        >
          {first()}
        </button>
      </td>
      <Show when={hasTime(state.grain()) && state.by() !== "none"}>
        <td>{name()}</td>
      </Show>
      <For each={columnsOf(state.by(), state.filter())}>
        {(column) => (
          <td class={`r num ${column.width}`} classList={{ strong: column.word === "total" }}>
            {figureText(column, props.row.figures, props.report.currency, office.formats())}
          </td>
        )}
      </For>
    </tr>
  );
}

function Totals(props: { readonly parts: ReportParts; readonly report: Report }) {
  const { office, state } = props.parts;
  const words = () => reportWords(office.language());
  return (
    <tr data-testid="report-totals">
      <td>{words().total}</td>
      <Show when={hasTime(state.grain()) && state.by() !== "none"}>
        <td />
      </Show>
      <For each={columnsOf(state.by(), state.filter())}>
        {(column) => (
          <td class={`r num ${column.width}`} data-testid={`report-total-${column.word}`}>
            {figureText(column, props.report.totals, props.report.currency, office.formats())}
          </td>
        )}
      </For>
    </tr>
  );
}

/** Why books and tax are less than what was sold. */
function LedgerGap(props: TableProps) {
  const { office } = props.parts;
  const words = () => reportWords(office.language());
  const shown = (amount: number): string => office.formats().money(money(amount, props.report.currency));
  return (
    <>
      <Show when={props.report.shopCoupons}>
        {(amount) => (
          <p class="coupons" data-testid="report-coupons">
            {words().shopCoupons(shown(amount()))}
          </p>
        )}
      </Show>
      <Show when={props.report.adoptedReturns}>
        {(amount) => (
          <p class="coupons" data-testid="report-adopted">
            {words().adoptedReturns(shown(amount()))}
          </p>
        )}
      </Show>
    </>
  );
}

/** How many rows there are, and the way to the others. */
function Pages(props: { readonly parts: ReportParts; readonly count: number; readonly rows: number }) {
  const { office, state } = props.parts;
  const words = () => reportWords(office.language());
  const first = () => state.page() * reportPageRows + 1;
  return (
    <div class="pages num">
      <span>{words().shown(first(), first() + props.rows - 1, props.count)}</span>
      <Show when={props.count > reportPageRows}>
        <button
          class="plain"
          data-testid="report-previous"
          disabled={state.page() === 0}
          onClick={() => state.setPage(state.page() - 1)}
        >
          {words().previous}
        </button>
        <button
          class="plain"
          data-testid="report-next"
          disabled={first() + props.rows > props.count}
          onClick={() => state.setPage(state.page() + 1)}
        >
          {words().next}
        </button>
      </Show>
    </div>
  );
}
