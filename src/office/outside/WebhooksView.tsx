import { Show } from "solid-js";
import { createLive, type Live } from "../live.ts";
import { refreshMs, type Office } from "../office.ts";
import { DeliveriesPage } from "./DeliveriesPage.tsx";
import { EndpointsPage } from "./EndpointsPage.tsx";
import { outsideClient, type Endpoints } from "./outside-client.ts";
import { webhookPlace } from "./webhook-place.ts";

/** Who is told what happens: every address, or one of them with all that was sent there. */
export function WebhooksView(props: { readonly office: Office }) {
  const { office } = props;
  const live: Live<Endpoints> = createLive<string, Endpoints>(
    () => "webhooks",
    outsideClient.endpoints,
    office.browser.clock,
    refreshMs,
  );
  const endpoint = () => live.value()?.endpoints.find(({ id }) => id === webhookPlace(office).endpoint);
  return (
    <Show when={endpoint()} fallback={<EndpointsPage office={office} live={live} />}>
      {(one) => (
        <Show when={one().id} keyed>
          <DeliveriesPage office={office} endpoint={one()} refresh={() => void live.refresh()} />
        </Show>
      )}
    </Show>
  );
}
