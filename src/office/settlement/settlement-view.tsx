import { createSignal, For, Show } from "solid-js";
import type { BankAccount, OfficeSettlement } from "../../contract/settlement.ts";
import { settlementWords } from "../../i18n/settlement-words.ts";
import { booksRefreshMs, createBooks, type BooksParts } from "../books/books-parts.ts";
import { Chooser } from "../books/Chooser.tsx";
import { LiveFrame } from "../books/LiveFrame.tsx";
import { StoreChooser } from "../books/StoreChooser.tsx";
import { createLive } from "../live.ts";
import type { Office } from "../office.ts";
import { Empty } from "../states.tsx";
import { BankLines } from "./BankLines.tsx";
import { AccountCard } from "./AccountCard.tsx";
import { Banks } from "./Banks.tsx";
import { settlementClient } from "./settlement-client.ts";
import "../books/books.css";
import "../books/bills.css";
import "./settlement.css";

/** Days of payouts one can ask for. */
const dayChoices = [14, 31, 90] as const;

/** What lies with the providers, what is on its way to the bank, and the bank's own word for it. */
export function SettlementView(props: { readonly office: Office }) {
  const { office } = props;
  const words = () => settlementWords(office.language());
  const parts = createBooks(office);
  const [days, setDays] = createSignal<number>(dayChoices[0]);
  const live = createLive<number, OfficeSettlement>(
    () => days(),
    (asked) => settlementClient.overview(asked),
    office.browser.clock,
    booksRefreshMs,
  );
  return (
    <>
      <header>
        <div>
          <h2>{office.words().views.settlement}</h2>
          <p class="soft">{words().note}</p>
        </div>
        <div class="filters">
          <StoreChooser office={office} />
          <Chooser
            title={words().payouts}
            all={null}
            value={String(days())}
            choices={dayChoices.map((count) => ({ value: String(count), name: words().days(count) }))}
            testId="settlement-days"
            choose={(value) => setDays(Number(value ?? dayChoices[0]))}
          />
        </div>
      </header>
      <LiveFrame office={office} live={live}>
        {(told) => (
          <div class="split settlement-page" classList={{ open: office.may("handInBill") }}>
            <section class="list">
              <div class="scroll" tabIndex={0}>
                <Show
                  when={bankIn(told(), office.place().opened)}
                  fallback={<Accounts parts={parts} accounts={told().accounts} />}
                >
                  {(bank) => (
                    <BankLines parts={parts} bank={bank()} days={days()} onChanged={() => void live.refresh()} />
                  )}
                </Show>
              </div>
            </section>
            <Show when={office.may("handInBill")}>
              <aside class="panel" aria-label={words().banks}>
                <div class="panel-body">
                  <Banks office={office} banks={told().banks} onChanged={() => void live.refresh()} />
                </div>
              </aside>
            </Show>
          </div>
        )}
      </LiveFrame>
    </>
  );
}

function Accounts(props: { readonly parts: BooksParts; readonly accounts: OfficeSettlement["accounts"] }) {
  const none = () => props.parts.withheldTold() ?? settlementWords(props.parts.office.language()).noAccounts;
  const { office } = props.parts;
  const shown = () =>
    props.accounts.filter(({ stores }) => office.store() === null || stores.includes(office.store() ?? ""));
  return (
    <Show when={shown().length > 0} fallback={<Empty told={none()} />}>
      <For each={shown()}>{(account) => <AccountCard parts={props.parts} account={account} />}</For>
    </Show>
  );
}

/** The bank account whose lines the address asks for. */
function bankIn({ banks }: OfficeSettlement, opened: string | null): BankAccount | undefined {
  return banks.find(({ id }) => opened === `bank/${id}`);
}
