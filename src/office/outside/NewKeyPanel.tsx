import { createSignal, For, Show } from "solid-js";
import { apiScopes, keyDaysMax, type ApiScope } from "../../contract/api.ts";
import type { Instant } from "../../domain/clock.ts";
import { outsideWords } from "../../i18n/outside-words.ts";
import { Boxes } from "../Boxes.tsx";
import type { Office } from "../office.ts";
import { createRequestId } from "../request-id.ts";
import { createOnce } from "../send-once.ts";
import { PanelHead } from "../PanelHead.tsx";
import { outsideClient } from "./outside-client.ts";
import { momentText, ShownOnce, StoresChoice } from "./outside-parts.tsx";

const nameLengthMax = 60;
const dayMs = 86_400_000;
/** How long a key may be good for; the first is what is offered. */
const dayChoices = [365, 90, 30, keyDaysMax] as const;

type NewKey = ReturnType<typeof createNewKey>;

function createNewKey(office: Office, refresh: () => void) {
  const [name, setName] = createSignal("");
  const [scopes, setScopes] = createSignal<readonly ApiScope[]>(["sales:read"]);
  const [stores, setStores] = createSignal<readonly string[] | null>(null);
  const [days, setDays] = createSignal<number>(dayChoices[0]);
  const [made, setMade] = createSignal<string | null>(null);
  const [isFailed, setFailed] = createSignal(false);
  const once = createOnce();
  const named = createRequestId(office.browser.random);
  const sent = async (): Promise<void> => {
    const of = stores();
    const wanted = named({
      name: name().trim(),
      scopes: [...scopes()],
      stores: of === null ? null : [...of],
      days: days(),
    });
    const answer = await outsideClient.makeKey(wanted);
    if (!answer.ok && answer.refusal === "signedOut") office.setSession(null);
    setFailed(!answer.ok);
    if (!answer.ok) return;
    setMade(answer.value.key);
    refresh();
  };
  const make = (): Promise<void> => once.run(sent);
  const isReady = (): boolean =>
    !once.isSending() && name().trim() !== "" && scopes().length > 0 && stores()?.length !== 0;
  return { name, setName, scopes, setScopes, stores, setStores, days, setDays, made, isFailed, make, isReady };
}

/** A new key: whose, what it may read, how long; then the key itself, this once. */
export function NewKeyPanel(props: { readonly office: Office; readonly refresh: () => void }) {
  const { office } = props;
  const words = () => outsideWords(office.language()).keys;
  const key = createNewKey(office, () => props.refresh());
  return (
    <aside class="panel" data-testid="new-key-panel" aria-label={words().makeTitle}>
      <PanelHead office={office} title={words().makeTitle} close={() => office.open("api")} />
      <div class="panel-body">
        <Show when={key.made()} fallback={<KeyForm office={office} form={key} />}>
          {(secret) => (
            <ShownOnce
              office={office}
              title={words().madeTitle}
              text={words().header}
              secret={secret()}
              done={() => office.open("api")}
            />
          )}
        </Show>
      </div>
    </aside>
  );
}

function KeyForm(props: { readonly office: Office; readonly form: NewKey }) {
  const { office, form } = props;
  const words = () => outsideWords(office.language());
  const until = (days: number): string =>
    momentText(office, (office.browser.clock.now() + days * dayMs) as Instant).slice(0, 10);
  return (
    <form
      class="person-form"
      onSubmit={(event) => {
        event.preventDefault();
        void form.make();
      }}
    >
      <label class="field">
        {words().name}
        <input
          required
          maxLength={nameLengthMax}
          autocomplete="off"
          placeholder={words().nameHint}
          data-testid="key-name"
          value={form.name()}
          onInput={(event) => form.setName(event.currentTarget.value)}
        />
      </label>
      <Boxes
        title={words().keys.scopes}
        all={apiScopes}
        chosen={form.scopes()}
        nameOf={(scope) => words().keys.scope[scope]}
        testId="scope"
        choose={form.setScopes}
      />
      <StoresChoice office={office} stores={form.stores()} choose={form.setStores} />
      <label class="field">
        {words().keys.validFor}
        <select data-testid="key-days" onChange={(event) => form.setDays(Number(event.currentTarget.value))}>
          <For each={dayChoices}>
            {(days) => (
              <option value={days} selected={days === form.days()}>
                {words().keys.days(days, until(days))}
              </option>
            )}
          </For>
        </select>
      </label>
      <Show when={form.isFailed()}>
        <p class="fault" role="alert">
          {words().failed}
        </p>
      </Show>
      <button class="go" data-testid="key-save" disabled={!form.isReady()}>
        {words().keys.make}
      </button>
    </form>
  );
}
