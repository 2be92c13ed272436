import { createSignal, Show } from "solid-js";
import { rotationHours, type WebhookEndpoint } from "../../contract/webhooks.ts";
import { outsideWords } from "../../i18n/outside-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Office } from "../office.ts";
import { PanelHead } from "../PanelHead.tsx";
import { createEndpointForm, EndpointForm, type EndpointFormState } from "./endpoint-form.tsx";
import { outsideClient } from "./outside-client.ts";
import { Irrevocable, momentText, ShownOnce } from "./outside-parts.tsx";

type Props = { readonly office: Office; readonly endpoint: WebhookEndpoint; readonly refresh: () => void };

/** What an address is told of; its secret, changed without a gap; pausing it and taking it away. */
export function EndpointSettings(props: Props) {
  const { office } = props;
  const words = () => outsideWords(office.language());
  const form = createEndpointForm(office, props.endpoint);
  const [secret, setSecret] = createSignal<string | null>(null);
  const [isSaved, setSaved] = createSignal(false);
  const save = async (): Promise<void> => {
    const answer = await outsideClient.changeEndpoint(props.endpoint.id, form.wanted(props.endpoint.active));
    form.noteTrouble(answer.ok ? null : answer.refusal);
    setSaved(answer.ok);
    props.refresh();
  };
  return (
    <aside class="panel" data-testid="hook-settings" aria-label={words().hooks.settings}>
      <PanelHead office={office} title={words().hooks.settings} close={() => office.close()} />
      <div class="panel-body">
        <Show
          when={secret()}
          fallback={
            <>
              <EndpointForm office={office} form={form} word={words().save} save={save} />
              <Show when={isSaved()}>
                <p class="state received" role="status" data-testid="hook-saved">
                  <Icon name="check" /> {words().saved}
                </p>
              </Show>
              <SecretDeeds {...props} form={form} show={setSecret} />
              <EndpointDeeds {...props} form={form} />
            </>
          }
        >
          {(fresh) => (
            <ShownOnce
              office={office}
              title={words().hooks.secretTitle}
              text={words().hooks.rotateText(rotationHours)}
              secret={fresh()}
              done={() => setSecret(null)}
            />
          )}
        </Show>
      </div>
    </aside>
  );
}

function SecretDeeds(props: Props & { readonly form: EndpointFormState; readonly show: (secret: string) => void }) {
  const words = () => outsideWords(props.office.language()).hooks;
  const rotate = async (): Promise<void> => {
    const answer = await outsideClient.rotateSecret(props.endpoint.id);
    props.form.noteTrouble(answer.ok ? null : answer.refusal);
    if (answer.ok) props.show(answer.value.secret);
    props.refresh();
  };
  return (
    <div class="deeds">
      <h4>{words().secretTitle}</h4>
      <p class="about">{words().rotateText(rotationHours)}</p>
      <Show when={props.endpoint.oldSecretUntil}>
        {(until) => (
          <p class="state waiting num" data-testid="hook-both">
            <Icon name="wait" /> {words().bothUntil(momentText(props.office, until()))}
          </p>
        )}
      </Show>
      <div class="buttons">
        <button class="plain" data-testid="hook-rotate" onClick={() => void rotate()}>
          {words().rotate}
        </button>
      </div>
    </div>
  );
}

function EndpointDeeds(props: Props & { readonly form: EndpointFormState }) {
  const { office } = props;
  const words = () => outsideWords(office.language()).hooks;
  const pause = async (active: boolean): Promise<void> => {
    const { name, url, events, stores } = props.endpoint;
    const answer = await outsideClient.changeEndpoint(props.endpoint.id, { name, url, events, stores, active });
    props.form.noteTrouble(answer.ok ? null : answer.refusal);
    props.refresh();
  };
  const remove = async (): Promise<void> => {
    const answer = await outsideClient.removeEndpoint(props.endpoint.id);
    props.form.noteTrouble(answer.ok ? null : answer.refusal);
    if (answer.ok) office.open("webhooks");
    props.refresh();
  };
  return (
    <div class="deeds">
      <p class="about">{words().pausedText}</p>
      <div class="buttons">
        <button class="plain" data-testid="hook-pause" onClick={() => void pause(!props.endpoint.active)}>
          {props.endpoint.active ? words().pause : words().resume}
        </button>
      </div>
      <Irrevocable
        office={office}
        word={words().remove}
        meaning={words().removeText}
        testId="hook-remove"
        run={() => void remove()}
      />
    </div>
  );
}
