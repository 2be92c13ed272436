import { For, Show, type JSX } from "solid-js";
import type { MinorUnits } from "../../domain/money.ts";
import type { OwnRow } from "../../domain/reports/own-day.ts";
import type { RegisterState } from "../../register/state.ts";
import { tenderKeyName, tenderName } from "../tender-name.ts";
import { useTill } from "../till.ts";

type SaleRow = RegisterState["today"][number];

/** This till's sales of the day, newest first; each can be printed again as a copy. */
export function DaysSales(): JSX.Element {
  const { register, state, words } = useTill();
  const rows = () => state().today;
  const { money } = useDayMoney();
  return (
    <div class="sheet" data-testid="sales">
      <header>
        <h1>{words().sales.title}</h1>
        <p class="num">{words().sales.summary(state().day.whole.sales, money(state().day.whole.total))}</p>
        <Exports />
        <Show when={state().day.whole.sales > 0}>
          <DayFigures />
        </Show>
        <button type="button" class="quiet" data-testid="sales-back" onClick={() => register.backToGoods()}>
          {words().sales.back} <kbd>Esc</kbd>
        </button>
      </header>
      <Show
        when={rows().length > 0}
        fallback={
          <p class="empty">
            <b>{words().sales.empty.title}</b>
            <span>{words().sales.empty.text}</span>
          </p>
        }
      >
        <ul class="soldlist">
          <For each={rows()}>{(row) => <Sold row={row} />}</For>
        </ul>
      </Show>
    </div>
  );
}

/** Minor units as money of the store. */
function useDayMoney() {
  const { state, formats } = useTill();
  const money = (amount: number): string =>
    formats().money({ amount: amount as MinorUnits, currency: state().settings?.store.currency ?? "CNY" });
  return { money };
}

/** The day by hour and by how it was paid, from this till's own sales: there without the gateway too. */
function DayFigures(): JSX.Element {
  const { state, words } = useTill();
  const hour = (key: string): string => words().sales.hourOfDay(Number(key));
  return (
    <details class="ownday" data-testid="own-day">
      <summary data-testid="own-day-open">{words().sales.dayFigures}</summary>
      <Figures testId="own-hours" rows={state().day.hours} name={hour} />
      <Figures testId="own-tenders" rows={state().day.tenders} name={(key) => tenderKeyName(key, words())} />
    </details>
  );
}

function Figures(props: {
  readonly testId: string;
  readonly rows: readonly OwnRow[];
  readonly name: (key: string) => string;
}): JSX.Element {
  const { words } = useTill();
  const { money } = useDayMoney();
  return (
    <ul class="num" data-testid={props.testId}>
      <For each={props.rows}>
        {(row) => (
          <li>
            <b>{props.name(row.key)}</b>
            <span>{words().sales.receiptCount(row.figures.sales)}</span>
            <span>{money(row.figures.total)}</span>
          </li>
        )}
      </For>
    </ul>
  );
}

/** The journal as a file: all of it, or what the gateway has not taken yet. */
function Exports(): JSX.Element {
  const { shell, state, words } = useTill();
  return (
    <p class="exports">
      <button type="button" class="quiet" data-testid="export-journal" onClick={() => shell.exportJournal("all")}>
        {words().sales.export}
      </button>
      <Show when={state().connection.unsent > 0}>
        <button type="button" class="quiet" data-testid="export-unsent" onClick={() => shell.exportJournal("unsent")}>
          {words().sales.exportUnsent(state().connection.unsent)}
        </button>
      </Show>
    </p>
  );
}

/** One sale: when, what, how paid, and what can be done with it. */
function Sold(props: { readonly row: SaleRow }): JSX.Element {
  const { register, words, formats, language, zone } = useTill();
  const paidBy = (): string =>
    formats().list(props.row.body.tenders.map((each) => tenderName(each, words().sales.cash, words())));
  return (
    <li data-testid={`sold-${props.row.receipt}`}>
      <b class="num">{formats().time(props.row.completedAt, zone())}</b>
      <span>
        <span class="name">
          {words().parked.sale(props.row.body.sale.lines[0]?.names[language()] ?? "", props.row.body.sale.lines.length)}
        </span>
        <small class="num">
          {props.row.receipt} · {paidBy()}
          {props.row.copies > 0 ? ` · ${words().sales.copies(props.row.copies)}` : ""}
        </small>
      </span>
      <strong class="num">{formats().money(props.row.body.sale.total)}</strong>
      <span class="soldacts">
        <button
          type="button"
          class="quiet"
          data-testid="reprint"
          onClick={() => void register.reprint(props.row.id).then(() => register.showDaysSales())}
        >
          {words().sales.reprint}
        </button>
        <button
          type="button"
          class="quiet"
          data-testid="sale-return"
          disabled={props.row.body.sale.total.amount <= 0}
          onClick={() => void register.findSale(props.row.receipt)}
        >
          {words().sales.return}
        </button>
      </span>
    </li>
  );
}
