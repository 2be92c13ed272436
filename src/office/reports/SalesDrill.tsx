import { createSignal, For, Show } from "solid-js";
import type { OfficeSaleRow } from "../../contract/office.ts";
import type { ReportRow } from "../../contract/reports.ts";
import type { Range } from "../../domain/reports/periods.ts";
import { reportWords } from "../../i18n/report-words.ts";
import { createLiveList } from "../live-list.ts";
import { PanelHead } from "../PanelHead.tsx";
import { Reading, TroubleNote } from "../states.tsx";
import type { ReportParts } from "./report-parts.ts";
import { reportClient, type Asked } from "./report-client.ts";
import { given, type Filter } from "./report-state.ts";
import { ReceiptPaper } from "./ReceiptPaper.tsx";

/** A row that was opened: what its sales have in common, and the way to a report of nothing else. */
export type Drilled = {
  /** Null for the whole report. */
  readonly row: ReportRow | null;
  readonly filter: Filter;
  readonly range: Range;
  readonly name: () => string;
  readonly narrow: (() => void) | null;
};

const salesRefreshMs = 30_000;

/** Beside the report: the sales behind a row, and each one's paper. */
export function SalesDrill(props: {
  readonly parts: ReportParts;
  readonly drilled: Drilled | null;
  readonly close: () => void;
}) {
  const { office } = props.parts;
  const words = () => reportWords(office.language());
  const opened = () => office.place().opened;
  const title = (): string => (opened() === null ? words().salesOf(props.drilled?.name() ?? "") : words().asPrinted);
  return (
    <aside class="panel" data-testid="report-drill" aria-label={title()}>
      <PanelHead
        office={office}
        title={title()}
        close={() => {
          props.close();
          office.open("reports");
        }}
      />
      <Show
        when={opened()}
        keyed
        fallback={
          <Show when={props.drilled} keyed>
            {(drilled) => <Sales parts={props.parts} drilled={drilled} />}
          </Show>
        }
      >
        {(id) => <ReceiptPaper parts={props.parts} id={id} hasList={props.drilled !== null} />}
      </Show>
    </aside>
  );
}

/** The list, narrowed further by number and amount. */
function Sales(props: { readonly parts: ReportParts; readonly drilled: Drilled }) {
  const { office } = props.parts;
  const words = () => reportWords(office.language());
  const [more, setMore] = createSignal<Asked>({});
  const [scrolled, setScrolled] = createSignal(0);
  const list = createLiveList<string, OfficeSaleRow, Record<string, never>>(
    {
      filter: () => JSON.stringify({ ...props.drilled.range, ...given(props.drilled.filter), ...more() }),
      isHeld: () => scrolled() > 0,
      async load(filter, before) {
        const asked = JSON.parse(filter) as Asked;
        const answer = await reportClient.sales(before === null ? asked : { ...asked, before });
        return answer.ok
          ? { ok: true, value: { rows: answer.value.sales, next: answer.value.next, totals: {} } }
          : answer;
      },
    },
    office.browser.clock,
    salesRefreshMs,
  );
  return (
    <>
      <div class="drill-filters">
        <Show when={props.drilled.narrow}>
          {(narrow) => (
            <button class="plain" data-testid="report-only" onClick={() => narrow()()}>
              {words().onlyThis}
            </button>
          )}
        </Show>
        <Narrow parts={props.parts} set={setMore} />
      </div>
      <div class="scroll" onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}>
        <Show
          when={list.rows()}
          fallback={
            <Show when={list.trouble() !== null} fallback={<Reading office={office} />}>
              <TroubleNote office={office} trouble={list.trouble()} retry={() => void list.refresh()} />
            </Show>
          }
        >
          {(rows) => (
            <Show when={rows().length > 0} fallback={<p class="reading">{words().noSales}</p>}>
              <SalesTable parts={props.parts} rows={rows()} />
              <Show when={list.hasEarlier()}>
                <button class="plain earlier" onClick={() => void list.showEarlier()}>
                  {office.words().earlier}
                </button>
              </Show>
            </Show>
          )}
        </Show>
      </div>
    </>
  );
}

function Narrow(props: { readonly parts: ReportParts; readonly set: (asked: Asked) => void }) {
  const words = () => reportWords(props.parts.office.language());
  const [number, setNumber] = createSignal("");
  const [least, setLeast] = createSignal("");
  const [most, setMost] = createSignal("");
  const apply = (): void =>
    props.set({
      ...(number().trim() === "" ? {} : { number: number().trim() }),
      ...amount("least", least()),
      ...amount("most", most()),
    });
  const box = (title: string, testId: string, set: (text: string) => void, isAmount: boolean) => (
    <input
      type="text"
      inputMode={isAmount ? "decimal" : "search"}
      maxLength={isAmount ? 12 : 64}
      autocomplete="off"
      aria-label={title}
      placeholder={title}
      data-testid={testId}
      onChange={(event) => {
        set(event.currentTarget.value);
        apply();
      }}
    />
  );
  return (
    <div class="drill-narrow">
      {box(words().number, "drill-number", setNumber, false)}
      {box(words().least, "drill-least", setLeast, true)}
      {box(words().most, "drill-most", setMost, true)}
    </div>
  );
}

/** 12.5 as 1250 minor units; nothing where no amount stands. */
function amount(name: "least" | "most", text: string): Asked {
  const [, sign = "", whole = "", part = ""] = /^\s*(-?)(\d{1,9})(?:[.,](\d{1,2}))?\s*$/.exec(text) ?? [];
  return whole === "" ? {} : { [name]: `${sign}${Number(`${whole}${part.padEnd(2, "0")}`)}` };
}

function SalesTable(props: { readonly parts: ReportParts; readonly rows: readonly OfficeSaleRow[] }) {
  const { office } = props.parts;
  return (
    <table class="drill-sales">
      <tbody>
        <For each={props.rows}>
          {(row) => (
            <tr data-testid="drill-sale" onClick={() => office.open("reports", row.id)}>
              <td class="num">
                <button
                  class="opener"
                  onClick={(event) => {
                    event.stopPropagation();
                    office.open("reports", row.id);
                  }}
                >
                  <b>{row.receipt}</b>
                </button>
                <small class="soft num">
                  {office.formats().dateTime(row.completedAt, office.zoneOf(row.store))} ·{" "}
                  {office.words().tillWithStore(row.tillLabel, office.storeName(row.store))} · {row.staffName}
                </small>
              </td>
              <td class="r num strong">{office.formats().amount(row.total)}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
