import { For, Show } from "solid-js";
import type { AccountSettlement } from "../../contract/settlement.ts";
import { settlementWords } from "../../i18n/settlement-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { unsigned, type BooksParts } from "../books/books-parts.ts";
import { PayoutsTable } from "./PayoutsTable.tsx";

type Props = { readonly parts: BooksParts; readonly account: AccountSettlement };
type Told = NonNullable<AccountSettlement["told"]>;

/** One account with a provider: its balance beside the provider's own, what is not in a bill yet, and its payouts. */
export function AccountCard(props: Props) {
  const { parts } = props;
  const { office } = parts;
  const words = () => settlementWords(office.language());
  const account = () => props.account;
  const receivable = () => account().receivable;
  return (
    <section class="settled" data-testid="settlement-account" data-account={account().account}>
      <h3>{parts.accountName(account().account)}</h3>
      <dl class="balances">
        <div>
          <dt>{words().balance}</dt>
          <dd class="num" data-testid="settlement-balance">
            {office.formats().amount(account().balance)}
          </dd>
        </div>
        <div>
          <dt>{words().inTransit}</dt>
          <dd class="num">{office.formats().amount(account().inTransit)}</dd>
        </div>
        <div>
          <dt>{receivable().amount < 0 ? words().givenBack : words().receivable}</dt>
          <dd class="num" data-testid="settlement-receivable">
            {office.formats().amount(unsigned(receivable()))}
          </dd>
        </div>
      </dl>
      <Show when={account().told} fallback={<p class="soft proof">{words().notTold}</p>}>
        {(told) => <Proof {...props} told={told()} />}
      </Show>
      <Show when={account().payouts.length > 0} fallback={<p class="soft none">{words().noPayouts}</p>}>
        <PayoutsTable parts={parts} payouts={account().payouts} />
      </Show>
    </section>
  );
}

/** The provider's last word on the balance beside ours of the same day, whether they are the same, and what explains it where not. */
function Proof(props: Props & { readonly told: Told }) {
  const { office } = props.parts;
  const words = () => settlementWords(office.language());
  const amount = (of: Told["over"]): string => office.formats().amount(of);
  return (
    <div class="proof" data-testid="settlement-proof">
      <p class="soft num">{words().told(props.told.day, amount(props.told.balance), amount(props.told.booked))}</p>
      <Show
        when={props.told.over.amount !== 0}
        fallback={
          <span class="state received calm">
            <Icon name="check" />
            {words().proved}
          </span>
        }
      >
        <ul>
          <For each={props.told.why}>{(why) => <Why {...props} why={why} />}</For>
        </ul>
      </Show>
    </div>
  );
}

/** One thing that explains it, and the way to where it stands; red where a person has to look. */
function Why(props: Props & { readonly told: Told; readonly why: Told["why"][number] }) {
  const { office } = props.parts;
  const words = () => settlementWords(office.language()).why;
  const isRed = (): boolean => props.why.kind === "balance" || props.why.kind === "nothing";
  const href = (): string => {
    const { kind, day } = props.why;
    if (kind === "items") return "#reconciliation/open/breaks";
    return `#reconciliation/${day ?? props.told.day}/${encodeURIComponent(props.account.account)}`;
  };
  const told = (): string => {
    const { kind, count, day } = props.why;
    const amount = office.formats().amount(unsigned(props.why.amount));
    const off = props.why.amount.amount > 0 ? words().more(amount) : words().less(amount);
    return words()[kind](off, count, day ?? "");
  };
  return (
    <li>
      <a
        class={`state to ${isRed() ? "danger" : "waiting calm"}`}
        href={href()}
        data-testid="settlement-why"
        data-kind={props.why.kind}
      >
        <Icon name={isRed() ? "warning" : "wait"} />
        <span>{told()}</span>
      </a>
    </li>
  );
}
