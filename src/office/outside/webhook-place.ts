import type { WebhookDelivery } from "../../contract/webhooks.ts";
import type { Office } from "../office.ts";

/** What is opened of the webhooks: an endpoint, and in it a delivery (`store/event`) or its settings. */
export type WebhookPlace = {
  readonly endpoint: string | null;
  readonly delivery: string | null;
  readonly isSettings: boolean;
};
/** A delivery as a row of its endpoint's list. */
export type DeliveryRow = WebhookDelivery & { readonly id: string };
export const newEndpoint = "new";
const settings = "settings";
const item = "/item/";

/** Where one is, by the address. */
export function webhookPlace(office: Pick<Office, "place">): WebhookPlace {
  const [endpoint = "", rest] = (office.place().opened ?? "").split(item, 2);
  return {
    endpoint: endpoint === "" ? null : endpoint,
    delivery: rest === undefined || rest === settings ? null : decodeURIComponent(rest),
    isSettings: rest === settings,
  };
}

/** Opens an endpoint's settings. */
export function openSettings(office: Office, endpoint: string): void {
  office.open("webhooks", `${endpoint}${item}${settings}`);
}

/** Opens one delivery of an endpoint's list. */
export function openDelivery(office: Office, of: Pick<WebhookDelivery, "endpoint" | "store" | "event">): void {
  office.open("webhooks", `${of.endpoint}${item}${encodeURIComponent(deliveryId(of))}`);
}

/** A delivery's name within its endpoint. */
export function deliveryId({ store, event }: Pick<WebhookDelivery, "store" | "event">): string {
  return `${store}/${event}`;
}
