import { createSignal, Match, Show, Switch } from "solid-js";
import { cashDays, type DepositShown, type OfficeCash } from "../../contract/cash.ts";
import { cashWords } from "../../i18n/cash-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { booksRefreshMs } from "../books/books-parts.ts";
import { Chooser } from "../books/Chooser.tsx";
import { LiveFrame } from "../books/LiveFrame.tsx";
import { StoreChooser } from "../books/StoreChooser.tsx";
import { createLive } from "../live.ts";
import type { Office } from "../office.ts";
import { Empty } from "../states.tsx";
import { cashClient } from "./cash-client.ts";
import { CountPanel } from "./CountPanel.tsx";
import { DepositForm } from "./DepositForm.tsx";
import { DepositPanel } from "./DepositPanel.tsx";
import { DepositPaper } from "./DepositPaper.tsx";
import { DepositsTable } from "./DepositsTable.tsx";
import { CountsTable, DrawersTable, HandOversTable } from "./CashTables.tsx";
import { SafeCard } from "./SafeCard.tsx";
import "../books/books.css";
import "./cash.css";

/** What is opened in place of a deposit. */
const countPlace = "count";
const depositPlace = "new";

/** A store's cash: its safe, its drawers, what was handed over and what went to the bank. */
export function CashView(props: { readonly office: Office }) {
  const { office } = props;
  const words = () => cashWords(office.language());
  const [days, setDays] = createSignal<number>(cashDays[0]);
  const store = (): string | null =>
    office.store() ?? (office.stores().length === 1 ? (office.stores()[0]?.id ?? null) : null);
  const live = createLive<string, OfficeCash>(
    () => (store() === null ? null : `${store()}/${days()}`),
    () => cashClient.cash(store() ?? "", days(), !office.may("seeFigures")),
    office.browser.clock,
    booksRefreshMs,
  );
  const opened = (): DepositShown | undefined => live.value()?.deposits.find(({ id }) => id === office.place().opened);
  return (
    <>
      <header>
        <div>
          <h2>{office.words().views.cash}</h2>
          <p class="soft">{words().note}</p>
        </div>
        <div class="filters">
          <StoreChooser office={office} needed={words().chooseStore.title} />
          <Chooser
            title={words().range}
            all={null}
            value={String(days())}
            choices={cashDays.map((count) => ({ value: String(count), name: words().days(count) }))}
            testId="cash-days"
            choose={(value) => setDays(Number(value ?? cashDays[0]))}
          />
          <Show when={store() !== null && office.may("countSafe")}>
            <button class="plain to" data-testid="cash-count" onClick={() => office.open("cash", countPlace)}>
              <Icon name="cash" />
              {words().countSafe}
            </button>
          </Show>
          <Show when={store() !== null && office.may("depositCash")}>
            <button class="plain to" data-testid="cash-to-bank" onClick={() => office.open("cash", depositPlace)}>
              <Icon name="moneyOut" />
              {words().toBank}
            </button>
          </Show>
        </div>
      </header>
      <Show when={store() !== null} fallback={<Empty told={words().chooseStore} />}>
        <LiveFrame office={office} live={live}>
          {(cash) => <Body office={office} cash={cash()} opened={opened()} onChanged={() => void live.refresh()} />}
        </LiveFrame>
      </Show>
      <Show when={opened()}>
        {(deposit) => <DepositPaper office={office} deposit={deposit()} store={store() ?? ""} />}
      </Show>
    </>
  );
}

function Body(props: {
  readonly office: Office;
  readonly cash: OfficeCash;
  readonly opened: DepositShown | undefined;
  readonly onChanged: () => void;
}) {
  const { office } = props;
  const place = () => office.place().opened;
  const isCounting = (): boolean => place() === countPlace && office.may("countSafe");
  const isMaking = (): boolean => place() === depositPlace && office.may("depositCash");
  return (
    <div class="split" classList={{ open: isCounting() || isMaking() || props.opened !== undefined }}>
      <section class="list">
        <div class="scroll" tabIndex={0}>
          <SafeCard
            office={office}
            cash={props.cash}
            isCovered={isCounting()}
            count={() => office.open("cash", countPlace)}
          />
          <DrawersTable office={office} cash={props.cash} />
          <DepositsTable office={office} deposits={props.cash.deposits} />
          <Show when={office.may("seeFigures")}>
            <HandOversTable office={office} cash={props.cash} />
            <CountsTable office={office} cash={props.cash} />
          </Show>
        </div>
      </section>
      <Switch>
        <Match when={isCounting()}>
          <CountPanel office={office} cash={props.cash} onChanged={props.onChanged} />
        </Match>
        <Match when={isMaking()}>
          <DepositForm office={office} cash={props.cash} onChanged={props.onChanged} />
        </Match>
        <Match when={props.opened}>
          {(deposit) => (
            <DepositPanel office={office} store={props.cash.store} deposit={deposit()} onChanged={props.onChanged} />
          )}
        </Match>
      </Switch>
    </div>
  );
}
