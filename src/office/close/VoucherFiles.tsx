import { createSignal, For, Show } from "solid-js";
import { voucherFormats, type Vouchers } from "../../contract/accounting.ts";
import { closeWords } from "../../i18n/close-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { booksRefreshMs } from "../books/books-parts.ts";
import { LiveFrame } from "../books/LiveFrame.tsx";
import { createLive } from "../live.ts";
import type { Office } from "../office.ts";
import { PanelHead } from "../PanelHead.tsx";
import { closeClient, voucherAddress } from "./close-client.ts";

type Range = { readonly store: string; readonly from: string; readonly to: string };

/** Every open day is added up for an answer: it is asked for less often than the list beside it. */
const vouchersRefreshMs = booksRefreshMs * 4;

/** Files of the days in the list; what is not mapped stands in their way, with the way to map it. */
export function VoucherFiles(props: { readonly office: Office; readonly range: Range }) {
  const { office } = props;
  const words = () => closeWords(office.language());
  const live = createLive<string, Vouchers>(
    () => JSON.stringify(props.range),
    () => closeClient.vouchers(props.range),
    office.browser.clock,
    vouchersRefreshMs,
  );
  return (
    <aside class="panel close-panel" aria-label={words().files} data-testid="close-files-panel">
      <PanelHead office={office} title={words().files} close={() => office.close()} />
      <div class="panel-body voucher-files">
        <p class="num">
          {props.range.from} — {props.range.to}
        </p>
        <LiveFrame office={office} live={live}>
          {(told) => <Files office={office} range={props.range} told={told()} />}
        </LiveFrame>
        <a class="plain to" href="#close/map" data-testid="close-map">
          <Icon name="book" />
          {words().map}
        </a>
      </div>
    </aside>
  );
}

/** A file in each format: of the closed days, or of the open ones too for whoever wants a draft. */
function Files(props: { readonly office: Office; readonly range: Range; readonly told: Vouchers }) {
  const words = () => closeWords(props.office.language());
  const [wantsDrafts, setWantsDrafts] = createSignal(false);
  const hasDrafts = (): boolean => props.told.vouchers.some(({ isDraft }) => isDraft);
  const withDrafts = (): boolean => wantsDrafts() && hasDrafts();
  const isAnyClosed = (): boolean => props.told.vouchers.some(({ isDraft }) => !isDraft);
  return (
    <>
      <p class="soft">{withDrafts() ? words().draftsNote : words().filesNote}</p>
      <Show when={hasDrafts()}>
        <label class="only-missing">
          <input
            type="checkbox"
            data-testid="close-drafts"
            checked={wantsDrafts()}
            onChange={(event) => setWantsDrafts(event.currentTarget.checked)}
          />
          {words().withDrafts}
        </label>
      </Show>
      <Show when={isAnyClosed() || withDrafts()} fallback={<p data-testid="close-none-closed">{words().noneClosed}</p>}>
        <Show when={props.told.unmapped.length === 0} fallback={<p class="fault">{words().unmapped}</p>}>
          <For each={voucherFormats}>
            {(format) => (
              <a
                class="plain to"
                href={voucherAddress(props.range, format, withDrafts())}
                download=""
                data-testid={`close-file-${format}`}
              >
                <Icon name="download" />
                {words().format[format]}
              </a>
            )}
          </For>
        </Show>
      </Show>
    </>
  );
}
