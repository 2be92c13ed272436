import { For, Show } from "solid-js";
import type { AccountSettlement } from "../../contract/settlement.ts";
import { compare, sum, type Money } from "../../domain/money.ts";
import { settlementWords } from "../../i18n/settlement-words.ts";
import { Icon, type IconName } from "../../ui/parts/icons.tsx";
import type { BooksParts } from "../books/books-parts.ts";

type Payout = AccountSettlement["payouts"][number];
const looks: { readonly [S in Payout["state"]]: { readonly kind: string; readonly icon: IconName } } = {
  sent: { kind: "waiting calm", icon: "wait" },
  arrived: { kind: "received calm", icon: "check" },
  returned: { kind: "over calm", icon: "back" },
};

/** An account's payouts: when each left under which number, how much, and where it is; with what they come to. */
export function PayoutsTable(props: { readonly parts: BooksParts; readonly payouts: readonly Payout[] }) {
  const { office } = props.parts;
  const words = () => settlementWords(office.language());
  const total = (): Money =>
    sum(
      props.payouts.map(({ amount }) => amount),
      props.payouts[0]?.amount.currency ?? "CNY",
    );
  return (
    <table class="books-table payouts-table" data-testid="settlement-payouts">
      <thead>
        <tr>
          <th>{words().column.sent}</th>
          <th class="r">{words().column.amount}</th>
          <th>{words().column.state}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.payouts}>{(payout) => <PayoutRow parts={props.parts} payout={payout} />}</For>
      </tbody>
      <tfoot>
        <tr>
          <td class="total num">
            <span>{words().total(props.payouts.length)}</span>
          </td>
          <td class="r num" data-testid="settlement-total">
            {office.formats().amount(total())}
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

function PayoutRow(row: { readonly parts: BooksParts; readonly payout: Payout }) {
  const { office } = row.parts;
  const words = () => settlementWords(office.language());
  const payout = () => row.payout;
  const isLate = () => payout().state === "sent" && payout().expectedBy < row.parts.today();
  /** What the bank has, where it is not what left. */
  const credited = (): Money | null => {
    const came = payout().credited;
    return came === null || compare(came, payout().amount) === 0 ? null : came;
  };
  const when = (): string => {
    const { arrivedOn, state, expectedBy } = payout();
    if (arrivedOn === null) return state === "sent" ? words().expected(expectedBy) : "";
    const came = credited();
    return came === null ? arrivedOn : `${arrivedOn} · ${office.formats().amount(came)}`;
  };
  const isRed = (): boolean => isLate() || payout().isOpen;
  const look = (): { readonly kind: string; readonly icon: IconName } =>
    isRed() ? { kind: "danger", icon: "warning" } : looks[payout().state];
  return (
    <tr data-testid="settlement-payout" data-state={payout().state}>
      <td>
        <span class="named num">
          {payout().day}
          <small>{payout().number}</small>
        </span>
      </td>
      <td class="r num">{office.formats().amount(payout().amount)}</td>
      <td>
        <span class={`state ${look().kind}`}>
          <Icon name={look().icon} />
          <span>
            {isLate() ? words().late : words().state[payout().state]}
            <Show when={when()}>{(told) => <small class="num">{told()}</small>}</Show>
          </span>
        </span>
      </td>
    </tr>
  );
}
