import type { WebhookType } from "../../src/contract/webhooks.ts";
import { json, type Database } from "../../src/gateway/store/database.ts";

export type ToldEvent = { readonly store: string; readonly data: Readonly<Record<string, unknown>> };
export type WebhookEvents = { all(): Promise<readonly ToldEvent[]> };

/** An endpoint that asks for one kind of event, and what was written for it. */
export async function webhookEvents(database: Database, type: WebhookType): Promise<WebhookEvents> {
  await database.insertInto("webhook_endpoint").values(endpointOf(type)).execute();
  return {
    async all() {
      const rows = await database.selectFrom("webhook_event").select(["store", "body"]).orderBy("id").execute();
      return rows.map(({ store, body }) => ({
        store,
        data: (JSON.parse(body) as { readonly data: ToldEvent["data"] }).data,
      }));
    },
  };
}

function endpointOf(type: WebhookType) {
  const lists = { events: json([type]), stores: null, secrets: json([]) };
  return {
    id: "hearer",
    url: "https://hearer.test",
    name: "hearer",
    active: true,
    made_by: "owner",
    made_at: 0,
    ...lists,
  };
}
