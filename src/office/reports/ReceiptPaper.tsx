import { For, Match, Show, Switch } from "solid-js";
import type { ReportReceipt } from "../../contract/reports.ts";
import { receiptDocument } from "../../domain/receipt-document.ts";
import type { ReceiptBlock } from "../../domain/receipt.ts";
import { receiptWords } from "../../i18n/receipt-words.ts";
import { reportWords } from "../../i18n/report-words.ts";
import { QrCode } from "../../ui/parts/QrCode.tsx";
import { createLive } from "../live.ts";
import { Reading, TroubleNote } from "../states.tsx";
import type { ReportParts } from "./report-parts.ts";
import { reportClient } from "./report-client.ts";

/** What is printed does not change; asked for again only after trouble. */
const paperRefreshMs = 600_000;

/** A sale's receipt: the very document that went to the printer, in the language of the paper. */
export function ReceiptPaper(props: { readonly parts: ReportParts; readonly id: string; readonly hasList: boolean }) {
  const { office } = props.parts;
  const live = createLive<string, ReportReceipt>(
    () => props.id,
    reportClient.receipt,
    office.browser.clock,
    paperRefreshMs,
  );
  return (
    <div class="panel-body">
      <div class="paper-links">
        <Show when={props.hasList}>
          <button class="plain" data-testid="drill-back" onClick={() => office.open("reports")}>
            {reportWords(office.language()).backToSales}
          </button>
        </Show>
        <a class="plain file" href={`#sales/${props.id}`}>
          {office.words().story.title}
        </a>
      </div>
      <Show
        when={live.value()}
        fallback={
          <Show when={live.trouble() !== null} fallback={<Reading office={office} />}>
            <TroubleNote office={office} trouble={live.trouble()} retry={() => void live.refresh()} />
          </Show>
        }
      >
        {(receipt) => (
          <div class="receipt-paper num" lang={receipt().shop.language} data-testid="receipt-paper">
            <For each={blocksOf(receipt())}>{(block) => <Block block={block} />}</For>
          </div>
        )}
      </Show>
    </div>
  );
}

function blocksOf({ shop, tillLabel, cashier, sold, promised }: ReportReceipt): readonly ReceiptBlock[] {
  return receiptDocument({ shop, tillLabel, cashier, sold, promised, copy: 0 }, receiptWords(shop.language)).blocks;
}

function Block(props: { readonly block: ReceiptBlock }) {
  return (
    <Switch>
      <Match when={props.block.kind === "text" && props.block}>
        {(text) => (
          <p class={`at-${text().align}`} classList={{ large: text().size === "large", bold: text().bold }}>
            {text().text}
          </p>
        )}
      </Match>
      <Match when={props.block.kind === "pair" && props.block}>
        {(pair) => (
          <p class="pair" classList={{ large: pair().size === "large", bold: pair().bold }}>
            <span>{pair().left}</span>
            <span>{pair().right}</span>
          </p>
        )}
      </Match>
      <Match when={props.block.kind === "item" && props.block}>
        {(item) => (
          <>
            <p>{item().name}</p>
            <p class="pair">
              <span>{item().detail}</span>
              <span>{item().amount}</span>
            </p>
            <For each={item().notes}>{(note) => <p class="note">{note}</p>}</For>
          </>
        )}
      </Match>
      <Match when={props.block.kind === "rule"}>
        <hr />
      </Match>
      <Match when={props.block.kind === "qr" && props.block}>
        {(code) => (
          <div class="paper-code">
            <QrCode text={code().text} />
            <p>{code().caption}</p>
          </div>
        )}
      </Match>
    </Switch>
  );
}
