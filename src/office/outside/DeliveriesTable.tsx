import { For, Match, Show, Switch } from "solid-js";
import type { WebhookDelivery } from "../../contract/webhooks.ts";
import { outsideWords } from "../../i18n/outside-words.ts";
import { Icon } from "../../ui/parts/icons.tsx";
import { OpeningRow } from "../ListFrame.tsx";
import type { Office } from "../office.ts";
import { TotalFoot } from "../TotalFoot.tsx";
import { openDelivery, webhookPlace, type DeliveryRow } from "./webhook-place.ts";

/** Deliveries, the newest first: what happened, whether it arrived, what was answered. */
export function DeliveriesTable(props: {
  readonly office: Office;
  readonly rows: readonly DeliveryRow[];
  readonly count: number;
}) {
  const { office } = props;
  const words = () => outsideWords(office.language());
  const column = () => words().deliveries.column;
  return (
    <table class="deliveries">
      <thead>
        <tr>
          <th>{column().time}</th>
          <th>{column().event}</th>
          <Show when={office.stores().length > 1}>
            <th class="wider">{words().whichStores}</th>
          </Show>
          <th>{column().state}</th>
          <th class="r wide">{column().tries}</th>
          <th class="wide">{column().answer}</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.rows}>
          {(row) => (
            <OpeningRow
              testId="delivery-row"
              time={office.formats().dateTime(row.at, office.zoneOf(row.store)).slice(5, 16)}
              label={words().hooks.event[row.type]}
              isOpened={webhookPlace(office).delivery === row.id}
              open={() => openDelivery(office, row)}
            >
              <td class="strong">{words().hooks.event[row.type]}</td>
              <Show when={office.stores().length > 1}>
                <td class="soft wider">{office.storeName(row.store)}</td>
              </Show>
              <td>
                <DeliveryStand office={office} delivery={row} />
              </td>
              <td class="r num wide">{row.tries}</td>
              <td class="soft wide num">{answerText(office, row)}</td>
            </OpeningRow>
          )}
        </For>
      </tbody>
      <TotalFoot told={words().deliveries.total(props.count)} />
    </table>
  );
}

/** Arrived, on its way, to be tried again at a time, or given up. */
export function DeliveryStand(props: { readonly office: Office; readonly delivery: WebhookDelivery }) {
  const words = () => outsideWords(props.office.language()).deliveries;
  const again = (): string =>
    words().again(
      props.office
        .formats()
        .time(props.delivery.nextAt ?? props.delivery.at, props.office.zoneOf(props.delivery.store)),
    );
  return (
    <Switch>
      <Match when={props.delivery.state === "delivered"}>
        <span class="state received calm">
          <Icon name="check" /> {words().state.delivered}
        </span>
      </Match>
      <Match when={props.delivery.state === "failed"}>
        <span class="state danger">
          <Icon name="warning" /> {words().state.failed}
        </span>
      </Match>
      <Match when={props.delivery.tries > 0}>
        <span class="state doubt num">
          <Icon name="wait" /> {again()}
        </span>
      </Match>
      <Match when={true}>
        <span class="state waiting">
          <Icon name="wait" /> {words().state.pending}
        </span>
      </Match>
    </Switch>
  );
}

/** What came back at the last try, or why nothing did. */
export function answerText(office: Office, { lastStatus, lastTrouble }: WebhookDelivery): string {
  const words = outsideWords(office.language()).deliveries;
  if (lastTrouble !== null) return words.trouble[lastTrouble];
  return lastStatus === null ? office.words().never : words.answered(lastStatus);
}
