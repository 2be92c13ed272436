import { For, Show } from "solid-js";
import type { LeftOpen, StoreDay } from "../../contract/store-close.ts";
import { add, type Money } from "../../domain/money.ts";
import { closeWords } from "../../i18n/close-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { OpeningRow } from "../ListFrame.tsx";
import type { Office } from "../office.ts";

/** A store's days: their state, what was posted, how the drawers came out, what is open. */
export function DaysTable(props: { readonly office: Office; readonly days: readonly StoreDay[] }) {
  const { office } = props;
  const words = () => closeWords(office.language());
  const whole = (): string => {
    const [first, ...rest] = props.days.map(({ debits }) => debits);
    return first === undefined ? "" : office.formats().amount(rest.reduce(add, first));
  };
  return (
    <table class="books-table" data-testid="close-days">
      <thead>
        <tr>
          <th>{words().column.day}</th>
          <th>{words().column.state}</th>
          <th class="r">{words().column.posted}</th>
          <th class="r close-drawers">{words().column.drawers}</th>
          <th class="r">{words().column.open}</th>
          <th class="r wide">{words().column.voucher}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.days}>{(day) => <Day office={office} day={day} />}</For>
      </tbody>
      <tfoot>
        <tr>
          <td class="total num">
            <span>{words().total(props.days.length)}</span>
          </td>
          <td />
          <td class="r num">{whole()}</td>
          <td class="close-drawers" />
          <td />
          <td class="wide" />
        </tr>
      </tfoot>
    </table>
  );
}

function Day(props: { readonly office: Office; readonly day: StoreDay }) {
  const { office } = props;
  const words = () => closeWords(office.language());
  const day = () => props.day;
  const over = () => overOf(day());
  return (
    <OpeningRow
      isOpened={office.place().opened === day().day}
      open={() => office.open("close", day().day)}
      label={words().state[day().state]}
      time={day().day}
      testId="close-day"
    >
      <td>
        <span class="state" classList={{ good: day().state === "closed" }}>
          <Icon name={day().state === "closed" ? "check" : "history"} />
          {day().isMonthLocked ? words().locked : words().state[day().state]}
        </span>
      </td>
      <td class="r num">
        {office.formats().amount(day().debits)}
        <Show when={day().opening.amount !== 0}>
          <small class="soft block" data-testid="close-opening">
            {words().opening(office.formats().amount(day().opening))}
          </small>
        </Show>
      </td>
      <td class="r num close-drawers">
        <Show when={over()} fallback={<span class="soft">{office.words().never}</span>}>
          {(amount) => <span class="state danger">{office.formats().amount(amount())}</span>}
        </Show>
      </td>
      <td class="r num soft">
        {countOf(day().leftOpen) === 0 ? office.words().never : words().openCount(countOf(day().leftOpen))}
      </td>
      <td class="r num wide">{day().voucher ?? office.words().never}</td>
    </OpeningRow>
  );
}

/** What the day's drawers came out over or short, together; null when nothing. */
function overOf(day: StoreDay): Money | null {
  const [first, ...rest] = day.shifts.flatMap(({ difference }) => difference ?? []);
  if (first === undefined) return null;
  const whole = rest.reduce(add, first);
  return whole.amount === 0 ? null : whole;
}

/** How much is open, as much as the opened day lists. */
function countOf(open: LeftOpen): number {
  return Object.values(open).reduce((sum, count) => sum + count, 0);
}
