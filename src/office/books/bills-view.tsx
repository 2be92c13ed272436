import { For, Match, Switch } from "solid-js";
import { isDate } from "../../domain/local-time.ts";
import { billWords } from "../../i18n/bill-words.ts";
import type { Office } from "../office.ts";
import { BillsPage } from "./BillsPage.tsx";
import { createBooks } from "./books-parts.ts";
import { FeeRates } from "./FeeRates.tsx";
import "./books.css";
import "./bills.css";

const tabs = ["files", "rates"] as const;

/** The providers' bills, handed in and asked for; and what each account was agreed to cost. */
export function BillsView(props: { readonly office: Office }) {
  const { office } = props;
  const parts = createBooks(office);
  const words = () => billWords(office.language());
  const tab = () => (office.place().opened === "rates" ? "rates" : "files");
  /** The day and account that one was sent here for. */
  const sentFor = () => {
    const [day = "", account = ""] = (office.place().opened ?? "").split("/");
    return isDate(day) ? { day, account: decodeURIComponent(account) } : null;
  };
  return (
    <>
      <header>
        <h2>{office.words().views.bills}</h2>
        <div class="tabs" role="group" aria-label={office.words().views.bills}>
          <For each={tabs}>
            {(each) => (
              <a
                href={each === "files" ? "#bills" : "#bills/rates"}
                aria-current={each === tab() ? "page" : undefined}
                data-testid={`bills-${each}`}
              >
                {words().tabs[each]}
              </a>
            )}
          </For>
        </div>
      </header>
      <Switch fallback={<BillsPage parts={parts} sentFor={sentFor()} />}>
        <Match when={tab() === "rates"}>
          <FeeRates parts={parts} />
        </Match>
      </Switch>
    </>
  );
}
