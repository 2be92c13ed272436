import { For, Show, type JSX } from "solid-js";
import { sum } from "../../domain/money.ts";
import type { Tender } from "../../domain/tender.ts";
import { useTill } from "../till.ts";

/** This till's sales of the day, newest first; each can be printed again as a copy. */
export function DaysSales(): JSX.Element {
  const { register, shell, state, words, formats, language, zone } = useTill();
  const rows = () => state().today;
  const total = () =>
    formats().money(
      sum(
        rows().map((row) => row.body.sale.total),
        state().settings?.store.currency ?? "CNY",
      ),
    );
  const tender = (each: Tender): string => (each.kind === "cash" ? words().sales.cash : words().channel[each.channel]);
  return (
    <div class="sheet" data-testid="sales">
      <header>
        <h1>{words().sales.title}</h1>
        <p class="num">{words().sales.summary(rows().length, total())}</p>
        <p class="exports">
          <button type="button" class="quiet" data-testid="export-journal" onClick={() => shell.exportJournal("all")}>
            {words().sales.export}
          </button>
          <Show when={state().connection.unsent > 0}>
            <button
              type="button"
              class="quiet"
              data-testid="export-unsent"
              onClick={() => shell.exportJournal("unsent")}
            >
              {words().sales.exportUnsent(state().connection.unsent)}
            </button>
          </Show>
        </p>
        <button type="button" class="quiet" data-testid="sales-back" onClick={() => register.backToGoods()}>
          {words().sales.back} <kbd>Esc</kbd>
        </button>
      </header>
      <Show
        when={rows().length > 0}
        fallback={
          <p class="empty">
            <b>{words().sales.empty.title}</b>
            <span>{words().sales.empty.text}</span>
          </p>
        }
      >
        <ul class="soldlist">
          <For each={rows()}>
            {(row) => (
              <li data-testid={`sold-${row.receipt}`}>
                <b class="num">{formats().time(row.completedAt, zone())}</b>
                <span>
                  <span class="name">
                    {words().parked.sale(row.body.sale.lines[0]?.names[language()] ?? "", row.body.sale.lines.length)}
                  </span>
                  <small class="num">
                    {row.receipt} · {row.body.tenders.map(tender).join(", ")}
                    {row.copies > 0 ? ` · ${words().sales.copies(row.copies)}` : ""}
                  </small>
                </span>
                <strong class="num">{formats().money(row.body.sale.total)}</strong>
                <span class="soldacts">
                  <button
                    type="button"
                    class="quiet"
                    data-testid="reprint"
                    onClick={() => void register.reprint(row.id).then(() => register.showDaysSales())}
                  >
                    {words().sales.reprint}
                  </button>
                  <button
                    type="button"
                    class="quiet"
                    data-testid="sale-return"
                    disabled={row.body.sale.total.amount <= 0}
                    onClick={() => void register.findSale(row.receipt)}
                  >
                    {words().sales.return}
                  </button>
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
