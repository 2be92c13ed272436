/** A jsonb column: what was put in comes out; whoever reads it knows its shape. */
type Json = unknown;

export type ApiKeyRow = {
  id: string;
  hash: Uint8Array;
  name: string;
  scopes: Json;
  stores: Json | null;
  made_by: string;
  made_at: number;
  expires_at: number;
  used_at: number | null;
  revoked_at: number | null;
};
export type WebhookEndpointRow = {
  id: string;
  url: string;
  name: string;
  events: Json;
  stores: Json | null;
  secrets: Json;
  active: boolean;
  made_by: string;
  made_at: number;
};
export type WebhookEventRow = { store: string; id: string; type: string; subject: string; body: string; at: number };
export type WebhookDeliveryRow = {
  store: string;
  event: string;
  endpoint: string;
  state: "pending" | "delivered" | "failed";
  tries: number;
  last_at: number | null;
  last_status: number | null;
  last_trouble: string | null;
  next_at: number | null;
};
