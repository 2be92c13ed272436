import { createSignal, Show } from "solid-js";
import type { TrialBalance } from "../../contract/ledger.ts";
import { instantOfLocal } from "../../domain/local-time.ts";
import { compare } from "../../domain/money.ts";
import { ledgerWords } from "../../i18n/ledger-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { createLive } from "../live.ts";
import type { Office } from "../office.ts";
import { Empty } from "../states.tsx";
import { booksClient, trialAddress } from "./books-client.ts";
import { booksRefreshMs, createBooks } from "./books-parts.ts";
import { DayChoice } from "./Chooser.tsx";
import { LiveFrame } from "./LiveFrame.tsx";
import { OpenItemsPanel } from "./OpenItemsPanel.tsx";
import { StoreChooser } from "./StoreChooser.tsx";
import { TrialTable } from "./TrialTable.tsx";
import "./books.css";
import "./ledger.css";

/** The ledger: every account's debits, credits and balance at an instant; behind a list account its open items. */
export function LedgerView(props: { readonly office: Office }) {
  const { office } = props;
  const parts = createBooks(office);
  const words = () => ledgerWords(office.language());
  const form = createLedgerForm(office);
  const live = createLive<string, TrialBalance>(
    () => JSON.stringify(form.asked()),
    () => booksClient.trial(form.asked()),
    office.browser.clock,
    booksRefreshMs,
  );
  const opened = (): string | null => {
    const of = office.place().opened;
    return of === null ? null : decodeURIComponent(of);
  };
  return (
    <>
      <LedgerHead office={office} form={form} />
      <div class="split ledger" classList={{ open: opened() !== null }}>
        <section class="list">
          <LiveFrame office={office} live={live}>
            {(trial) => (
              <>
                <Show when={compare(trial().debits, trial().credits) !== 0}>
                  <p class="alarm" role="alert" data-testid="ledger-broken">
                    <Icon name="warning" />
                    <b>{words().unbalanced.title}</b> {words().unbalanced.text}
                  </p>
                </Show>
                <div class="scroll">
                  <Show when={trial().accounts.length > 0} fallback={<Empty told={words().empty} />}>
                    <TrialTable parts={parts} trial={trial()} opened={opened()} />
                  </Show>
                </div>
              </>
            )}
          </LiveFrame>
        </section>
        <Show when={opened()} keyed>
          {(account) => <OpenItemsPanel parts={parts} account={account} />}
        </Show>
      </div>
    </>
  );
}

type LedgerForm = ReturnType<typeof createLedgerForm>;

/** Up to which business day and which moment the ledger is asked for; empty for all of it. */
function createLedgerForm(office: Office) {
  const [day, setDay] = createSignal("");
  const [moment, setMoment] = createSignal("");
  const zone = (): string => office.zoneOf(office.store() ?? office.stores()[0]?.id ?? "");
  const asked = () => ({
    ...(moment() === "" ? {} : { at: String(instantIn(moment(), zone())) }),
    ...(day() === "" ? {} : { day: day() }),
    ...(office.store() === null ? {} : { store: office.store() ?? undefined }),
  });
  return { day, setDay, moment, setMoment, asked };
}

function LedgerHead(props: { readonly office: Office; readonly form: LedgerForm }) {
  const { office, form } = props;
  const words = () => ledgerWords(office.language());
  return (
    <header>
      <h2>{office.words().views.ledger}</h2>
      <div class="filters">
        <StoreChooser office={office} />
        <DayChoice
          title={words().upTo}
          value={form.day()}
          empty={words().allDays}
          clear={words().allDaysHint}
          max={office.today()}
          testId="ledger-day"
          choose={form.setDay}
        />
        <DayChoice
          title={words().asOf}
          kind="datetime-local"
          value={form.moment()}
          empty={words().now}
          clear={words().now}
          testId="ledger-at"
          choose={form.setMoment}
        />
        <Show when={office.may("exportBooks")}>
          <a
            class="plain to"
            href={trialAddress(form.asked(), office.language())}
            download=""
            data-testid="ledger-file"
          >
            <Icon name="download" />
            {words().exportCsv}
          </a>
        </Show>
      </div>
    </header>
  );
}

/** "2026-11-20T14:06" on the wall in `zone`, to the end of that minute. */
function instantIn(text: string, zone: string): number {
  const [date = "", time = ""] = text.split("T");
  const [hours = "0", minutes = "0"] = time.split(":");
  return instantOfLocal(date, Number(hours) * 60 + Number(minutes), zone) + 59_999;
}
