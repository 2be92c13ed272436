import { For, Show } from "solid-js";
import type { DepositShown } from "../../contract/cash.ts";
import { compare, sum, type Money } from "../../domain/money.ts";
import { cashWords } from "../../i18n/cash-words.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import { Icon, type IconName } from "../../ui/parts/icons.tsx";
import { OpeningRow } from "../ListFrame.tsx";
import type { Office } from "../office.ts";
import { CashPart } from "./CashTables.tsx";

const looks: { readonly [S in DepositShown["state"]]: { readonly kind: string; readonly icon: IconName } } = {
  underWay: { kind: "waiting calm", icon: "wait" },
  missing: { kind: "danger", icon: "warning" },
  arrived: { kind: "received calm", icon: "check" },
  takenBack: { kind: "over calm", icon: "back" },
};

/** Cash that was taken to the bank: each opens with its slip. */
export function DepositsTable(props: { readonly office: Office; readonly deposits: readonly DepositShown[] }) {
  const { office } = props;
  const words = () => cashWords(office.language());
  const head = () => words().deposit;
  const whole = (): string => {
    const kept = props.deposits.filter(({ state }) => state !== "takenBack").map(({ amount }) => amount);
    return office.formats().amount(sum(kept, props.deposits[0]?.amount.currency ?? "CNY"));
  };
  return (
    <CashPart title={words().deposits} empty={words().noDeposits} isEmpty={props.deposits.length === 0}>
      <table class="books-table" data-testid="cash-deposits">
        <thead>
          <tr>
            <th>{head().day}</th>
            <th>{head().slip}</th>
            <th class="wide">{head().bank}</th>
            <th class="wide">{head().takenBy}</th>
            <th>{head().state}</th>
            <th class="r">{head().amount}</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.deposits}>{(deposit) => <DepositLine office={office} deposit={deposit} />}</For>
        </tbody>
        <tfoot>
          <tr>
            <td class="total num">
              <span>{head().total(props.deposits.length)}</span>
            </td>
            <td />
            <td class="wide" />
            <td class="wide" />
            <td />
            <td class="r num">{whole()}</td>
          </tr>
        </tfoot>
      </table>
    </CashPart>
  );
}

function DepositLine(props: { readonly office: Office; readonly deposit: DepositShown }) {
  const { office } = props;
  return (
    <OpeningRow
      isOpened={office.place().opened === props.deposit.id}
      open={() => office.open("cash", props.deposit.id)}
      label={props.deposit.slip}
      time={props.deposit.day}
      testId="cash-deposit"
    >
      <td class="num">{props.deposit.slip}</td>
      <td class="wide">{props.deposit.bankName}</td>
      <td class="wide">{props.deposit.takenBy}</td>
      <td>
        <DepositState office={office} deposit={props.deposit} />
      </td>
      <td class="r num strong">{office.formats().amount(props.deposit.amount)}</td>
    </OpeningRow>
  );
}

/** Where a deposit is, and below it until when or since when. */
export function DepositState(props: { readonly office: Office; readonly deposit: DepositShown }) {
  const words = () => cashWords(props.office.language()).deposit;
  const { office, deposit } = props;
  /** What the bank credited, where it is not what left the safe. */
  const differing = (): Money | null => {
    const { credited, amount } = deposit;
    return credited === null || compare(credited, amount) === 0 ? null : credited;
  };
  /** How it was settled that it came otherwise, or not. */
  const settled = (): string | null => {
    const actions: Readonly<Record<string, { readonly title: string } | undefined>> = mendWords(
      office.language(),
    ).actions;
    const { settled: action } = deposit;
    return action === null ? null : words().settled(actions[action]?.title ?? action);
  };
  const more = (): string => {
    const came = differing();
    if (came !== null) return `${words().credited} ${office.formats().amount(came)} · ${deposit.arrivedOn ?? ""}`;
    if (deposit.state === "arrived") return deposit.arrivedOn ?? "";
    return deposit.state === "takenBack" ? "" : words().expectedBy(deposit.expectedBy);
  };
  const stands = (): string => {
    const came = differing();
    if (came === null) return words().states[deposit.state];
    return compare(came, deposit.amount) < 0 ? words().cameShort : words().cameOver;
  };
  const look = () => {
    if (settled() !== null) return { ...looks.arrived, kind: "over calm" };
    return differing() === null ? looks[deposit.state] : looks.missing;
  };
  return (
    <span class={`state ${look().kind}`} data-testid="cash-deposit-state" data-state={deposit.state}>
      <Icon name={look().icon} />
      <span>
        {stands()}
        <small class="num">{more()}</small>
        <Show when={settled()}>{(how) => <small data-testid="cash-deposit-settled">{how()}</small>}</Show>
      </span>
    </span>
  );
}
