import { Show, type JSX } from "solid-js";
import type { PrinterStatus } from "../../domain/printer-status.ts";
import type { Messages } from "../../i18n/messages.ts";
import type { Formats } from "../../i18n/locale.ts";
import type { Notice } from "../../register/state.ts";
import { asAsked } from "../cash-due.ts";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";

/** Said, but nothing is wrong: a printer that never answers prints all the same. */
function isGood(notice: Notice): boolean {
  if (notice.kind !== "printed") return notice.kind === "parkedPaid";
  return (
    notice.outcome.kind === "printed" ||
    (notice.outcome.kind === "uncertain" && notice.outcome.reason === "neverAnswers")
  );
}

/** One sentence about what just happened, in place, until the next thing happens. */
export function NoticeBar(): JSX.Element {
  const { register, state, words, formats } = useTill();
  return (
    <Show when={state().notice}>
      {(notice) => (
        <div
          class="notice"
          classList={{ good: isGood(notice()) }}
          role="status"
          data-testid="notice"
          data-notice={notice().kind}
        >
          <Icon name={isGood(notice()) ? "check" : "warning"} />
          <span>{noticeText(asAsked(notice(), state()), words(), formats(), state().printer.status)}</span>
          <button type="button" onClick={() => register.dismissNotice()}>
            {words().notice.dismiss}
          </button>
        </div>
      )}
    </Show>
  );
}

function noticeText(notice: Notice, words: Messages, formats: Formats, printer: PrinterStatus): string {
  switch (notice.kind) {
    case "unknownCode":
      return words.notice.unknownCode(notice.text);
    case "noPaymentCode":
      return words.notice.noPaymentCode(notice.text);
    case "refused":
      return words.notice.refused[notice.why];
    case "channelUnavailable":
      return words.notice.channelUnavailable(words.channel[notice.channel]);
    case "emptySale":
      return words.notice.emptySale;
    case "parkedPaid":
      return words.notice.parkedPaid(formats.money(notice.total), notice.receipt);
    case "goesBack":
      return words.notice.goesBack(formats.money(notice.amount), words.channel[notice.channel], notice.online);
    case "notedOff":
      return words.notice.notedOff(formats.money(notice.amount), words.channel[notice.channel]);
    case "parkedUnpaid":
      return words.notice.parkedUnpaid(formats.money(notice.total));
    case "refundTrouble":
      return words.notice.refundTrouble(formats.money(notice.amount), words.channel[notice.channel]);
    case "slip":
      return words.notice.slip(formats.money(notice.typed), notice.due === null ? null : formats.money(notice.due));
    case "drawerShut":
      return words.notice.drawerShut;
    case "reportUnprinted":
      return printer.kind === "notPaired" ? words.notice.reportNoPrinter : words.notice.reportUnprinted;
    case "printed":
      return words.done.print(notice.outcome);
  }
}
