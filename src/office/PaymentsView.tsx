import { createSignal, For, Show } from "solid-js";
import type { OfficeFilter, OfficePaymentRow } from "../contract/office.ts";
import { subtract, type Money } from "../domain/money.ts";
import { Filters } from "./Filters.tsx";
import { ListFrame, OpeningRow } from "./ListFrame.tsx";
import { createLiveList } from "./live-list.ts";
import { refreshMs, type Office } from "./office.ts";
import { PaymentPanel } from "./PaymentPanel.tsx";
import { shortId } from "./short-id.ts";
import { isInDoubt, StateMark } from "./StateMark.tsx";

type Row = OfficePaymentRow & { readonly id: string };
type PaymentsTotals = {
  readonly count: number;
  readonly captured: Money;
  readonly givenBack?: Money | undefined;
  readonly inDoubt: number;
};

/** Every code payment of a day, whatever became of it, or those that a number names. */
export function PaymentsView(props: { readonly office: Office }) {
  const office = props.office;
  const [scrolled, setScrolled] = createSignal(0);
  const opened = () => office.place().opened;
  const list = createLiveList<OfficeFilter, Row, PaymentsTotals>(
    {
      filter: office.filter,
      isHeld: () => opened() !== null || scrolled() > 0,
      async load(filter, before) {
        const answer = await office.client.payments(before === null ? filter : { ...filter, before });
        if (!answer.ok) return answer;
        const { payments, next, ...totals } = answer.value;
        return { ok: true, value: { rows: payments.map((row) => ({ ...row, id: row.payment.id })), next, totals } };
      },
    },
    office.browser.clock,
    refreshMs,
  );
  return (
    <>
      <header>
        <h2>{office.words().views.payments}</h2>
        <Filters office={office} />
      </header>
      <div class="split" classList={{ open: opened() !== null }}>
        <ListFrame office={office} list={list} empty={office.words().empty.payments} onScroll={setScrolled}>
          <PaymentsTable office={office} rows={list.rows() ?? []} totals={list.totals()} />
        </ListFrame>
        <Show when={opened()} keyed>
          {(id) => <PaymentPanel office={office} id={id} />}
        </Show>
      </div>
    </>
  );
}

function PaymentsTable(props: {
  readonly office: Office;
  readonly rows: readonly Row[];
  readonly totals: PaymentsTotals | null;
}) {
  const office = props.office;
  const words = () => office.words();
  return (
    <table class="payments">
      <thead>
        <tr>
          <th>{words().column.time}</th>
          <th class="wide">{words().column.channel}</th>
          <th class="wide">{words().column.till}</th>
          <th>{words().column.receipt}</th>
          <th class="wider">{words().column.number}</th>
          <th>{words().column.state}</th>
          <th class="r">{words().column.amount}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>{(row) => <PaymentRow office={office} row={row} />}</For>
      </tbody>
      <TotalsRow office={office} totals={props.totals} />
    </table>
  );
}

/** How many there are, and what the shop was paid and has kept; what went back is named beside it. */
function TotalsRow(props: { readonly office: Office; readonly totals: PaymentsTotals | null }) {
  const words = () => props.office.words();
  const written = (amount: Money): string => props.office.formats().money(amount);
  const back = (): Money | null => {
    const amount = props.totals?.givenBack;
    return amount === undefined || amount.amount === 0 ? null : amount;
  };
  const left = (): string => {
    if (props.totals === null) return "";
    const { captured } = props.totals;
    const amount = back();
    return written(amount === null ? captured : subtract(captured, amount));
  };
  return (
    <tfoot>
      <tr>
        <td class="total num">
          <span>
            {words().paymentsTotal(props.totals?.count ?? 0)}
            <Show when={props.totals !== null && back()}>
              {(amount) => (
                <span class="beside" data-testid="payments-back">
                  {words().paymentsBack(written(props.totals?.captured ?? amount()), written(amount()))}
                </span>
              )}
            </Show>
            <Show when={(props.totals?.inDoubt ?? 0) > 0}>
              <span class="beside doubt">{words().inDoubt(props.totals?.inDoubt ?? 0)}</span>
            </Show>
          </span>
        </td>
        <td class="wide" />
        <td class="wide" />
        <td />
        <td class="wider" />
        <td />
        <td class="r num" data-testid="payments-sum">
          {left()}
        </td>
      </tr>
    </tfoot>
  );
}

function PaymentRow(props: { readonly office: Office; readonly row: Row }) {
  const office = props.office;
  const payment = () => props.row.payment;
  const channel = (): string => {
    const { channel: of } = payment();
    return of === null ? office.words().noChannel : office.words().channel[of];
  };
  const time = (): string => {
    const zone = office.zoneOf(props.row.store);
    const { timeToSecond, dateTime } = office.formats();
    return office.query().trim() === "" ? timeToSecond(payment().startedAt, zone) : dateTime(payment().startedAt, zone);
  };
  return (
    <OpeningRow
      isOpened={office.place().opened === props.row.id}
      open={() => office.open("payments", props.row.id)}
      label={`${channel()} ${props.row.id}`}
      time={time()}
      testId="payment-row"
      class={props.row.owed !== null ? "in-danger" : isInDoubt(payment().state) ? "in-doubt" : undefined}
    >
      <td class="wide">{channel()}</td>
      <td class="soft wide">{office.words().tillWithStore(props.row.tillLabel, office.storeName(props.row.store))}</td>
      <td class="num">{props.row.receipt ?? office.words().never}</td>
      <td class="num soft wider" title={props.row.id}>
        {shortId(props.row.id)}
      </td>
      <td>
        <StateMark office={office} payment={payment()} owed={props.row.owed} givenBack={props.row.givenBack} />
      </td>
      <td class="r num" classList={{ strong: payment().state === "captured", soft: payment().state !== "captured" }}>
        {(() => {
          const { amount } = payment();
          return amount === null ? office.words().never : office.formats().amount(amount);
        })()}
      </td>
    </OpeningRow>
  );
}
