import * as z from "zod/mini";
import { instantField, requestIdField } from "./fields.ts";

/** What other programs can be told of (`books.md`, trust.md): ids and amounts, no personal data. */
export const webhookTypes = [
  "sale.completed",
  "payment.captured",
  "refund.succeeded",
  "break.found",
  "day.closed",
] as const;
export type WebhookType = (typeof webhookTypes)[number];

const typeField = z.enum(webhookTypes);
export const urlLengthMax = 400;
/** How long an old secret signs beside a new one. */
export const rotationHours = 24;

/** PUT /v1/office/webhooks/{id}: an endpoint. Its secret is shown once, in the answer that makes it. */
export const webhookBody = z.object({
  v: z.literal(1),
  name: z.string().check(z.minLength(1), z.maxLength(60)),
  url: z.string().check(z.minLength(1), z.maxLength(urlLengthMax)),
  events: z.array(typeField).check(z.minLength(1), z.maxLength(webhookTypes.length)),
  /** Null: every store. */
  stores: z.nullable(z.array(z.string().check(z.maxLength(64))).check(z.maxLength(1000))),
  active: z.boolean(),
});
export type WebhookBody = z.infer<typeof webhookBody>;

/** POST /v1/office/webhooks: one more. */
export const webhookAdd = z.object({ ...webhookBody.shape, id: requestIdField });

export const webhookEndpoint = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  events: z.array(typeField),
  stores: z.nullable(z.array(z.string())),
  active: z.boolean(),
  madeAt: instantField,
  /** Until when the secret before signs beside the one in force; null when one signs alone. */
  oldSecretUntil: z.nullable(instantField),
  pending: z.number(),
  failed: z.number(),
  /** Whether anything has ever reached it. */
  hasDelivered: z.boolean(),
});
export type WebhookEndpoint = z.infer<typeof webhookEndpoint>;
export const webhookEndpoints = z.object({ endpoints: z.array(webhookEndpoint) });
/** The answer that makes an endpoint or another secret: shown this once. */
export const webhookMade = z.object({ id: z.string(), secret: z.string() });

export const deliveryStates = ["pending", "delivered", "failed"] as const;
export type DeliveryState = (typeof deliveryStates)[number];
export const deliveriesPageMax = 100;

/** GET /v1/office/webhooks/deliveries, all optional: an endpoint's, in one state, from the cursor `before` of the page before on. */
export const deliveriesFilter = z.object({
  endpoint: z.optional(z.string().check(z.maxLength(64))),
  state: z.optional(z.enum(deliveryStates)),
  before: z.optional(z.string().check(z.maxLength(400))),
});
export type DeliveriesFilter = z.infer<typeof deliveriesFilter>;
/** Why there was no answer: what the way out met, or that nobody asks any more. */
export const deliveryTroubles = ["unresolved", "privateAddress", "timeout", "network", "inactive"] as const;
export type DeliveryTrouble = (typeof deliveryTroubles)[number];

export const webhookDelivery = z.object({
  store: z.string(),
  event: z.string(),
  endpoint: z.string(),
  type: typeField,
  subject: z.string(),
  at: instantField,
  state: z.enum(deliveryStates),
  tries: z.number(),
  lastAt: z.nullable(instantField),
  lastStatus: z.nullable(z.number()),
  lastTrouble: z.nullable(z.enum(deliveryTroubles)),
  nextAt: z.nullable(instantField),
  body: z.string(),
});
export type WebhookDelivery = z.infer<typeof webhookDelivery>;
/** The newest first; `count` is of the whole filter. */
export const webhookDeliveries = z.object({
  deliveries: z.array(webhookDelivery),
  next: z.nullable(z.string()),
  count: z.number(),
});
export type WebhookDeliveries = z.infer<typeof webhookDeliveries>;

/** POST /v1/office/webhooks/resends: sends one again, now. */
export const resendBody = z.object({
  v: z.literal(1),
  store: z.string().check(z.maxLength(64)),
  event: z.string().check(z.maxLength(200)),
  endpoint: z.string().check(z.maxLength(64)),
});
