import { plusMs, type Instant } from "../../domain/clock.ts";
import { addJob, type Job } from "../jobs/jobs.ts";
import type { JobOutcome } from "../jobs/runner.ts";
import type { GatewayParts } from "../parts.ts";
import type { WebhookDeliveryRow } from "../store/api-tables.ts";
import type { Database } from "../store/database.ts";
import { secretsOf } from "./endpoints.ts";
import { webhookHeaders } from "./sign.ts";

/** Kind of the one job that delivers webhooks. */
export const deliverKind = "webhooks";
const lookEveryMs = 1_000;
const atOnceMax = 20;
const withinMs = 5_000;
/** Pauses before each further try; after the last one it has failed, and a person may send it again. */
export const retryAfterMs: readonly number[] = [
  5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000, 36_000_000,
];

type DeliverParts = Pick<GatewayParts, "database" | "clock" | "keys" | "log" | "webhookPost" | "config">;

/** Sees to it that somebody delivers; called at every start. */
export async function planDeliveries(database: Database, at: Instant): Promise<void> {
  await addJob(database, { store: "*", id: deliverKind, kind: deliverKind, subject: "", payload: null, dueAt: at });
}

/** Delivers what is due, some at once; an endpoint that does not answer holds up nobody else for longer than one try. */
export async function deliverWork(parts: DeliverParts, _job: Job): Promise<JobOutcome> {
  const at = parts.clock.now();
  if (parts.webhookPost === undefined) return { kind: "again", at: plusMs(at, lookEveryMs) };
  const due = await parts.database
    .selectFrom("webhook_delivery")
    .selectAll()
    .where("state", "=", "pending")
    .where("next_at", "<=", at)
    .orderBy("next_at")
    .limit(atOnceMax)
    .execute();
  await Promise.all(due.map((delivery) => deliver(parts, delivery)));
  return { kind: "again", at: plusMs(parts.clock.now(), due.length === atOnceMax ? 1 : lookEveryMs) };
}

/** One try: the same bytes as every other, signed for this moment. */
export async function deliver(parts: DeliverParts, delivery: WebhookDeliveryRow): Promise<void> {
  const { database, clock, webhookPost } = parts;
  const event = await database
    .selectFrom("webhook_event")
    .selectAll()
    .where("store", "=", delivery.store)
    .where("id", "=", delivery.event)
    .executeTakeFirst();
  const endpoint = await database
    .selectFrom("webhook_endpoint")
    .selectAll()
    .where("id", "=", delivery.endpoint)
    .executeTakeFirst();
  if (event === undefined || endpoint === undefined || !endpoint.active || webhookPost === undefined) {
    await note(database, delivery, { state: "failed", last_trouble: "inactive", next_at: null });
    return;
  }
  const at = clock.now();
  const headers = webhookHeaders(event.id, Math.floor(at / 1_000), event.body, secretsOf(parts, endpoint, at));
  const outcome = await webhookPost(endpoint.url, headers, event.body, {
    withinMs,
    allowPrivate: parts.config.webhooks?.privateAddresses ?? false,
  });
  const tries = delivery.tries + 1;
  const common = { tries, last_at: at };
  if (outcome.kind === "answered" && outcome.status >= 200 && outcome.status < 300) {
    await note(database, delivery, {
      ...common,
      state: "delivered",
      last_status: outcome.status,
      last_trouble: null,
      next_at: null,
    });
    return;
  }
  const pause = retryAfterMs[delivery.tries];
  await note(database, delivery, {
    ...common,
    state: pause === undefined ? "failed" : "pending",
    last_status: outcome.kind === "answered" ? outcome.status : null,
    last_trouble: outcome.kind === "silence" ? outcome.why : null,
    next_at: pause === undefined ? null : plusMs(at, pause),
  });
}

async function note(database: Database, delivery: WebhookDeliveryRow, set: Partial<WebhookDeliveryRow>): Promise<void> {
  await database
    .updateTable("webhook_delivery")
    .set(set)
    .where("store", "=", delivery.store)
    .where("event", "=", delivery.event)
    .where("endpoint", "=", delivery.endpoint)
    .execute();
}
