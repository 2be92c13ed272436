import { createEffect, createSignal, Show } from "solid-js";
import { urlLengthMax, webhookTypes, type WebhookBody, type WebhookType } from "../../contract/webhooks.ts";
import { outsideWords } from "../../i18n/outside-words.ts";
import { Boxes } from "../Boxes.tsx";
import { createOnce } from "../send-once.ts";
import type { Office } from "../office.ts";
import type { Trouble } from "../office-client.ts";
import { StoresChoice } from "./outside-parts.tsx";
import { refusedAddress } from "./refused-address.ts";

const nameLengthMax = 60;

type Wanted = Omit<WebhookBody, "v">;
export type EndpointFormState = ReturnType<typeof createEndpointForm>;

/** What an endpoint is asked for, as it is typed in. */
export function createEndpointForm(office: Office, at: Wanted | null) {
  const [name, setName] = createSignal(at?.name ?? "");
  const [url, setUrl] = createSignal(at?.url ?? "https://");
  const [events, setEvents] = createSignal<readonly WebhookType[]>(at?.events ?? webhookTypes);
  const [stores, setStores] = createSignal<readonly string[] | null>(at?.stores ?? null);
  const [trouble, setTrouble] = createSignal<Trouble | null>(null);
  const [isAddressOff, setIsAddressOff] = createSignal(false);
  const once = createOnce();
  return {
    once,
    name,
    setName,
    url,
    setUrl(next: string) {
      setIsAddressOff(false);
      setUrl(next);
    },
    isAddressOff,
    /** Whether the address has the form that is asked for; where it has not, the field says so. */
    checkAddress(): boolean {
      const isOff = refusedAddress(url().trim()) === "addressRefused";
      setIsAddressOff(isOff);
      return !isOff;
    },
    events,
    setEvents,
    stores,
    setStores,
    trouble,
    /** Notes how an answer went; a session that is over leads to the sign-in. */
    noteTrouble(next: Trouble | null) {
      if (next === "signedOut") office.setSession(null);
      setTrouble(next);
    },
    wanted: (active: boolean): Wanted => {
      const of = stores();
      return {
        name: name().trim(),
        url: url().trim(),
        events: [...events()],
        stores: of === null ? null : [...of],
        active,
      };
    },
    isReady: (): boolean => !once.isSending() && name().trim() !== "" && events().length > 0 && stores()?.length !== 0,
  };
}

/** Name, address, events and stores; `word` saves. */
export function EndpointForm(props: {
  readonly office: Office;
  readonly form: EndpointFormState;
  readonly word: string;
  readonly save: () => Promise<void>;
}) {
  const { office, form } = props;
  const words = () => outsideWords(office.language());
  return (
    <form
      class="person-form"
      // the sentence beside the field says more than the browser's bubble, and in the page's language
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.checkAddress()) form.once.run(() => props.save());
      }}
    >
      <label class="field">
        {words().name}
        <input
          required
          maxLength={nameLengthMax}
          autocomplete="off"
          placeholder={words().nameHint}
          data-testid="hook-name"
          value={form.name()}
          onInput={(event) => form.setName(event.currentTarget.value)}
        />
      </label>
      <AddressField office={office} form={form} />
      <Boxes
        title={words().hooks.events}
        all={webhookTypes}
        chosen={form.events()}
        nameOf={(type) => words().hooks.event[type]}
        testId="event"
        choose={form.setEvents}
      />
      <StoresChoice office={office} stores={form.stores()} choose={form.setStores} />
      <Show when={form.trouble()}>
        {(trouble) => (
          <p class="fault" role="alert" data-testid="hook-trouble">
            {trouble() === "badRequest" ? words().hooks.addressPrivate : words().failed}
          </p>
        )}
      </Show>
      <button class="go" data-testid="hook-save" disabled={!form.isReady()}>
        {props.word}
      </button>
    </form>
  );
}

function AddressField(props: { readonly office: Office; readonly form: EndpointFormState }) {
  const { form } = props;
  const words = () => outsideWords(props.office.language());
  let box!: HTMLInputElement;
  createEffect(() => form.isAddressOff() && box.focus());
  return (
    <label class="field">
      {words().hooks.address}
      <input
        ref={box}
        class="endpoint-address"
        required
        type="url"
        maxLength={urlLengthMax}
        autocomplete="off"
        spellcheck={false}
        data-testid="hook-url"
        aria-invalid={form.isAddressOff()}
        aria-describedby="hook-url-told"
        value={form.url()}
        onInput={(event) => form.setUrl(event.currentTarget.value)}
      />
      <small
        class="endpoint-told"
        id="hook-url-told"
        role={form.isAddressOff() ? "alert" : undefined}
        data-testid="hook-url-told"
      >
        {form.isAddressOff() ? words().hooks.addressRefused : words().hooks.addressHint}
      </small>
    </label>
  );
}
