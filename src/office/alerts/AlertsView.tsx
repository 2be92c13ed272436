import { createSignal, For, Show } from "solid-js";
import type { AlertRow, OfficeAlerts } from "../../contract/alerts.ts";
import { alertWords } from "../../i18n/alert-words.ts";
import { Chooser } from "../books/Chooser.tsx";
import { placeText } from "../books/reconciliation-place.ts";
import { ListFrame, OpeningRow } from "../ListFrame.tsx";
import type { Live } from "../live.ts";
import { createLiveList } from "../live-list.ts";
import { refreshMs, type Office } from "../office.ts";
import { Tabs } from "../people/Tabs.tsx";
import { TotalFoot } from "../TotalFoot.tsx";
import { alertReason, alertTitle } from "./alert-text.ts";
import { alertsClient } from "./alerts-client.ts";

type Row = Omit<AlertRow, "id"> & { readonly id: string; readonly alert: string };

/** What one is told of breaks: the newest first, each with the way to it; what was opened is read. */
export function AlertsView(props: { readonly office: Office; readonly alerts: Live<OfficeAlerts> }) {
  const { office } = props;
  const words = () => alertWords(office.language());
  const [isAll, setAll] = createSignal(false);
  const [scrolled, setScrolled] = createSignal(0);
  const list = createLiveList<string, Row, { readonly count: number }>(
    {
      filter: () => (isAll() ? "all" : "open"),
      isHeld: () => scrolled() > 0,
      async load(filter, before) {
        const answer = await alertsClient.alerts({ state: filter as "all" | "open", before: before ?? undefined });
        if (!answer.ok) return answer;
        const { alerts, next, count } = answer.value;
        const rows = alerts.map((each) => ({ ...each, alert: each.id, id: `${each.store}/${each.id}` }));
        return { ok: true, value: { rows, next, totals: { count } } };
      },
    },
    office.browser.clock,
    refreshMs,
  );
  const noted = (): void => {
    void props.alerts.refresh();
    void list.refresh();
  };
  return (
    <>
      <header>
        <div>
          <Tabs office={office} of={["alerts", "alertRules"]} />
          <p class="soft">{words().note}</p>
        </div>
        <div class="filters">
          <Chooser
            title={words().column.state}
            all={words().open}
            value={isAll() ? "all" : undefined}
            choices={[{ value: "all", name: words().every }]}
            testId="alerts-state"
            choose={(value) => setAll(value !== undefined)}
          />
          <Show when={(props.alerts.value()?.unread ?? 0) > 0}>
            <button class="plain" data-testid="alerts-read-all" onClick={() => void alertsClient.readAll().then(noted)}>
              {words().readAll}
            </button>
          </Show>
        </div>
      </header>
      <ListFrame isUnsearched office={office} list={list} empty={words().empty} onScroll={setScrolled}>
        <AlertsTable office={office} rows={list.rows() ?? []} count={list.totals()?.count ?? 0} noted={noted} />
      </ListFrame>
    </>
  );
}

function AlertsTable(props: {
  readonly office: Office;
  readonly rows: readonly Row[];
  readonly count: number;
  readonly noted: () => void;
}) {
  const { office } = props;
  const words = () => alertWords(office.language());
  const hasStores = (): boolean => office.stores().length > 1;
  const open = (row: Row): void => {
    void alertsClient.read({ store: row.store, id: row.alert }).then(props.noted);
    office.open("reconciliation", placeOf(row));
  };
  return (
    <table class="alerts">
      <thead>
        <tr>
          <th>{office.words().column.time}</th>
          <th>{words().column.what}</th>
          <Show when={hasStores()}>
            <th class="wide">{office.words().column.store}</th>
          </Show>
          <th class="wider">{words().column.day}</th>
          <th class="r">{office.words().column.amount}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row) => (
            <OpeningRow
              testId="alert-row"
              time={office.formats().dateTime(row.madeAt, office.zoneOf(row.store)).slice(5, 16)}
              label={alertTitle(office, row)}
              isOpened={false}
              open={() => open(row)}
            >
              <What office={office} row={row} />
              <Show when={hasStores()}>
                <td class="soft wide">{office.storeName(row.store)}</td>
              </Show>
              <td class="num soft wider">{row.day}</td>
              <td class="r num strong">
                {row.amount.amount === 0 ? office.words().never : office.formats().money(row.amount)}
              </td>
            </OpeningRow>
          )}
        </For>
      </tbody>
      <TotalFoot told={words().total(props.count)} />
    </table>
  );
}

/** Its break's name and why one is told; new until it was read. */
function What(props: { readonly office: Office; readonly row: Row }) {
  const { office } = props;
  const words = () => alertWords(office.language());
  const isFresh = (): boolean => props.row.readAt === null && props.row.closedAt === null;
  return (
    <td>
      <span class="named">
        <span class="alert-title" classList={{ strong: isFresh() }}>
          {alertTitle(office, props.row)}
          <Show when={isFresh()}>
            <small class="fresh" data-testid="alert-fresh">
              {words().fresh}
            </small>
          </Show>
        </span>
        <small class="num">
          {alertReason(office, props.row)}
          <Show when={props.row.closedAt}>
            {(at) => (
              <> · {words().over(office.formats().dateTime(at(), office.zoneOf(props.row.store)).slice(5, 16))}</>
            )}
          </Show>
        </small>
      </span>
    </td>
  );
}

/** The break itself or all of its cause, among all that are open or that were mended; for a day all that is open. */
function placeOf({ store, about, closedAt }: Row): string | null {
  const { class: _, channel: __, cause: of = "", ...item } = about ?? { class: null, channel: null };
  const open = closedAt === null ? "breaks" : "mended";
  const cause = closedAt === null && of !== "" ? of : null;
  return placeText({
    list: { kind: "open", open },
    cause,
    item:
      about === null || cause !== null
        ? null
        : { store, ...(item as Pick<typeof about, "account" | "side" | "number">) },
  });
}
