import { Show } from "solid-js";
import type { ItemResult } from "../../contract/reconciliation.ts";
import type { BreakClass } from "../../domain/reconciliation/verdict.ts";
import type { BreakSeen, BreakTold } from "../../i18n/reconcile-texts.ts";
import { reconcileWords } from "../../i18n/reconcile-words.ts";
import { Icon, type IconName } from "../../ui/parts/icons.tsx";
import { unsigned, type BooksParts } from "./books-parts.ts";

/** What a class is called, and what is told of it as far as it is `seen`; null for one that this page does not know. */
export function breakTold(parts: BooksParts, type: string, account: string, seen?: BreakSeen): BreakTold | null {
  const words = reconcileWords(parts.office.language());
  const told = words.breaks[type as BreakClass] as ((channel: string, seen?: BreakSeen) => BreakTold) | undefined;
  if (told === undefined) return null;
  const channel = parts.accountOf(account)?.channel;
  return told(channel === undefined ? words.channelWithoutName : parts.channelWord(channel), seen);
}

/** What an item has come to, in a drawing and words; red only for what needs a person. */
export function ResultMark(props: {
  readonly parts: BooksParts;
  readonly result: ItemResult;
  readonly account: string;
  readonly zone: string;
}) {
  const { parts } = props;
  const { office } = parts;
  const words = () => reconcileWords(office.language());
  const text = (): string => {
    const { result } = props;
    switch (result.kind) {
      case "break":
        return breakTold(parts, result.class, props.account)?.mark ?? words().results.break;
      case "waiting":
        return words().waits[result.reason].mark;
      default:
        return words().results[result.kind];
    }
  };
  const aside = (): string => {
    const { result } = props;
    if (result.kind === "mended" || result.kind === "gone")
      return breakTold(parts, result.class, props.account)?.mark ?? "";
    if (result.kind === "waiting")
      return result.until === null
        ? result.reason === "billEarly"
          ? words().untilWhole
          : words().untilFact
        : words().until(office.formats().dateTime(result.until, props.zone).slice(5, 16));
    if (result.kind !== "break" || result.amount.amount === 0) return "";
    const written = office.formats().amount(unsigned(result.amount));
    return result.amount.amount > 0 ? words().over(written) : words().short(written);
  };
  return (
    <span
      class={`state ${looks[props.result.kind].kind}`}
      data-testid="item-result"
      data-result={props.result.kind}
      data-class={props.result.kind === "break" ? props.result.class : undefined}
    >
      <Icon name={looks[props.result.kind].icon} />
      <span>
        {text()}
        <Show when={aside() !== ""}>
          <small class="num">{aside()}</small>
        </Show>
      </span>
    </span>
  );
}

const looks: { readonly [K in ItemResult["kind"]]: { readonly kind: string; readonly icon: IconName } } = {
  matched: { kind: "received calm", icon: "check" },
  waiting: { kind: "waiting", icon: "wait" },
  break: { kind: "danger", icon: "warning" },
  other: { kind: "over", icon: "list" },
  mended: { kind: "over", icon: "check" },
  gone: { kind: "over", icon: "check" },
};
