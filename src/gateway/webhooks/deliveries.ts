import { sql } from "kysely";
import {
  deliveriesPageMax,
  type DeliveriesFilter,
  type WebhookDeliveries,
  type WebhookDelivery,
} from "../../contract/webhooks.ts";
import type { Instant } from "../../domain/clock.ts";
import type { WebhookDeliveryRow, WebhookEventRow } from "../store/api-tables.ts";
import type { Database } from "../store/database.ts";
import { cursorOf, olderThan } from "../store/list-cursor.ts";

type ShownRow = WebhookDeliveryRow & Pick<WebhookEventRow, "type" | "subject" | "body" | "at">;

/** A page of the filter's deliveries, the newest first. */
export async function deliveriesShown(database: Database, filter: DeliveriesFilter): Promise<WebhookDeliveries> {
  const asked = sql<boolean>`(${filter.endpoint ?? null}::text is null or d.endpoint = ${filter.endpoint ?? null})
      and (${filter.state ?? null}::text is null or d.state = ${filter.state ?? null})`;
  const { rows } = await sql<ShownRow>`
    select d.*, e.type, e.subject, e.body, e.at from webhook_delivery d
    join webhook_event e on e.store = d.store and e.id = d.event
    where ${asked} and ${olderThan(filter.before, ["e.at", "d.store", "d.event", "d.endpoint"])}
    order by e.at desc, d.store desc, d.event desc, d.endpoint desc limit ${deliveriesPageMax + 1}
  `.execute(database);
  const { rows: counted } = await sql<{ count: number }>`
    select count(*)::integer as count from webhook_delivery d where ${asked}
  `.execute(database);
  const page = rows.slice(0, deliveriesPageMax);
  const last = page.at(-1);
  return {
    deliveries: page.map(shown),
    next:
      rows.length > page.length && last !== undefined ? cursorOf(last.at, last.store, last.event, last.endpoint) : null,
    count: counted[0]?.count ?? 0,
  };
}

/** Sends a delivery again, whatever became of it: with all its tries before it. False when there is none. */
export async function resend(
  step: Database,
  of: { readonly store: string; readonly event: string; readonly endpoint: string },
  at: Instant,
): Promise<boolean> {
  const written = await step
    .updateTable("webhook_delivery")
    .set({ state: "pending", tries: 0, next_at: at })
    .where("store", "=", of.store)
    .where("event", "=", of.event)
    .where("endpoint", "=", of.endpoint)
    .executeTakeFirst();
  return written.numUpdatedRows === 1n;
}

function shown(row: ShownRow): WebhookDelivery {
  return {
    store: row.store,
    event: row.event,
    endpoint: row.endpoint,
    type: row.type as WebhookDelivery["type"],
    subject: row.subject,
    at: row.at as Instant,
    state: row.state,
    tries: row.tries,
    lastAt: row.last_at as Instant | null,
    lastStatus: row.last_status,
    lastTrouble: row.last_trouble as WebhookDelivery["lastTrouble"],
    nextAt: row.next_at as Instant | null,
    body: row.body,
  };
}
