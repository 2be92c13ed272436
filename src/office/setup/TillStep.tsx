import { createSignal, For, Show } from "solid-js";
import type { StoreId } from "../../domain/identifier.ts";
import { setupWords } from "../../i18n/setup-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import type { Trouble } from "../office-client.ts";
import { createOnce } from "../send-once.ts";
import { Failed } from "./Failed.tsx";
import { setupClient } from "./setup-client.ts";
import type { StepProps } from "./setup-parts.ts";
import { TextField } from "./TextField.tsx";

const labelLengthMax = 8;

/** The tills that are there, each with the way to its activation code, and the form for one more. */
export function TillStep(props: StepProps) {
  const words = () => setupWords(props.office.language());
  const nameOf = (store: StoreId): string => props.shop.stores.find(({ id }) => id === store)?.name ?? store;
  return (
    <>
      <ul class="setup-rows">
        <For each={props.shop.tills}>
          {(till) => (
            <li data-testid="setup-till">
              <span class="setup-what">
                <b>{till.label}</b>
                <small>{nameOf(till.store)}</small>
              </span>
              <span class="state" classList={{ received: till.isActivated, waiting: !till.isActivated }}>
                <Icon name={till.isActivated ? "check" : "wait"} />
                {till.isActivated ? words().till.active : words().till.inactive}
              </span>
              <a class="plain to" href={`#tills/${till.id}`} data-testid={`setup-code-${till.label}`}>
                {words().till.code}
              </a>
            </li>
          )}
        </For>
      </ul>
      <TillForm {...props} />
    </>
  );
}

function TillForm(props: StepProps) {
  const words = () => setupWords(props.office.language());
  const [chosen, setChosen] = createSignal<StoreId | null>(null);
  const store = () => chosen() ?? props.shop.stores[0]?.id ?? null;
  const [typed, setTyped] = createSignal<string | null>(null);
  const label = () => typed() ?? nextLabel(props.shop.tills.map((till) => till.label));
  const [trouble, setTrouble] = createSignal<Trouble | null>(null);
  const once = createOnce();
  const save = async (): Promise<void> => {
    const into = store();
    if (into === null) return;
    const answer = await setupClient.addTill(into, label().trim());
    setTrouble(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    setTyped(null);
    props.refresh();
  };
  return (
    <form
      class="setup-form"
      onSubmit={(event) => {
        event.preventDefault();
        void once.run(save);
      }}
    >
      <Show when={props.shop.stores.length > 1}>
        <label class="field">
          {words().till.store}
          <select data-testid="till-store" onChange={(event) => setChosen(event.currentTarget.value as StoreId)}>
            <For each={props.shop.stores}>
              {({ id, name }) => (
                <option value={id} selected={id === store()}>
                  {name}
                </option>
              )}
            </For>
          </select>
        </label>
      </Show>
      <TextField
        title={words().till.label}
        hint={words().till.labelHint}
        value={label()}
        max={labelLengthMax}
        isNeeded
        testId="till-label"
        set={setTyped}
      />
      <Failed told={trouble() === null ? null : trouble() === "taken" ? words().till.labelTaken : words().failed} />
      <div class="buttons">
        <button class="go" data-testid="till-save" disabled={once.isSending() || !isLabel(label())}>
          {words().till.add}
        </button>
      </div>
    </form>
  );
}

/** A1, or what follows the last one that ends in a number. */
function nextLabel(labels: readonly string[]): string {
  const last = labels.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1) ?? "A0";
  const [, before = "", number = ""] = /^(.*?)(\d+)$/.exec(last) ?? [];
  return number === "" ? "" : `${before}${Number(number) + 1}`;
}

function isLabel(text: string): boolean {
  return /^[A-Za-z0-9-]{1,8}$/.test(text.trim());
}
