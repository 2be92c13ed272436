import { For, Show } from "solid-js";
import type { ApiKeysShown } from "../../contract/api.ts";
import { outsideWords } from "../../i18n/outside-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { LiveFrame } from "../books/LiveFrame.tsx";
import { createLive } from "../live.ts";
import { refreshMs, type Office } from "../office.ts";
import { Tabs } from "../people/Tabs.tsx";
import { Empty } from "../states.tsx";
import { KeyPanel } from "./KeyPanel.tsx";
import { KeyState, standOf, type ShownKey } from "./key-state.tsx";
import { NewKeyPanel } from "./NewKeyPanel.tsx";
import { descriptionAddress, outsideClient } from "./outside-client.ts";
import { momentText, storesText } from "./outside-parts.tsx";
import { TotalFoot } from "../TotalFoot.tsx";

/** Opened for a key that is not there yet. */
const newKey = "new";

/** Keys that other programs read with: what each may, until when, when it was last used. */
export function ApiKeysView(props: { readonly office: Office }) {
  const { office } = props;
  const words = () => outsideWords(office.language()).keys;
  const live = createLive<string, ApiKeysShown>(() => "keys", outsideClient.keys, office.browser.clock, refreshMs);
  const opened = () => live.value()?.keys.find(({ id }) => id === office.place().opened);
  const isNew = (): boolean => office.place().opened === newKey;
  return (
    <>
      <header>
        <div>
          <Tabs office={office} of={["api", "webhooks"]} />
          <p class="soft">{words().note}</p>
        </div>
        <div class="filters">
          <a class="plain to" href={descriptionAddress} target="_blank" rel="noopener" data-testid="api-description">
            <Icon name="book" />
            {words().description}
          </a>
          <button class="go small" data-testid="key-make" onClick={() => office.open("api", newKey)}>
            {words().make}
          </button>
        </div>
      </header>
      <div class="split" classList={{ open: isNew() || opened() !== undefined }}>
        <section class="list">
          <LiveFrame office={office} live={live}>
            {(told) => (
              <div class="scroll">
                <Show when={told().keys.length > 0} fallback={<Empty told={words().empty} />}>
                  <KeysTable office={office} keys={told().keys} />
                </Show>
              </div>
            )}
          </LiveFrame>
        </section>
        <Show when={isNew()}>
          <NewKeyPanel office={office} refresh={() => void live.refresh()} />
        </Show>
        <Show when={opened()}>
          {(key) => (
            <Show when={key().id} keyed>
              <KeyPanel office={office} shown={key()} refresh={() => void live.refresh()} />
            </Show>
          )}
        </Show>
      </div>
    </>
  );
}

function KeysTable(props: { readonly office: Office; readonly keys: readonly ShownKey[] }) {
  const { office } = props;
  const words = () => outsideWords(office.language());
  const isUsable = (key: ShownKey): boolean => ["inForce", "soon"].includes(standOf(key, office.browser.clock.now()));
  return (
    <table class="outside-table">
      <thead>
        <tr>
          <th>{words().name}</th>
          <th class="wide">{words().keys.column.scopes}</th>
          <Show when={office.stores().length > 1}>
            <th class="wider">{words().whichStores}</th>
          </Show>
          <th class="wide">{words().keys.column.used}</th>
          <th>{words().keys.column.expires}</th>
          <th>{words().keys.column.state}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.keys}>
          {(key) => (
            <tr
              data-testid="key-row"
              classList={{ opened: office.place().opened === key.id, over: !isUsable(key) }}
              onClick={() => office.open("api", key.id)}
            >
              <NameCell office={office} of={key} />
              <td class="wide">{office.formats().list(key.scopes.map((scope) => words().keys.scope[scope]))}</td>
              <Show when={office.stores().length > 1}>
                <td class="soft wider">{storesText(office, key.stores)}</td>
              </Show>
              <td class="num soft wide">
                {key.usedAt === null ? office.words().never : momentText(office, key.usedAt)}
              </td>
              <td class="num soft">{momentText(office, key.expiresAt).slice(0, 10)}</td>
              <td>
                <KeyState office={office} of={key} />
              </td>
            </tr>
          )}
        </For>
      </tbody>
      <TotalFoot told={words().keys.total(props.keys.length, props.keys.filter(isUsable).length)} />
    </table>
  );
}

function NameCell(props: { readonly office: Office; readonly of: ShownKey }) {
  const open = (): void => props.office.open("api", props.of.id);
  return (
    <td>
      <button class="opener" aria-expanded={props.office.place().opened === props.of.id} onClick={open}>
        <span class="named">
          <b>{props.of.name}</b>
          <small class="num">kt_{props.of.id}…</small>
        </span>
      </button>
    </td>
  );
}
