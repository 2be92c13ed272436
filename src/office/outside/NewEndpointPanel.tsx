import { createSignal, Show } from "solid-js";
import { outsideWords } from "../../i18n/outside-words.ts";
import type { Office } from "../office.ts";
import { createRequestId } from "../request-id.ts";
import { PanelHead } from "../PanelHead.tsx";
import { createEndpointForm, EndpointForm } from "./endpoint-form.tsx";
import { outsideClient } from "./outside-client.ts";
import { ShownOnce } from "./outside-parts.tsx";

/** A new address; then the secret that it checks with, this once. */
export function NewEndpointPanel(props: { readonly office: Office; readonly refresh: () => void }) {
  const { office } = props;
  const words = () => outsideWords(office.language()).hooks;
  const form = createEndpointForm(office, null);
  const [made, setMade] = createSignal<{ readonly id: string; readonly secret: string } | null>(null);
  const named = createRequestId(office.browser.random);
  const save = async (): Promise<void> => {
    const answer = await outsideClient.addEndpoint(named(form.wanted(true)));
    form.noteTrouble(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    setMade(answer.value);
    props.refresh();
  };
  return (
    <aside class="panel" data-testid="new-hook-panel" aria-label={words().addTitle}>
      <PanelHead office={office} title={words().addTitle} close={() => office.open("webhooks")} />
      <div class="panel-body">
        <Show when={made()} fallback={<EndpointForm office={office} form={form} word={words().add} save={save} />}>
          {(told) => (
            <ShownOnce
              office={office}
              title={words().secretTitle}
              text={words().secretText}
              secret={told().secret}
              done={() => office.open("webhooks", told().id)}
            />
          )}
        </Show>
      </div>
    </aside>
  );
}
