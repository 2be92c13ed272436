import { sql } from "kysely";
import type { WebhookType } from "../../contract/webhooks.ts";
import type { Instant } from "../../domain/clock.ts";
import type { Database } from "../store/database.ts";

/** Something that other programs want to hear. `id` names it for ever: told again, it changes nothing. */
export type ToldEvent = {
  readonly store: string;
  /** The subject's own id is part of it, so that one happening is one event. */
  readonly id: string;
  readonly type: WebhookType;
  readonly subject: string;
  /** Ids and amounts in the smallest unit; no personal data. */
  readonly data: Readonly<Record<string, unknown>>;
};

/** Whether anybody asks for events of this kind. */
export async function isHeard(step: Database, type: WebhookType): Promise<boolean> {
  const { rows } = await sql`select 1 from webhook_endpoint where active and events ? ${type} limit 1`.execute(step);
  return rows.length > 0;
}

/**
 * Writes an event for every endpoint that asked for its kind in its store, in the SQL transaction of what happened. Where nobody asks,
 * nothing is written.
 */
export async function tellEvent(step: Database, event: ToldEvent, at: Instant): Promise<void> {
  const { store, id, type, subject, data } = event;
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data: { store, ...data } });
  await sql`
    with asked as (
      select id from webhook_endpoint where active and events ? ${type} and (stores is null or stores ? ${store})
    ), written as (
      insert into webhook_event (store, id, type, subject, body, at)
      select ${store}, ${id}, ${type}, ${subject}, ${body}, ${at} where exists (select 1 from asked)
      on conflict do nothing returning id
    )
    insert into webhook_delivery (store, event, endpoint, state, tries, last_at, last_status, last_trouble, next_at)
    select ${store}, ${id}, asked.id, 'pending', 0, null, null, null, ${at} from asked where exists (select 1 from written)
  `.execute(step);
}
