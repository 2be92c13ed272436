import { createSignal, Show } from "solid-js";
import type { StoreDay, StoreDays } from "../../contract/store-close.ts";
import { plusDays } from "../../domain/local-time.ts";
import { closeWords } from "../../i18n/close-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { booksRefreshMs } from "../books/books-parts.ts";
import { LiveFrame } from "../books/LiveFrame.tsx";
import { StoreChooser } from "../books/StoreChooser.tsx";
import { createLive } from "../live.ts";
import type { Office } from "../office.ts";
import { Empty } from "../states.tsx";
import { AccountMapPage } from "./AccountMapPage.tsx";
import { closeClient } from "./close-client.ts";
import { DayPanel } from "./DayPanel.tsx";
import { DaysTable } from "./DaysTable.tsx";
import { MonthsPanel } from "./MonthsPanel.tsx";
import { VoucherFiles } from "./VoucherFiles.tsx";
import "../books/books.css";
import "./close.css";

/** Business days on one page. */
const daysShown = 31;
/** What is opened in place of a day. */
const mapPlace = "map";
const filesPlace = "files";
const monthsPlace = "months";

/** Closing a store's business days, and taking the closed ones away as vouchers. */
export function CloseView(props: { readonly office: Office }) {
  const { office } = props;
  return (
    <Show when={office.place().opened === mapPlace} fallback={<Days office={office} />}>
      <AccountMapPage office={office} />
    </Show>
  );
}

function Days(props: { readonly office: Office }) {
  const { office } = props;
  const words = () => closeWords(office.language());
  const [last, setLast] = createSignal<string | null>(null);
  const store = (): string | null =>
    office.store() ?? (office.stores().length === 1 ? (office.stores()[0]?.id ?? null) : null);
  const to = (): string => last() ?? office.today();
  const range = () => ({ store: store() ?? "", from: plusDays(to(), 1 - daysShown), to: to() });
  const live = createLive<string, StoreDays>(
    () => (store() === null ? null : JSON.stringify(range())),
    () => closeClient.days(range()),
    office.browser.clock,
    booksRefreshMs,
  );
  const isOpened = (): boolean => openedOf(office, live.value()) !== undefined || isFiles(office) || isMonths(office);
  /** Opens a day, which may be of an earlier page. */
  const toDay = (day: string): void => {
    if (day < range().from) setLast(plusDays(day, daysShown - 1));
    office.open("close", day);
  };
  return (
    <>
      <Head office={office} hasStore={store() !== null} />
      <Show when={store() !== null} fallback={<Empty told={words().chooseStore} />}>
        <div class="split" classList={{ open: isOpened() }}>
          <section class="list">
            <LiveFrame office={office} live={live}>
              {(told) => (
                <div class="scroll">
                  <Show
                    when={told().days.length > 0}
                    fallback={<Empty told={last() === null ? words().empty : words().noneThen} />}
                  >
                    <DaysTable office={office} days={told().days} />
                  </Show>
                </div>
              )}
            </LiveFrame>
            <Pager office={office} to={to()} isLast={last() === null} go={setLast} />
          </section>
          <Beside
            office={office}
            store={store()}
            days={live.value()}
            range={range()}
            refresh={live.refresh}
            toDay={toDay}
          />
        </div>
      </Show>
    </>
  );
}

function Head(props: { readonly office: Office; readonly hasStore: boolean }) {
  const { office } = props;
  const words = () => closeWords(office.language());
  return (
    <header>
      <div>
        <h2>{office.words().views.close}</h2>
        <p class="soft">{words().note}</p>
      </div>
      <div class="filters">
        <StoreChooser office={office} needed={words().chooseStore.title} />
        <Show when={props.hasStore}>
          <Doors office={office} />
        </Show>
      </div>
    </header>
  );
}

const isFiles = (office: Office): boolean => office.place().opened === filesPlace;
const isMonths = (office: Office): boolean => office.place().opened === monthsPlace;

function openedOf(office: Office, told: StoreDays | null | undefined): StoreDay | undefined {
  return told?.days.find(({ day }) => day === office.place().opened);
}

/** What is opened beside the days: one of them, the months, or the files. */
function Beside(props: {
  readonly office: Office;
  readonly store: string | null;
  readonly days: StoreDays | null | undefined;
  readonly range: { readonly store: string; readonly from: string; readonly to: string };
  readonly refresh: () => Promise<void>;
  readonly toDay: (day: string) => void;
}) {
  const { office } = props;
  return (
    <>
      <Show when={openedOf(office, props.days)}>
        {(day) => (
          <DayPanel
            office={office}
            day={day()}
            firstOpen={props.days?.firstOpen ?? null}
            onClosed={() => void props.refresh()}
            toDay={props.toDay}
          />
        )}
      </Show>
      <Show when={isMonths(office) && props.store}>
        {(of) => <MonthsPanel office={office} store={of()} onLocked={() => void props.refresh()} />}
      </Show>
      <Show when={isFiles(office)}>
        <VoucherFiles office={office} range={props.range} />
      </Show>
    </>
  );
}

/** The ways to a store's months, and to its files for the accountant. */
function Doors(props: { readonly office: Office }) {
  const { office } = props;
  const words = () => closeWords(office.language());
  return (
    <>
      <button class="plain to" data-testid="close-months" onClick={() => office.open("close", monthsPlace)}>
        <Icon name="key" />
        {words().months.title}
      </button>
      <Show when={office.may("exportBooks")}>
        <button class="plain to" data-testid="close-files" onClick={() => office.open("close", filesPlace)}>
          <Icon name="download" />
          {words().files}
        </button>
      </Show>
    </>
  );
}

function Pager(props: {
  readonly office: Office;
  readonly to: string;
  readonly isLast: boolean;
  readonly go: (last: string | null) => void;
}) {
  const { office } = props;
  const later = (): void => {
    const next = plusDays(props.to, daysShown);
    props.go(next >= office.today() ? null : next);
  };
  return (
    <div class="pager">
      <button class="plain" onClick={() => props.go(plusDays(props.to, -daysShown))}>
        {closeWords(office.language()).earlier}
      </button>
      <span class="num">
        {plusDays(props.to, 1 - daysShown)} — {props.to}
      </span>
      <button class="plain" disabled={props.isLast} onClick={later}>
        {closeWords(office.language()).later}
      </button>
    </div>
  );
}
