import { apiKeyMade, apiKeysShown, type ApiKeyBody, type ApiKeysShown } from "../../contract/api.ts";
import {
  webhookDeliveries,
  webhookEndpoints,
  webhookMade,
  type DeliveriesFilter,
  type WebhookBody,
  type WebhookDeliveries,
  type WebhookDelivery,
  type WebhookEndpoint,
} from "../../contract/webhooks.ts";
import { call, type Answer } from "../office-client.ts";

export type Endpoints = { readonly endpoints: WebhookEndpoint[] };
type Made = { readonly id: string; readonly secret: string };

const one = (id: string): string => `webhooks/${encodeURIComponent(id)}`;

/** The office's way to keys of the open API and to webhooks. */
export const outsideClient = {
  keys: (): Answer<ApiKeysShown> => call("GET", "api-keys", apiKeysShown),
  makeKey: (key: Omit<ApiKeyBody, "v">): Answer<{ readonly id: string; readonly key: string }> =>
    call("POST", "api-keys", apiKeyMade, { v: 1, ...key }),
  revokeKey: (id: string): Answer<ApiKeysShown> => call("DELETE", `api-keys/${encodeURIComponent(id)}`, apiKeysShown),

  endpoints: (): Answer<Endpoints> => call("GET", "webhooks", webhookEndpoints),
  addEndpoint: (body: Omit<WebhookBody, "v"> & { readonly id: string }): Answer<Made> =>
    call("POST", "webhooks", webhookMade, { v: 1, ...body }),
  changeEndpoint: (id: string, body: Omit<WebhookBody, "v">): Answer<Endpoints> =>
    call("PUT", one(id), webhookEndpoints, { v: 1, ...body }),
  removeEndpoint: (id: string): Answer<Endpoints> => call("DELETE", one(id), webhookEndpoints),
  rotateSecret: (id: string): Answer<Made> => call("POST", `${one(id)}/secrets`, webhookMade),

  deliveries: (filter: DeliveriesFilter): Answer<WebhookDeliveries> => {
    const given = Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return call("GET", `webhooks/deliveries?${new URLSearchParams(given)}`, webhookDeliveries);
  },
  resend: ({ store, event, endpoint }: Pick<WebhookDelivery, "store" | "event" | "endpoint">) =>
    call("POST", "webhooks/resends", webhookDeliveries, { v: 1, store, event, endpoint }),
};

/** Where the description of the open API is. */
export const descriptionAddress = "/api/v1/openapi.json";
