import { For, Show } from "solid-js";
import type { OpenItems } from "../../contract/ledger.ts";
import { compare, subtract } from "../../domain/money.ts";
import { ledgerWords } from "../../i18n/ledger-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { createLive } from "../live.ts";
import { Panel } from "../Panel.tsx";
import { shortId } from "../short-id.ts";
import { Empty } from "../states.tsx";
import { booksClient } from "./books-client.ts";
import { booksRefreshMs, type BooksParts } from "./books-parts.ts";
import { accountTold, balanceTold } from "./TrialTable.tsx";

/** What stands behind a list account, and whether it comes to its balance. */
export function OpenItemsPanel(props: { readonly parts: BooksParts; readonly account: string }) {
  const { parts } = props;
  const { office } = parts;
  const words = () => ledgerWords(office.language());
  const live = createLive<string, OpenItems>(
    () => props.account,
    (account) => booksClient.openItems(account),
    office.browser.clock,
    booksRefreshMs,
  );
  const title = (): string => {
    const { kind, of } = accountTold(parts, props.account);
    return of === "" ? kind : `${kind} · ${of}`;
  };
  return (
    <Panel office={office} live={live} title={title()} testId="open-items">
      <Show when={live.value()}>
        {(told) => (
          <>
            <Proof parts={parts} told={told()} />
            <Show when={told().items.length > 0} fallback={<Empty told={words().noItems} isGood />}>
              <ItemsOf parts={parts} told={told()} />
            </Show>
          </>
        )}
      </Show>
    </Panel>
  );
}

/** The balance, and that its items come to it: red when they do not. */
function Proof(props: { readonly parts: BooksParts; readonly told: OpenItems }) {
  const words = () => ledgerWords(props.parts.office.language());
  const isEqual = (): boolean => compare(props.told.balance, props.told.sum) === 0;
  const difference = (): string => props.parts.office.formats().money(subtract(props.told.balance, props.told.sum));
  return (
    <div>
      <p class="balance num">{balanceTold(props.parts, props.told.balance)}</p>
      <p class="soft">
        {words().items(props.told.count)} · {words().itemsWhere}
      </p>
      <p class={`state ${isEqual() ? "received calm" : "danger"}`} data-testid="items-proof">
        <Icon name={isEqual() ? "check" : "warning"} />
        <span>{isEqual() ? words().itemsEqual : words().itemsDiffer(difference())}</span>
      </p>
    </div>
  );
}

function ItemsOf(props: { readonly parts: BooksParts; readonly told: OpenItems }) {
  const { office } = props.parts;
  const words = () => ledgerWords(office.language());
  return (
    <table class="lines num">
      <tbody>
        <For each={props.told.items}>
          {(item) => (
            <tr data-testid="open-item">
              <td>
                <span class="named">
                  <Show
                    when={item.what === "capture" || item.what === "unbilled"}
                    fallback={<span title={item.subject}>{item.receipt ?? shortId(item.subject)}</span>}
                  >
                    <a class="to" href={`#payments/${item.subject}`} title={item.subject}>
                      {item.receipt ?? shortId(item.subject)}
                    </a>
                  </Show>
                  <small>
                    {words().what[item.what]} ·{" "}
                    {office.formats().dateTime(item.at, office.zoneOf(item.store)).slice(0, 16)}
                  </small>
                </span>
              </td>
              <td class="r">{office.formats().amount(item.amount)}</td>
            </tr>
          )}
        </For>
      </tbody>
      <tfoot>
        <tr class="sum">
          <td>
            <Show when={props.told.count > props.told.items.length} fallback={words().items(props.told.count)}>
              {words().cutOff(props.told.items.length, props.told.count)}
            </Show>
          </td>
          <td class="r">{office.formats().amount(props.told.sum)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
