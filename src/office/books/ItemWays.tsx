import { Show } from "solid-js";
import type { ReconciliationItemOpened } from "../../contract/reconciliation.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import type { BooksParts } from "./books-parts.ts";

/** The ways to the payment and to its receipt, where there are any. */
export function ItemWays(props: { readonly parts: BooksParts; readonly opened: ReconciliationItemOpened }) {
  const words = () => reconcileWords(props.parts.office.language());
  return (
    <p class="ways">
      <Show when={props.opened.attemptState !== null && props.opened.payment}>
        {(payment) => (
          <a class="plain to" href={`#payments/${payment()}`}>
            {words().openPayment}
          </a>
        )}
      </Show>
      <Show when={props.opened.item.receipt !== null && props.opened.sale}>
        {(sale) => (
          <a class="plain to" href={`#sales/${sale()}`} data-testid="item-sale">
            {words().openSale}
          </a>
        )}
      </Show>
    </p>
  );
}
