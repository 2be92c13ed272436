import { For, Show } from "solid-js";
import type { AccountSettlement } from "../../contract/settlement.ts";
import { settlementWords } from "../../i18n/settlement-words.ts";
import { Icon, type IconName } from "../../ui/parts/icons.tsx";
import { unsigned, type BooksParts } from "../books/books-parts.ts";
import { TotalFoot } from "../TotalFoot.tsx";

type Payout = AccountSettlement["payouts"][number];
const looks: { readonly [S in Payout["state"]]: { readonly kind: string; readonly icon: IconName } } = {
  sent: { kind: "waiting calm", icon: "wait" },
  arrived: { kind: "received calm", icon: "check" },
  returned: { kind: "danger", icon: "warning" },
};

/** One account with a provider: its balance beside the provider's own, what is not in a bill yet, and its payouts. */
export function AccountCard(props: { readonly parts: BooksParts; readonly account: AccountSettlement }) {
  const { parts } = props;
  const { office } = parts;
  const words = () => settlementWords(office.language());
  const account = () => props.account;
  return (
    <section class="settled" data-testid="settlement-account" data-account={account().account}>
      <h3>{parts.accountName(account().account)}</h3>
      <dl class="balances">
        <div>
          <dt>{words().balance}</dt>
          <dd class="num" data-testid="settlement-balance">
            {office.formats().amount(account().balance)}
          </dd>
          <Told {...props} />
        </div>
        <div>
          <dt>{words().inTransit}</dt>
          <dd class="num">{office.formats().amount(account().inTransit)}</dd>
        </div>
        <div>
          <dt>{words().receivable}</dt>
          <dd class="num">{office.formats().amount(account().receivable)}</dd>
        </div>
      </dl>
      <Show when={account().payouts.length > 0} fallback={<p class="soft none">{words().noPayouts}</p>}>
        <PayoutsTable parts={parts} payouts={account().payouts} />
      </Show>
    </section>
  );
}

/** The provider's last word on the balance, and whether ours is the same. */
function Told(props: { readonly parts: BooksParts; readonly account: AccountSettlement }) {
  const { office } = props.parts;
  const words = () => settlementWords(office.language());
  return (
    <Show when={props.account.told} fallback={<dd class="soft">{words().notTold}</dd>}>
      {(told) => (
        <>
          <dd class="soft num">
            {words().told(told().day)} {office.formats().amount(told().balance)}
          </dd>
          <dd class="soft" data-testid="settlement-proof">
            <Show
              when={told().over.amount !== 0}
              fallback={
                <span class="state received calm">
                  <Icon name="check" />
                  {words().proved}
                </span>
              }
            >
              <a
                class="state danger to"
                href={`#reconciliation/${told().day}/${encodeURIComponent(props.account.account)}`}
              >
                <Icon name="warning" />
                <span class="num">{words().differs(office.formats().amount(unsigned(told().over)))}</span>
              </a>
            </Show>
          </dd>
        </>
      )}
    </Show>
  );
}

function PayoutsTable(props: { readonly parts: BooksParts; readonly payouts: readonly Payout[] }) {
  const { office } = props.parts;
  const words = () => settlementWords(office.language());
  return (
    <table class="books-table" data-testid="settlement-payouts">
      <thead>
        <tr>
          <th>{words().column.sent}</th>
          <th>{words().column.number}</th>
          <th class="r">{words().column.amount}</th>
          <th>{words().column.state}</th>
          <th>{words().column.arrived}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.payouts}>{(payout) => <PayoutRow parts={props.parts} payout={payout} />}</For>
      </tbody>
      <TotalFoot told={words().total(props.payouts.length)} />
    </table>
  );
}

function PayoutRow(row: { readonly parts: BooksParts; readonly payout: Payout }) {
  const { office } = row.parts;
  const words = () => settlementWords(office.language());
  const payout = () => row.payout;
  const isLate = () => payout().state === "sent" && payout().expectedBy < row.parts.today();
  return (
    <tr data-testid="settlement-payout" data-state={payout().state}>
      <td class="num">{payout().day}</td>
      <td class="num long">{payout().number}</td>
      <td class="r num">{office.formats().amount(payout().amount)}</td>
      <td>
        <span class={`state ${isLate() ? "danger" : looks[payout().state].kind}`}>
          <Icon name={isLate() ? "warning" : looks[payout().state].icon} />
          <span>{isLate() ? words().late : words().state[payout().state]}</span>
        </span>
      </td>
      <td>
        <Show
          when={payout().arrivedOn}
          fallback={
            <span class="soft">
              {payout().state === "sent" ? words().expected(payout().expectedBy) : office.words().never}
            </span>
          }
        >
          {(day) => (
            <span class="named num">
              {day()}
              <Show when={payout().credited}>{(amount) => <small>{office.formats().amount(amount())}</small>}</Show>
            </span>
          )}
        </Show>
      </td>
    </tr>
  );
}
