import { createSignal, Show } from "solid-js";
import { deliveryStates, type DeliveryState, type WebhookEndpoint } from "../../contract/webhooks.ts";
import { outsideWords } from "../../i18n/outside-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { Chooser } from "../books/Chooser.tsx";
import { ListFrame } from "../ListFrame.tsx";
import { createLiveList } from "../live-list.ts";
import { refreshMs, type Office } from "../office.ts";
import { DeliveriesTable } from "./DeliveriesTable.tsx";
import { DeliveryPanel } from "./DeliveryPanel.tsx";
import { EndpointSettings } from "./EndpointSettings.tsx";
import { EndpointState } from "./EndpointsPage.tsx";
import { outsideClient } from "./outside-client.ts";
import { deliveryId, openSettings, webhookPlace, type DeliveryRow } from "./webhook-place.ts";

type Props = { readonly office: Office; readonly endpoint: WebhookEndpoint; readonly refresh: () => void };

/** What was sent to one address, what came of it, and the way to send it again. */
export function DeliveriesPage(props: Props) {
  const { office } = props;
  const words = () => outsideWords(office.language());
  const [state, setState] = createSignal<DeliveryState | undefined>();
  const [scrolled, setScrolled] = createSignal(0);
  const place = () => webhookPlace(office);
  const list = createLiveList<string, DeliveryRow, { readonly count: number }>(
    {
      filter: () => state() ?? "",
      isHeld: () => place().delivery !== null || scrolled() > 0,
      async load(_filter, before) {
        const { id: endpoint } = props.endpoint;
        const answer = await outsideClient.deliveries({ endpoint, state: state(), before: before ?? undefined });
        if (!answer.ok) return answer;
        const { deliveries, next, count } = answer.value;
        const rows = deliveries.map((each) => ({ ...each, id: deliveryId(each) }));
        return { ok: true, value: { rows, next, totals: { count } } };
      },
    },
    office.browser.clock,
    refreshMs,
  );
  const opened = () => list.rows()?.find(({ id }) => id === place().delivery);
  return (
    <>
      <DeliveriesHead {...props} state={state()} choose={setState} />
      <div class="split" classList={{ open: place().isSettings || opened() !== undefined }}>
        <ListFrame isUnsearched office={office} list={list} empty={words().deliveries.empty} onScroll={setScrolled}>
          <DeliveriesTable office={office} rows={list.rows() ?? []} count={list.totals()?.count ?? 0} />
        </ListFrame>
        <Show when={place().isSettings}>
          <EndpointSettings {...props} />
        </Show>
        <Show when={opened()}>
          {(delivery) => (
            <Show when={delivery().id} keyed>
              <DeliveryPanel
                office={office}
                delivery={delivery()}
                isActive={props.endpoint.active}
                refresh={() => {
                  void list.refresh();
                  props.refresh();
                }}
              />
            </Show>
          )}
        </Show>
      </div>
    </>
  );
}

function DeliveriesHead(
  props: Props & {
    readonly state: DeliveryState | undefined;
    readonly choose: (state: DeliveryState | undefined) => void;
  },
) {
  const { office } = props;
  const words = () => outsideWords(office.language());
  return (
    <header>
      <div class="endpoint-title">
        <h2>{props.endpoint.name}</h2>
        <p class="soft">
          <EndpointState office={office} endpoint={props.endpoint} />
          <span>{props.endpoint.url}</span>
        </p>
      </div>
      <div class="filters">
        <a class="plain to" href="#webhooks" data-testid="hooks-back">
          <Icon name="back" />
          {words().hooks.back}
        </a>
        <Chooser
          title={words().deliveries.column.state}
          all={words().deliveries.all}
          value={props.state}
          choices={deliveryStates.map((value) => ({ value, name: words().deliveries.state[value] }))}
          testId="deliveries-state"
          choose={(value) => props.choose(value as DeliveryState | undefined)}
        />
        <button class="plain" data-testid="hook-settings-open" onClick={() => openSettings(office, props.endpoint.id)}>
          {words().hooks.settings}
        </button>
      </div>
    </header>
  );
}
