import { createSignal, For, Show } from "solid-js";
import type { OfficeSaleRow } from "../contract/office.ts";
import type { Money } from "../domain/money.ts";
import { Filters } from "./Filters.tsx";
import { ListFrame, OpeningRow } from "./ListFrame.tsx";
import { createLiveList } from "./live-list.ts";
import { refreshMs, type Office } from "./office.ts";
import { SalePanel } from "./SalePanel.tsx";

type SalesTotals = { readonly count: number; readonly sum: Money };

/** Completed sales of a day, or those that a number names; the opened one with its story beside or below. */
export function SalesView(props: { readonly office: Office }) {
  const office = props.office;
  const [scrolled, setScrolled] = createSignal(0);
  const opened = () => office.place().opened;
  const list = createLiveList<NonNullable<ReturnType<Office["filter"]>>, OfficeSaleRow, SalesTotals>(
    {
      filter: office.filter,
      isHeld: () => opened() !== null || scrolled() > 0,
      async load(filter, before) {
        const answer = await office.client.sales(before === null ? filter : { ...filter, before });
        if (!answer.ok) return answer;
        const { sales, next, count, sum } = answer.value;
        return { ok: true, value: { rows: sales, next, totals: { count, sum } } };
      },
    },
    office.browser.clock,
    refreshMs,
  );
  return (
    <>
      <header>
        <h2>{office.words().views.sales}</h2>
        <Filters office={office} />
      </header>
      <div class="split" classList={{ open: opened() !== null }}>
        <ListFrame office={office} list={list} empty={office.words().empty.sales} onScroll={setScrolled}>
          <SalesTable office={office} rows={list.rows() ?? []} totals={list.totals()} />
        </ListFrame>
        <Show when={opened()} keyed>
          {(id) => <SalePanel office={office} id={id} />}
        </Show>
      </div>
    </>
  );
}

function SalesTable(props: {
  readonly office: Office;
  readonly rows: readonly OfficeSaleRow[];
  readonly totals: SalesTotals | null;
}) {
  const office = props.office;
  const words = () => office.words();
  return (
    <table class="sales">
      <thead>
        <tr>
          <th>{words().column.time}</th>
          <th>{words().column.receipt}</th>
          <th class="wide">{words().column.till}</th>
          <th class="wider">{words().column.cashier}</th>
          <th class="r wider">{words().column.items}</th>
          <th>{words().column.paidBy}</th>
          <th class="r">{words().column.amount}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>{(row) => <SaleRow office={office} row={row} />}</For>
      </tbody>
      <tfoot>
        <tr>
          <td class="total num">
            <span>{words().salesTotal(props.totals?.count ?? 0)}</span>
          </td>
          <td />
          <td class="wide" />
          <td class="wider" />
          <td class="wider" />
          <td />
          <td class="r num" data-testid="sales-sum">
            {props.totals === null ? "" : office.formats().money(props.totals.sum)}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function SaleRow(props: { readonly office: Office; readonly row: OfficeSaleRow }) {
  const office = props.office;
  const paidBy = (): string =>
    [
      ...new Set(
        props.row.tenders.map(({ kind, channel }) => {
          if (channel === null) return office.words().cash;
          const name = office.words().channel[channel];
          return kind === "unverified" ? office.words().unverified(name) : name;
        }),
      ),
    ].join(" + ");
  return (
    <OpeningRow
      isOpened={office.place().opened === props.row.id}
      open={() => office.open("sales", props.row.id)}
      label={office.words().sale.title(props.row.receipt)}
      time={shownTime(office, props.row)}
      testId="sale-row"
    >
      <td class="num strong">{props.row.receipt}</td>
      <td class="soft wide">{office.words().tillWithStore(props.row.tillLabel, office.storeName(props.row.store))}</td>
      <td class="soft wider">{props.row.staffName}</td>
      <td class="r num soft wider">{props.row.itemCount}</td>
      <td>{paidBy()}</td>
      <td class="r num strong">{office.formats().amount(props.row.total)}</td>
    </OpeningRow>
  );
}

/** A search brings rows of every day, so then the date stands with the time. */
function shownTime(office: Office, row: OfficeSaleRow): string {
  const zone = office.zoneOf(row.store);
  return office.query().trim() === ""
    ? office.formats().timeToSecond(row.completedAt, zone)
    : office.formats().dateTime(row.completedAt, zone);
}
