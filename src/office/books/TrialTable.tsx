import { For, Show } from "solid-js";
import type { TrialBalance } from "../../contract/ledger.ts";
import type { NamedThings } from "../../contract/named-things.ts";
import { compare, subtract, type Money } from "../../domain/money.ts";
import { ledgerAccount } from "../../i18n/ledger-accounts.ts";
import { ledgerWords } from "../../i18n/ledger-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { thingName } from "../thing-name.ts";
import { unsigned, type BooksParts } from "./books-parts.ts";

/** What an account is called: its kind in the trade's word, and which one of its kind. */
export function accountTold(
  parts: BooksParts,
  account: string,
  names: NamedThings = [],
): { readonly kind: string; readonly of: string } {
  const { office } = parts;
  return ledgerAccount(account, ledgerWords(office.language()), (kind, rest) => {
    if (kind === "betweenStores") return office.storeName(rest);
    return ofProvider.has(kind) ? parts.accountName(rest) : thingName(office, names, rest);
  });
}

/** Kinds of accounts of which each provider account has one. */
const ofProvider: ReadonlySet<string> = new Set(["receivable", "balance", "refundsOwed", "payoutInTransit"]);

/** A balance with its side. */
export function balanceTold({ office }: BooksParts, balance: Money): string {
  const words = ledgerWords(office.language());
  if (balance.amount === 0) return words.even;
  return `${balance.amount > 0 ? words.debit : words.credit} ${office.formats().amount(unsigned(balance))}`;
}

type Props = { readonly parts: BooksParts; readonly trial: TrialBalance; readonly opened: string | null };

/** Every account with debits, credits and balance; a list account opens its items. */
export function TrialTable(props: Props) {
  const { parts } = props;
  const { office } = parts;
  const words = () => ledgerWords(office.language());
  return (
    <table class="books-table trial" data-testid="trial-table">
      <thead>
        <tr>
          <th>{words().account}</th>
          <th class="r sums">{words().debits}</th>
          <th class="r sums">{words().credits}</th>
          <th class="r">{words().balance}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.trial.accounts}>
          {(row) => (
            <AccountRow parts={parts} names={props.trial.names} row={row} isOpened={row.account === props.opened} />
          )}
        </For>
      </tbody>
      <tfoot>
        <tr data-testid="trial-total">
          <td class="total num">
            <span>
              {words().total(props.trial.accounts.length)}
              <Show when={compare(props.trial.debits, props.trial.credits) === 0}>
                <span class="soft"> · {words().balanced}</span>
              </Show>
            </span>
          </td>
          <td class="r num sums" data-testid="trial-debits">
            {office.formats().amount(props.trial.debits)}
          </td>
          <td class="r num sums" data-testid="trial-credits">
            {office.formats().amount(props.trial.credits)}
          </td>
          <td class="r num">{balanceTold(parts, subtract(props.trial.debits, props.trial.credits))}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function AccountRow(props: {
  readonly parts: BooksParts;
  readonly names: NamedThings;
  readonly row: TrialBalance["accounts"][number];
  readonly isOpened: boolean;
}) {
  const { parts } = props;
  const { office } = parts;
  const words = () => ledgerWords(office.language());
  const row = () => props.row;
  const told = () => accountTold(parts, row().account, props.names);
  const open = (): void => {
    if (row().isList) office.open("ledger", encodeURIComponent(row().account));
  };
  return (
    <tr data-testid="trial-row" data-account={row().account} classList={{ opened: props.isOpened }} onClick={open}>
      <td>
        <Show when={row().isList} fallback={<Name told={told()} />}>
          <button
            class="opener"
            title={words().isList}
            aria-expanded={props.isOpened}
            onClick={(event) => {
              event.stopPropagation();
              open();
            }}
          >
            <Name told={told()} />
            <Icon name="list" />
          </button>
        </Show>
        <Show when={row().isUncounted}>
          <small class="soft block" data-testid="trial-uncounted">
            {words().uncounted}
          </small>
        </Show>
      </td>
      <td class="r num sums">{office.formats().amount(row().debits)}</td>
      <td class="r num sums">{office.formats().amount(row().credits)}</td>
      <td class="r num" classList={{ soft: row().balance.amount === 0 }}>
        {balanceTold(parts, row().balance)}
      </td>
    </tr>
  );
}

function Name(props: { readonly told: { readonly kind: string; readonly of: string } }) {
  return (
    <span class="account">
      {props.told.kind}
      <Show when={props.told.of !== ""}>
        <small>{props.told.of}</small>
      </Show>
    </span>
  );
}
