import { createEffect, createSignal, Match, onCleanup, Show, Switch } from "solid-js";
import { type Report, type ReportChoices, type ReportRow } from "../../contract/reports.ts";
import type { OfficeTold } from "../../i18n/office-words.ts";
import { periodWord } from "../../i18n/report-keys.ts";
import { reportWords } from "../../i18n/report-words.ts";
import { createLive, type Live } from "../live.ts";
import type { Office } from "../office.ts";
import { Empty, Reading, Stale, TroubleNote } from "../states.tsx";
import { FilterChips } from "./FilterChips.tsx";
import { PrintHead } from "./PrintHead.tsx";
import { ReportActions } from "./ReportActions.tsx";
import { ReportChart } from "./ReportChart.tsx";
import { reportClient } from "./report-client.ts";
import type { ReportParts } from "./report-parts.ts";
import { hasTime, nameOfRow } from "./report-columns.ts";
import { createReportState, daysMax, filterOfRow, rangeOfRow, type Filter } from "./report-state.ts";
import { ReportTable } from "./ReportTable.tsx";
import { SalesDrill, type Drilled } from "./SalesDrill.tsx";
import { ShapeChoice } from "./ShapeChoice.tsx";
import "./reports.css";
import "./report-drill.css";
import "./report-print.css";

/** Reports of today move on by themselves, this often. */
const reportRefreshMs = 30_000;
const choicesRefreshMs = 600_000;

/** Reports: what, by which time, over which days; its chart, its table, and the sales behind each row down to the paper. */
export function ReportsView(props: { readonly office: Office }) {
  const { office } = props;
  const state = createReportState(office.today);
  const [drilled, setDrilled] = createSignal<Drilled | null>(null);
  const [printed, setPrinted] = createSignal<Report | null>(null);
  const choices = createLive<string, ReportChoices>(
    () => "choices",
    reportClient.choices,
    office.browser.clock,
    choicesRefreshMs,
  );
  const live = createLive<string, Report>(
    () => (state.misfit() === null && office.today() !== "" ? JSON.stringify(state.query()) : null),
    (key) => reportClient.report(JSON.parse(key) as Record<string, string>),
    office.browser.clock,
    reportRefreshMs,
  );
  createEffect(() => {
    if (live.trouble() === "signedOut") office.setSession(null);
  });
  closeByEscape(office, drilled, setDrilled);
  const shown = () => printed() ?? live.value();
  const parts: ReportParts = { office, state, choices: choices.value };
  const drill = (row: ReportRow | null): void => {
    office.open("reports");
    setDrilled(drilledOf(parts, row));
  };
  return (
    <>
      <header class="report-head">
        <h2>{office.words().views.reports}</h2>
        <ReportActions parts={parts} setPrinted={setPrinted} openSales={() => drill(null)} />
        <ShapeChoice parts={parts} />
        <FilterChips parts={parts} />
      </header>
      <PrintHead parts={parts} report={shown()} />
      <div class="split" classList={{ open: drilled() !== null || office.place().opened !== null }}>
        <div class="report">
          <Show when={shown()}>
            {(told) => (
              <Show when={told().count > 0 && !(state.grain() === "none" && state.by() === "none")}>
                <ReportChart parts={parts} report={told()} />
              </Show>
            )}
          </Show>
          <Rows parts={parts} live={live} shown={shown()} drilled={drilled()} drill={drill} />
        </div>
        <Show when={drilled() !== null || office.place().opened !== null}>
          <SalesDrill parts={parts} drilled={drilled()} close={() => setDrilled(null)} />
        </Show>
      </div>
    </>
  );
}

/** The table, or why there is none. */
function Rows(props: {
  readonly parts: ReportParts;
  readonly live: Live<Report>;
  readonly shown: Report | null;
  readonly drilled: Drilled | null;
  readonly drill: (row: ReportRow | null) => void;
}) {
  const { office, state } = props.parts;
  const words = () => reportWords(office.language());
  const misfitTold = (): OfficeTold =>
    state.misfit() === "tooLong"
      ? words().tooLong(daysMax(state.by(), state.grain(), state.filter()))
      : words().wrongRange;
  return (
    <section class="list">
      <Stale office={office} trouble={props.live.trouble()} readAt={props.live.readAt()} />
      <Switch fallback={<Reading office={office} />}>
        <Match when={state.misfit() !== null}>
          <Empty told={misfitTold()} />
        </Match>
        <Match when={props.shown}>
          {(told) => (
            <Show when={told().count > 0} fallback={<Empty told={words().empty} />}>
              <ReportTable parts={props.parts} report={told()} opened={props.drilled?.row ?? null} open={props.drill} />
            </Show>
          )}
        </Match>
        <Match when={props.live.trouble() !== null}>
          <TroubleNote office={office} trouble={props.live.trouble()} retry={() => void props.live.refresh()} />
        </Match>
      </Switch>
    </section>
  );
}

/** The sales that one row counts, or those of the whole report. */
function drilledOf({ office, state }: ReportParts, row: ReportRow | null): Drilled {
  const by = state.by();
  const filter: Filter = row === null ? state.filter() : filterOfRow(by, row, state.filter());
  const range = rangeOfRow(state.range(), row?.period ?? null);
  const words = () => reportWords(office.language());
  const name = (): string => {
    if (row === null) return words().total;
    const time = hasTime(state.grain()) && row.period !== null ? periodWord(row.period, words()) : "";
    return [time, by === "none" ? "" : nameOfRow(by, row, office.language(), words())]
      .filter((part) => part !== "")
      .join(" · ");
  };
  const narrow = (): void => {
    if (by === "none" || row?.key === null || row?.key === undefined) return;
    const { key } = row;
    state.setBy("none");
    if (state.grain() === "none") state.setGrain("day");
    state.setFilter(by, key);
  };
  return { row, filter, range, name, narrow: row !== null && by !== "none" ? narrow : null };
}

/** Escape closes the list of sales; a receipt opened over it is the page's own to close. */
function closeByEscape(office: Office, drilled: () => Drilled | null, set: (next: null) => void): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && office.place().opened === null && drilled() !== null) set(null);
  };
  addEventListener("keydown", onKey, true);
  onCleanup(() => removeEventListener("keydown", onKey, true));
}
