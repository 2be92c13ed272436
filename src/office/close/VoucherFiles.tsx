import { createResource, For, Show } from "solid-js";
import { voucherFormats } from "../../contract/accounting.ts";
import { closeWords } from "../../i18n/close-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Office } from "../office.ts";
import { PanelHead } from "../PanelHead.tsx";
import { closeClient, voucherAddress } from "./close-client.ts";

type Range = { readonly store: string; readonly from: string; readonly to: string };

/** Files of the closed days in the list; what is not mapped stands in their way, with the way to map it. */
export function VoucherFiles(props: { readonly office: Office; readonly range: Range }) {
  const { office } = props;
  const words = () => closeWords(office.language());
  const [unmapped] = createResource(
    () => JSON.stringify(props.range),
    async () => {
      const answer = await closeClient.vouchers(props.range);
      return answer.ok ? answer.value.unmapped.length : 0;
    },
  );
  return (
    <aside class="panel close-panel" aria-label={words().files} data-testid="close-files-panel">
      <PanelHead office={office} title={words().files} close={() => office.close()} />
      <div class="panel-body voucher-files">
        <p class="num">
          {props.range.from} — {props.range.to}
        </p>
        <p class="soft">{words().filesNote}</p>
        <Show when={(unmapped() ?? 0) === 0} fallback={<p class="fault">{words().unmapped}</p>}>
          <For each={voucherFormats}>
            {(format) => (
              <a
                class="plain to"
                href={voucherAddress(props.range, format)}
                download=""
                data-testid={`close-file-${format}`}
              >
                <Icon name="download" />
                {words().format[format]}
              </a>
            )}
          </For>
        </Show>
        <a class="plain to" href="#close/map" data-testid="close-map">
          <Icon name="book" />
          {words().map}
        </a>
      </div>
    </aside>
  );
}
