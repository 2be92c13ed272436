import { Show } from "solid-js";
import type { MendingShown } from "../../contract/mending.ts";
import { mendWords } from "../../i18n/mend-words.ts";
import { createLive } from "../live.ts";
import type { Office } from "../office.ts";
import { actionTold } from "./action-told.ts";
import { mendClient } from "./mend-client.ts";

/** What is done stays as it is. */
const doneRefreshMs = 600_000;

/** How a break was mended: what was done and why, who proposed it and who agreed, and when. */
export function MendedBy(props: {
  readonly office: Office;
  readonly item: string;
  readonly zone: string;
  /** It is gone: what somebody did is told only where that made it go. */
  readonly isGone: boolean;
}) {
  const { office } = props;
  const words = () => mendWords(office.language());
  const live = createLive<string, { readonly mendings: readonly MendingShown[] }>(
    () => props.item,
    mendClient.about,
    office.browser.clock,
    doneRefreshMs,
  );
  const done = (): MendingShown | undefined =>
    live.value()?.mendings.find(({ state, action }) => state === "done" && (!props.isGone || action === "correctRate"));
  const time = (at: MendingShown["decidedAt"]): string =>
    at === null ? "" : office.formats().dateTime(at, props.zone).slice(0, 16);
  return (
    <Show when={done()}>
      {(mending) => (
        <dl class="facts mended-by" data-testid="mended-by">
          <dt>{words().mended.how}</dt>
          <dd>{actionTold(words(), mending().action, mending()).title}</dd>
          <dt>{words().reason}</dt>
          <dd>{mending().reason}</dd>
          <dt>{words().mended.proposed}</dt>
          <dd class="num">{`${mending().proposedBy} · ${time(mending().proposedAt)}`}</dd>
          <Show when={mending().approval !== null && mending().decidedBy}>
            {(who) => (
              <>
                <dt>{words().mended.agreed}</dt>
                <dd class="num">{`${who()} · ${time(mending().decidedAt)}`}</dd>
              </>
            )}
          </Show>
        </dl>
      )}
    </Show>
  );
}
