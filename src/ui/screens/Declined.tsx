import { Show, type JSX } from "solid-js";
import type { DeclinedReason } from "../../i18n/paying-words.ts";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";
import { Methods } from "./TenderChoice.tsx";

/** No money was taken: why, in words, and the two ways on. */
export function Declined(): JSX.Element {
  const { register, state, words } = useTill();
  const reason = (): DeclinedReason | null => {
    const { counter } = state();
    return counter.kind === "declined" ? (counter.reason ?? "refused") : null;
  };
  const givenBack = (): boolean => {
    const { counter } = state();
    return counter.kind === "declined" && counter.givenBack;
  };
  /** Undone because somebody here gave up: nothing to be alarmed about. */
  const wasUndone = (): boolean => givenBack() || reason() === "reversed" || reason() === "closed";
  return (
    <div class="tender">
      <Methods method="code" />
      <div class="stage" classList={{ dangerbox: !wasUndone() }} data-testid="declined" data-reason={reason() ?? ""}>
        <div class="told" role="alert">
          <Icon name="close" />
          <Show
            when={givenBack()}
            fallback={
              <>
                <h1>{words().declined.title}</h1>
                <Show when={reason()}>{(why) => <p>{words().declined.reason[why()]}</p>}</Show>
              </>
            }
          >
            <h1 data-testid="given-back">{words().declined.givenBack.title}</h1>
            <p>{words().declined.givenBack.text}</p>
          </Show>
          <div class="row">
            <button
              type="button"
              class="quiet"
              data-testid="declined-cash"
              onClick={() => register.chooseMethod("cash")}
            >
              {words().declined.cash}
            </button>
            <button
              type="button"
              class="quiet go"
              data-testid="declined-again"
              onClick={() => register.chooseMethod("code")}
            >
              {words().declined.again}
            </button>
          </div>
        </div>
      </div>
    </div>
  );
}
