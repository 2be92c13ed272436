import { createSignal, Show } from "solid-js";
import { outsideWords } from "../../i18n/outside-words.ts";
import type { Office } from "../office.ts";
import { PanelHead } from "../PanelHead.tsx";
import { KeyState, standOf, type ShownKey } from "./key-state.tsx";
import { outsideClient } from "./outside-client.ts";
import { Irrevocable, momentText, storesText } from "./outside-parts.tsx";

/** One key: what it may and how it was used; it can be ended, and never shown again. */
export function KeyPanel(props: { readonly office: Office; readonly shown: ShownKey; readonly refresh: () => void }) {
  const { office } = props;
  const words = () => outsideWords(office.language());
  const [isFailed, setFailed] = createSignal(false);
  const isUsable = (): boolean => ["inForce", "soon"].includes(standOf(props.shown, office.browser.clock.now()));
  const revoke = async (): Promise<void> => {
    const answer = await outsideClient.revokeKey(props.shown.id);
    if (!answer.ok && answer.refusal === "signedOut") office.setSession(null);
    setFailed(!answer.ok);
    props.refresh();
  };
  return (
    <aside class="panel" data-testid="key-panel" aria-label={props.shown.name}>
      <PanelHead office={office} title={props.shown.name} close={() => office.open("api")} />
      <div class="panel-body">
        <div class="verdict">
          <KeyState office={office} of={props.shown} />
        </div>
        <dl class="facts">
          <dt>{words().keys.column.scopes}</dt>
          <dd>{office.formats().list(props.shown.scopes.map((scope) => words().keys.scope[scope]))}</dd>
          <dt>{words().whichStores}</dt>
          <dd>{storesText(office, props.shown.stores)}</dd>
          <dt>{words().keys.made}</dt>
          <dd class="num">{momentText(office, props.shown.madeAt)}</dd>
          <dt>{words().keys.column.expires}</dt>
          <dd class="num">{momentText(office, props.shown.expiresAt)}</dd>
          <dt>{words().keys.column.used}</dt>
          <dd class="num">
            {props.shown.usedAt === null ? office.words().never : momentText(office, props.shown.usedAt)}
          </dd>
        </dl>
        <Show when={isFailed()}>
          <p class="fault" role="alert">
            {words().failed}
          </p>
        </Show>
        <Show when={isUsable()}>
          <Irrevocable
            office={office}
            word={words().keys.revoke}
            meaning={words().keys.revokeText}
            testId="key-revoke"
            run={() => void revoke()}
          />
        </Show>
      </div>
    </aside>
  );
}
