import { For, Show } from "solid-js";
import type { WebhookEndpoint } from "../../contract/webhooks.ts";
import { outsideWords } from "../../i18n/outside-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { LiveFrame } from "../books/LiveFrame.tsx";
import type { Live } from "../live.ts";
import type { Office } from "../office.ts";
import { Tabs } from "../people/Tabs.tsx";
import { Empty } from "../states.tsx";
import { NewEndpointPanel } from "./NewEndpointPanel.tsx";
import type { Endpoints } from "./outside-client.ts";
import { TotalFoot } from "../TotalFoot.tsx";
import { storesText } from "./outside-parts.tsx";
import { newEndpoint } from "./webhook-place.ts";

/** Every address that is told, what of, and whether it hears it. */
export function EndpointsPage(props: { readonly office: Office; readonly live: Live<Endpoints> }) {
  const { office } = props;
  const words = () => outsideWords(office.language()).hooks;
  const isNew = (): boolean => office.place().opened === newEndpoint;
  return (
    <>
      <header>
        <div>
          <Tabs office={office} of={["api", "webhooks"]} />
          <p class="soft">{words().note}</p>
        </div>
        <button class="go small" data-testid="hook-add" onClick={() => office.open("webhooks", newEndpoint)}>
          {words().add}
        </button>
      </header>
      <div class="split" classList={{ open: isNew() }}>
        <section class="list">
          <LiveFrame office={office} live={props.live}>
            {(told) => (
              <div class="scroll">
                <Show when={told().endpoints.length > 0} fallback={<Empty told={words().empty} />}>
                  <EndpointsTable office={office} endpoints={told().endpoints} />
                </Show>
              </div>
            )}
          </LiveFrame>
        </section>
        <Show when={isNew()}>
          <NewEndpointPanel office={office} refresh={() => void props.live.refresh()} />
        </Show>
      </div>
    </>
  );
}

function EndpointsTable(props: { readonly office: Office; readonly endpoints: readonly WebhookEndpoint[] }) {
  const { office } = props;
  const words = () => outsideWords(office.language());
  return (
    <table class="outside-table">
      <thead>
        <tr>
          <th>{words().name}</th>
          <th class="wide">{words().hooks.events}</th>
          <Show when={office.stores().length > 1}>
            <th class="wider">{words().whichStores}</th>
          </Show>
          <th>{words().hooks.column.state}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.endpoints}>
          {(endpoint) => (
            <tr data-testid="hook-row" onClick={() => office.open("webhooks", endpoint.id)}>
              <td>
                <button class="opener" onClick={() => office.open("webhooks", endpoint.id)}>
                  <span class="named">
                    <b>{endpoint.name}</b>
                    <small>{endpoint.url}</small>
                  </span>
                </button>
              </td>
              <td class="wide">{office.formats().list(endpoint.events.map((type) => words().hooks.event[type]))}</td>
              <Show when={office.stores().length > 1}>
                <td class="soft wider">{storesText(office, endpoint.stores)}</td>
              </Show>
              <td>
                <EndpointState office={office} endpoint={endpoint} />
              </td>
            </tr>
          )}
        </For>
      </tbody>
      <TotalFoot told={words().hooks.total(props.endpoints.length)} />
    </table>
  );
}

/** Red only where something never arrived. */
export function EndpointState(props: { readonly office: Office; readonly endpoint: WebhookEndpoint }) {
  const words = () => outsideWords(props.office.language()).hooks;
  return (
    <Show when={props.endpoint.active} fallback={<span class="state over">{words().paused}</span>}>
      <Show
        when={props.endpoint.failed === 0}
        fallback={
          <span class="state danger num">
            <Icon name="warning" /> {words().undelivered(props.endpoint.failed)}
          </span>
        }
      >
        <Show
          when={props.endpoint.pending === 0}
          fallback={
            <span class="state waiting num">
              <Icon name="wait" /> {words().waits(props.endpoint.pending)}
            </span>
          }
        >
          <Show when={props.endpoint.hasDelivered} fallback={<span class="state over">{words().noneYet}</span>}>
            <span class="state received calm">
              <Icon name="check" /> {words().calm}
            </span>
          </Show>
        </Show>
      </Show>
    </Show>
  );
}
