import { For, Show } from "solid-js";
import type { OfficeShift, StoreDay } from "../../contract/store-close.ts";
import { closeWords } from "../../i18n/close-words.ts";
import type { Office } from "../office.ts";

/** The day's shifts as they were counted. */
export function ShiftsTable(props: { readonly office: Office; readonly day: StoreDay }) {
  const { office } = props;
  const words = () => closeWords(office.language());
  return (
    <Show when={props.day.shifts.length > 0} fallback={<p class="soft">{words().noShifts}</p>}>
      <table class="books-table" data-testid="close-shifts">
        <thead>
          <tr>
            <th>{words().shift.till}</th>
            <th>{words().shift.who}</th>
            <th class="r">{words().shift.counted}</th>
            <th class="r">{words().shift.difference}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.day.shifts}>{(shift) => <Shift office={office} shift={shift} />}</For>
        </tbody>
      </table>
    </Show>
  );
}

function Shift(props: { readonly office: Office; readonly shift: OfficeShift }) {
  const { office } = props;
  const words = () => closeWords(office.language());
  const amount = (): string => {
    const { counted, closedAt } = props.shift;
    if (counted !== null) return office.formats().amount(counted);
    return closedAt === null ? words().running : words().notCounted;
  };
  return (
    <tr>
      <td>{props.shift.tillLabel}</td>
      <td class="soft">{props.shift.closedBy ?? props.shift.openedBy ?? ""}</td>
      <td class="r num">{amount()}</td>
      <td class="r num">
        <Show when={props.shift.difference?.amount !== 0 && props.shift.difference} fallback={office.words().never}>
          {(difference) => <span class="state danger">{office.formats().amount(difference())}</span>}
        </Show>
      </td>
    </tr>
  );
}
