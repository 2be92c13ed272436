import { createSignal, Show } from "solid-js";
import { reportPrintRows, type Report } from "../../contract/reports.ts";
import { reportWords } from "../../i18n/report-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { ReportParts } from "./report-parts.ts";
import { fileAddress, reportClient } from "./report-client.ts";
import { SavedViews } from "./SavedViews.tsx";

/** Views kept under a name, the sales behind the report, paper and files. */
export function ReportActions(props: {
  readonly parts: ReportParts;
  readonly setPrinted: (report: Report | null) => void;
  readonly openSales: () => void;
}) {
  const { office, state } = props.parts;
  const words = () => reportWords(office.language());
  const [isPrinting, setPrinting] = createSignal(false);
  const print = async (): Promise<void> => {
    setPrinting(true);
    const all = await reportClient.report({ ...state.query(), page: "0", rows: String(reportPrintRows) });
    setPrinting(false);
    if (!all.ok) return;
    props.setPrinted(all.value);
    office.browser.print();
    props.setPrinted(null);
  };
  return (
    <div class="report-actions">
      <SavedViews parts={props.parts} />
      <button class="plain" data-testid="report-sales" onClick={() => props.openSales()}>
        {words().openSales}
      </button>
      <button class="plain" data-testid="report-print" disabled={isPrinting()} onClick={() => void print()}>
        {isPrinting() ? words().printing : words().print}
      </button>
      <Show when={state.misfit() !== "wrongRange" && office.may("exportBooks")}>
        <a
          class="plain file"
          data-testid="report-csv"
          download=""
          href={fileAddress(state.query(), "csv", office.language())}
        >
          <Icon name="moneyIn" />
          CSV
        </a>
        <a
          class="plain file"
          data-testid="report-xlsx"
          download=""
          href={fileAddress(state.query(), "xlsx", office.language())}
        >
          <Icon name="moneyIn" />
          XLSX
        </a>
      </Show>
    </div>
  );
}
