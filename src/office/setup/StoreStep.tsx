import { clockOf } from "../clock-of.ts";
import { createSignal, For, Show } from "solid-js";
import type { SetUpStore, StoreBody } from "../../contract/shop-setup.ts";
import type { Language } from "../../domain/item.ts";
import { setupWords } from "../../i18n/setup-words.ts";
import { officeLanguages } from "../office.ts";
import type { Trouble } from "../office-client.ts";
import { createOnce } from "../send-once.ts";
import { Failed } from "./Failed.tsx";
import { setupClient } from "./setup-client.ts";
import type { StepProps } from "./setup-parts.ts";
import { TextField } from "./TextField.tsx";

const nameLengthMax = 64;
const addressLengthMax = 128;
const phoneLengthMax = 32;
/** A business day may begin at a full hour before noon. */
const cutHours = Array.from({ length: 12 }, (_, hour) => hour);
const usualCutMinute = 240;

/** The stores that are there, each to be corrected, and the form for one more. */
export function StoreStep(props: StepProps) {
  const words = () => setupWords(props.office.language());
  const [editing, setEditing] = createSignal<string | null>(null);
  const isFirst = () => props.shop.stores.length === 0;
  const over = (): void => {
    setEditing(null);
    props.refresh();
  };
  return (
    <>
      <ul class="setup-rows">
        <For each={props.shop.stores}>
          {(store) => (
            <li data-testid="setup-store">
              <Show
                when={editing() === store.id}
                fallback={<Row {...props} store={store} edit={() => setEditing(store.id)} />}
              >
                <StoreForm {...props} store={store} over={over} cancel={() => setEditing(null)} />
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show
        when={isFirst() || editing() === "new"}
        fallback={
          <button class="plain" data-testid="store-add" onClick={() => setEditing("new")}>
            {words().store.add}
          </button>
        }
      >
        <StoreForm {...props} store={null} over={over} cancel={isFirst() ? null : () => setEditing(null)} />
      </Show>
    </>
  );
}

function Row(props: StepProps & { readonly store: SetUpStore; readonly edit: () => void }) {
  const words = () => setupWords(props.office.language());
  return (
    <>
      <span class="setup-what">
        <b>{props.store.name}</b>
        <small>
          {[props.store.address, props.store.phone, words().store.day(props.store.zone, clockOf(props.store.cutMinute))]
            .filter((each) => each !== "")
            .join(" · ")}
        </small>
      </span>
      <button class="plain" onClick={() => props.edit()}>
        {words().edit}
      </button>
    </>
  );
}

type FormProps = StepProps & {
  readonly store: SetUpStore | null;
  readonly over: () => void;
  readonly cancel: (() => void) | null;
};

function createStoreForm(props: FormProps) {
  const [body, setBody] = createSignal<StoreBody>({
    v: 1,
    name: props.store?.name ?? "",
    address: props.store?.address ?? "",
    phone: props.store?.phone ?? "",
    zone: props.store?.zone ?? props.shop.timeZone,
    cutMinute: props.store?.cutMinute ?? usualCutMinute,
    taxMode: props.store?.taxMode ?? "included",
    displayLanguage: props.store?.displayLanguage ?? props.office.language(),
  });
  const [trouble, setTrouble] = createSignal<Trouble | null>(null);
  const once = createOnce();
  const sent = async (): Promise<void> => {
    const { v, name, address, phone, displayLanguage } = body();
    const answer =
      props.store === null
        ? await setupClient.addStore(body())
        : await setupClient.changeStore(props.store.id, { v, name, address, phone, displayLanguage });
    setTrouble(answer.ok ? null : answer.refusal);
    if (answer.ok) props.over();
  };
  return {
    body,
    set: (change: Partial<StoreBody>) => setBody({ ...body(), ...change }),
    trouble,
    save: () => once.run(sent),
    isReady: () => !once.isSending() && body().name.trim() !== "",
  };
}

function StoreForm(props: FormProps) {
  const words = () => setupWords(props.office.language());
  const { body, set, trouble, save, isReady } = createStoreForm(props);
  return (
    <form
      class="setup-form"
      data-testid="store-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Changeable {...props} body={body()} set={set} />
      <Show when={props.store === null}>
        <ForEver {...props} body={body()} set={set} />
      </Show>
      <Failed told={trouble() === null ? null : trouble() === "taken" ? words().store.nameTaken : words().failed} />
      <div class="buttons">
        <button class="go" data-testid="store-save" disabled={!isReady()}>
          {words().save}
        </button>
        <Show when={props.cancel}>
          {(cancel) => (
            <button type="button" class="plain" onClick={() => cancel()()}>
              {words().cancel}
            </button>
          )}
        </Show>
      </div>
    </form>
  );
}

type FieldsProps = FormProps & { readonly body: StoreBody; readonly set: (change: Partial<StoreBody>) => void };

/** What may be corrected later, too. */
function Changeable(props: FieldsProps) {
  const words = () => setupWords(props.office.language()).store;
  return (
    <>
      <TextField
        title={words().name}
        hint={words().nameHint}
        value={props.body.name}
        max={nameLengthMax}
        isNeeded
        testId="store-name"
        set={(name) => props.set({ name })}
      />
      <TextField
        title={words().address}
        hint={words().optional}
        value={props.body.address}
        max={addressLengthMax}
        testId="store-address"
        set={(address) => props.set({ address })}
      />
      <TextField
        title={words().phone}
        hint={words().optional}
        value={props.body.phone}
        max={phoneLengthMax}
        testId="store-phone"
        set={(phone) => props.set({ phone })}
      />
      <label class="field">
        {words().display}
        <select
          data-testid="store-language"
          onChange={(event) => props.set({ displayLanguage: event.currentTarget.value as Language })}
        >
          <For each={Object.keys(officeLanguages) as Language[]}>
            {(each) => (
              <option value={each} selected={each === props.body.displayLanguage}>
                {officeLanguages[each].languageName}
              </option>
            )}
          </For>
        </select>
      </label>
    </>
  );
}

/** What stands for ever once the store is there. */
function ForEver(props: FieldsProps) {
  const words = () => setupWords(props.office.language()).store;
  return (
    <fieldset class="setup-ever">
      <label class="field">
        {words().zone}
        <select data-testid="store-zone" onChange={(event) => props.set({ zone: event.currentTarget.value })}>
          <For each={[...new Set([props.shop.timeZone, ...Intl.supportedValuesOf("timeZone")])]}>
            {(zone) => (
              <option value={zone} selected={zone === props.body.zone}>
                {zone}
              </option>
            )}
          </For>
        </select>
      </label>
      <label class="field">
        {words().cut}
        <select
          class="num"
          data-testid="store-cut"
          onChange={(event) => props.set({ cutMinute: Number(event.currentTarget.value) })}
        >
          <For each={cutHours}>
            {(hour) => (
              <option value={hour * 60} selected={hour * 60 === props.body.cutMinute}>
                {clockOf(hour * 60)}
              </option>
            )}
          </For>
        </select>
        <small>{words().cutHint}</small>
      </label>
      <label class="field">
        {words().tax}
        <select
          data-testid="store-tax"
          onChange={(event) => props.set({ taxMode: event.currentTarget.value as StoreBody["taxMode"] })}
        >
          <option value="included">{words().taxMode.included}</option>
          <option value="added" selected={props.body.taxMode === "added"}>
            {words().taxMode.added}
          </option>
        </select>
      </label>
      <p class="soft">{words().forEver}</p>
    </fieldset>
  );
}
