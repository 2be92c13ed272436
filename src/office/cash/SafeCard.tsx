import { Show } from "solid-js";
import type { OfficeCash } from "../../contract/cash.ts";
import { cashWords } from "../../i18n/cash-words.ts";
import type { Office } from "../office.ts";

/**
 * What the books have in the safe and on its way to the bank; covered while somebody counts. Of a safe that was never counted they do
 * not know what lay in it at the start: no sum is told, and counting it comes next.
 */
export function SafeCard(props: {
  readonly office: Office;
  readonly cash: OfficeCash;
  readonly isCovered: boolean;
  readonly count: () => void;
}) {
  const { office } = props;
  const words = () => cashWords(office.language());
  const last = () => props.cash.counts[0];
  const at = (): string => {
    const count = last();
    return count === undefined
      ? words().neverCounted
      : office.formats().dateTime(count.at, office.zoneOf(props.cash.store)).slice(0, 16);
  };
  return (
    <section class="cash-card" data-testid="cash-safe">
      <dl class="cash-figures">
        <div class="first">
          <dt>{words().safe}</dt>
          <dd class="num" data-testid="cash-safe-holds">
            <Show when={props.cash.isCounted} fallback={<span class="soft">{words().notCounted}</span>}>
              <Show when={!props.isCovered && props.cash.safe} fallback={<span class="soft">{words().covered}</span>}>
                {(safe) => <>{office.formats().money(safe())}</>}
              </Show>
            </Show>
          </dd>
          <dd class="soft">{props.cash.isCounted ? words().safeText : words().safeUnknown}</dd>
          <Show when={!props.cash.isCounted && !props.isCovered && office.may("countSafe")}>
            <dd class="next">
              <button class="go" data-testid="cash-count-first" onClick={() => props.count()}>
                {words().countSafe}
              </button>
            </dd>
          </Show>
        </div>
        <Show when={props.cash.inTransit}>
          {(amount) => (
            <div>
              <dt>{words().inTransit}</dt>
              <dd class="num" data-testid="cash-in-transit">
                {office.formats().money(amount())}
              </dd>
            </div>
          )}
        </Show>
        <Show when={office.may("seeFigures") && props.cash.isCounted}>
          <div>
            <dt>{words().lastCount}</dt>
            <dd class="num plain-text">{at()}</dd>
          </div>
        </Show>
      </dl>
    </section>
  );
}
