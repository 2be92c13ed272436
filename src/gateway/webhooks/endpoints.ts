import { sql } from "kysely";
import { rotationHours, type WebhookBody, type WebhookEndpoint } from "../../contract/webhooks.ts";
import { plusMs, type Instant } from "../../domain/clock.ts";
import { randomCrockford } from "../../domain/identifier.ts";
import type { GatewayParts } from "../parts.ts";
import type { WebhookEndpointRow } from "../store/api-tables.ts";
import { json, type Database } from "../store/database.ts";
import { secretBytes, shownSecret } from "./sign.ts";

type Parts = Pick<GatewayParts, "keys" | "random">;
type KeptSecret = { readonly sealed: string; readonly until: number | null };

const rotationMs = rotationHours * 3_600_000;
const idLength = 12;

/** Makes an endpoint; its secret is in the answer and nowhere else in the clear. */
export async function makeEndpoint(
  step: Database,
  parts: Parts,
  body: WebhookBody,
  by: string,
  at: Instant,
): Promise<{ readonly id: string; readonly secret: string }> {
  const id = randomCrockford(parts.random, idLength);
  const secret = parts.random.bytes(secretBytes);
  const { name, url, active } = body;
  await step
    .insertInto("webhook_endpoint")
    .values({
      id,
      name,
      url,
      active,
      events: json(body.events),
      stores: body.stores === null ? null : json(body.stores),
      secrets: json([sealed(parts, id, secret, null)]),
      made_by: by,
      made_at: at,
    })
    .execute();
  return { id, secret: shownSecret(secret) };
}

/** Changes what an endpoint is asked for; false when there is none of that id. */
export async function changeEndpoint(step: Database, id: string, body: WebhookBody): Promise<boolean> {
  const { name, url, active } = body;
  const written = await step
    .updateTable("webhook_endpoint")
    .set({ name, url, active, events: json(body.events), stores: body.stores === null ? null : json(body.stores) })
    .where("id", "=", id)
    .executeTakeFirst();
  return written.numUpdatedRows === 1n;
}

/** Takes an endpoint away; what it was told stays written, and what it waited for is sent no more. False when there is none. */
export async function removeEndpoint(step: Database, id: string): Promise<boolean> {
  const removed = await step.deleteFrom("webhook_endpoint").where("id", "=", id).executeTakeFirst();
  await step
    .updateTable("webhook_delivery")
    .set({ state: "failed", last_trouble: "inactive", next_at: null })
    .where("endpoint", "=", id)
    .where("state", "=", "pending")
    .execute();
  return removed.numDeletedRows === 1n;
}

/** Another secret; the one before signs beside it for a day. Null when there is no such endpoint. */
export async function rotateSecret(step: Database, parts: Parts, id: string, at: Instant): Promise<string | null> {
  const row = await step.selectFrom("webhook_endpoint").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (row === undefined) return null;
  const secret = parts.random.bytes(secretBytes);
  const [newest] = row.secrets as readonly KeptSecret[];
  const before = newest === undefined ? [] : [{ ...newest, until: plusMs(at, rotationMs) as number }];
  await step
    .updateTable("webhook_endpoint")
    .set({ secrets: json([sealed(parts, id, secret, null), ...before]) })
    .where("id", "=", id)
    .execute();
  return shownSecret(secret);
}

/** The secrets that sign at `at`, the newest first. */
export function secretsOf(
  { keys }: Pick<GatewayParts, "keys">,
  endpoint: Pick<WebhookEndpointRow, "id" | "secrets">,
  at: Instant,
): readonly Uint8Array[] {
  return (endpoint.secrets as readonly KeptSecret[])
    .filter(({ until }) => until === null || until > at)
    .map((kept) => keys.open(Buffer.from(kept.sealed, "base64"), context(endpoint.id)));
}

/** Every endpoint, and how its deliveries stand. */
export async function endpointsShown(database: Database, at: Instant): Promise<WebhookEndpoint[]> {
  const rows = await database.selectFrom("webhook_endpoint").selectAll().orderBy("made_at").execute();
  const { rows: counts } = await sql<{ endpoint: string; state: string; count: number }>`
    select endpoint, state, count(*)::integer as count from webhook_delivery where state <> 'delivered' group by endpoint, state
  `.execute(database);
  const count = (id: string, state: string): number =>
    counts.find((each) => each.endpoint === id && each.state === state)?.count ?? 0;
  const { rows: reached } = await sql<{ id: string }>`
    select id from webhook_endpoint
    where exists (select from webhook_delivery where endpoint = webhook_endpoint.id and state = 'delivered')
  `.execute(database);
  const haveDelivered = new Set(reached.map(({ id }) => id));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    url: row.url,
    events: row.events as WebhookEndpoint["events"],
    stores: row.stores as string[] | null,
    active: row.active,
    madeAt: row.made_at as Instant,
    oldSecretUntil: ((row.secrets as readonly KeptSecret[]).find(({ until }) => (until ?? 0) > at)?.until ??
      null) as Instant | null,
    pending: count(row.id, "pending"),
    failed: count(row.id, "failed"),
    hasDelivered: haveDelivered.has(row.id),
  }));
}

function sealed(
  { keys }: Pick<GatewayParts, "keys">,
  id: string,
  secret: Uint8Array,
  until: number | null,
): KeptSecret {
  return { sealed: Buffer.from(keys.seal(secret, context(id))).toString("base64"), until };
}

function context(id: string): string {
  return `webhook/${id}`;
}
