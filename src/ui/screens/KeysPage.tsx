import { createEffect, createMemo, createSignal, For, on, Show, type JSX } from "solid-js";
import { loadKeysWords, type KeysWords } from "../../i18n/areas/keys-words.ts";
import { useAreaWords } from "../area-words.ts";
import { isFreeKey, keyName, keyTable, keysOf, mayChange, takenBy, type Action, type KeyRow } from "../keys.ts";
import { Icon } from "../parts/icons.tsx";
import { useTill } from "../till.ts";
import { writtenKey } from "./Key.tsx";
import { Overlay } from "./Overlay.tsx";

const groups: readonly { readonly name: keyof KeysWords["groups"]; readonly actions: readonly Action[] }[] = [
  { name: "sell", actions: ["search", "lineMore", "lineLess", "lineRemove", "lineOpen", "count", "discount"] },
  { name: "pay", actions: ["pay", "cash", "showWechat", "showAlipay", "next", "printCopy"] },
  { name: "ticket", actions: ["hold", "held", "returnGoods", "ticket"] },
  { name: "till", actions: ["shift", "drawer", "back", "help"] },
];

type Told = { readonly text: string; readonly isRefusal: boolean };

/** Every action with its key and its gesture; another key is given by pressing it. */
export function KeysPage(): JSX.Element {
  const words = useAreaWords(loadKeysWords);
  return <Show when={words()}>{(spoken) => <Page words={spoken()} />}</Show>;
}

function Page(props: { readonly words: KeysWords }): JSX.Element {
  const { shell, ask, state } = useTill();
  // somebody scans: what it sold is looked at, not the keys
  const ticket = createMemo(() => state().sale);
  createEffect(on(ticket, () => ask(null), { defer: true }));
  const [waits, setWaits] = createSignal<Action | null>(null);
  const [told, setTold] = createSignal<Told | null>(null);
  const give = (action: Action, key: string): void => {
    const [taken, name] = [takenBy(key, action, shell.ownKeys()), writtenKey(key)];
    if (!isFreeKey(key)) return void setTold({ text: props.words.notFree(name), isRefusal: true });
    if (taken !== null)
      return void setTold({ text: props.words.taken(name, props.words.action[taken]), isRefusal: true });
    shell.setOwnKeys({ ...shell.ownKeys(), [action]: key });
    setTold({ text: props.words.changed(props.words.action[action], name), isRefusal: false });
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const action = waits();
    const key = keyName(event);
    if (action === null || key === null) return action !== null;
    setWaits(null);
    // Esc leaves the key as it was, Tab goes on; neither closes the page
    if (key !== "Escape" && key !== "Tab") give(action, key);
    return key !== "Tab";
  };
  const reset = (): void => {
    shell.setOwnKeys({});
    setWaits(null);
    setTold(null);
  };
  return (
    <Overlay class="keyspage" testId="keys-page" label={props.words.title} close={() => ask(null)} onKey={onKey}>
      <header>
        <h1>{props.words.title}</h1>
        <p classList={{ refusal: told()?.isRefusal === true }} role="status" data-testid="keys-told">
          {told()?.text ?? props.words.text}
        </p>
        <button type="button" class="quiet" data-testid="keys-reset" onClick={reset}>
          {props.words.reset}
        </button>
        <button type="button" class="quiet" data-testid="keys-close" autofocus onClick={() => ask(null)}>
          <Icon name="close" /> {props.words.close}
        </button>
      </header>
      <Groups
        words={props.words}
        waits={waits()}
        change={(action) => {
          setTold(null);
          setWaits(waits() === action ? null : action);
        }}
      />
    </Overlay>
  );
}

function Groups(props: {
  readonly words: KeysWords;
  readonly waits: Action | null;
  readonly change: (action: Action) => void;
}): JSX.Element {
  return (
    <div class="keygroups">
      <For each={groups}>
        {(group) => (
          <section>
            <h2>{props.words.groups[group.name]}</h2>
            <ul>
              <For each={keyTable.filter((row) => group.actions.includes(row.action))}>
                {(row) => (
                  <Row
                    words={props.words}
                    row={row}
                    isWaiting={props.waits === row.action}
                    change={() => props.change(row.action)}
                  />
                )}
              </For>
            </ul>
          </section>
        )}
      </For>
    </div>
  );
}

function Row(props: {
  readonly words: KeysWords;
  readonly row: KeyRow;
  readonly isWaiting: boolean;
  readonly change: () => void;
}): JSX.Element {
  const { shell } = useTill();
  const keys = (): readonly string[] => keysOf(props.row, shell.ownKeys()).map(writtenKey);
  const name = (): string => props.words.action[props.row.action];
  return (
    <li data-testid={`key-row-${props.row.action}`}>
      <span>
        <b>{name()}</b>
        <Show when={props.row.gesture !== "press"}>
          <small>{props.words.gesture[props.row.gesture]}</small>
        </Show>
      </span>
      <Show
        when={mayChange(props.row)}
        fallback={
          <span class="fixedkey">
            <For each={keys()} fallback={<small>{props.words.fingerOnly}</small>}>
              {(key) => <kbd>{key}</kbd>}
            </For>
          </span>
        }
      >
        <button
          type="button"
          data-testid={`change-${props.row.action}`}
          classList={{ on: props.isWaiting }}
          aria-pressed={props.isWaiting}
          aria-label={props.isWaiting ? props.words.waiting : props.words.change(name(), keys().join(", "))}
          onClick={() => props.change()}
        >
          <Show when={!props.isWaiting} fallback={props.words.waiting}>
            <For each={keys()}>{(key) => <kbd>{key}</kbd>}</For>
          </Show>
        </button>
      </Show>
    </li>
  );
}
