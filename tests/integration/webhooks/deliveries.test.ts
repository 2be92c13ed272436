import { Webhook } from "standardwebhooks";
import { beforeEach, describe, expect, it } from "vitest";
import type { WebhookBody } from "../../../src/contract/webhooks.ts";
import { plusMs, type Instant } from "../../../src/domain/clock.ts";
import { gatewayKeys } from "../../../src/gateway/keys/gateway-keys.ts";
import type { GatewayParts } from "../../../src/gateway/parts.ts";
import type { OpenDatabase } from "../../../src/gateway/store/database.ts";
import { deliverWork, retryAfterMs } from "../../../src/gateway/webhooks/deliver-work.ts";
import { deliveriesShown, resend } from "../../../src/gateway/webhooks/deliveries.ts";
import {
  changeEndpoint,
  endpointsShown,
  makeEndpoint,
  removeEndpoint,
  rotateSecret,
} from "../../../src/gateway/webhooks/endpoints.ts";
import type { PostOutcome } from "../../../src/gateway/webhooks/post.ts";
import { tellEvent } from "../../../src/gateway/webhooks/tell-event.ts";
import { dice } from "../../simulation/seeded.ts";
import { freshDatabase } from "../fresh-database.ts";

const start = Date.now() as Instant;
const wanted: WebhookBody = {
  v: 1,
  name: "ERP",
  url: "https://erp.example/hook",
  events: ["sale.completed", "day.closed"],
  stores: null,
  active: true,
};
type Sent = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string };

let database: OpenDatabase;
let now: Instant;
let sent: Sent[];
let answers: PostOutcome[];
let parts: GatewayParts;
beforeEach(async () => {
  database = (await freshDatabase()).open();
  now = start;
  sent = [];
  answers = [];
  const random = dice(5, "hooks");
  const keys = gatewayKeys({ sealing: random.bytes(32), hashing: random.bytes(32), signing: random.bytes(32) }, random);
  parts = {
    database,
    random,
    keys,
    clock: { now: () => now, after: () => () => undefined },
    config: {},
    webhookPost: async (url: string, headers: Readonly<Record<string, string>>, body: string) => {
      sent.push({ url, headers, body });
      return answers.shift() ?? { kind: "answered", status: 200 };
    },
  } as unknown as GatewayParts;
});

const job = { store: "*", id: "webhooks", kind: "webhooks", subject: "", payload: null, dueAt: start, tries: 0 };
const deliver = () => deliverWork(parts, job);
const told = (id: string, store = "heping") =>
  tellEvent(
    database,
    { store, id: `sale.completed/${id}`, type: "sale.completed", subject: id, data: { sale: id } },
    now,
  );

describe("an event", () => {
  it("reaches its endpoint once, signed so that the standardwebhooks package verifies it", async () => {
    const { secret } = await makeEndpoint(database, parts, wanted, "owner", now);
    await told("S1");
    await told("S1");
    await deliver();
    await deliver();
    expect(sent).toHaveLength(1);
    const [one] = sent;
    expect(new Webhook(secret).verify(one?.body ?? "", one?.headers ?? {})).toMatchObject({
      type: "sale.completed",
      data: { store: "heping", sale: "S1" },
    });
  });

  it("is what a new endpoint has none of yet: that all was delivered is said once one arrived", async () => {
    await makeEndpoint(database, parts, wanted, "owner", now);
    const stand = async () => (await endpointsShown(database, now)).map((each) => [each.pending, each.hasDelivered]);
    expect(await stand()).toEqual([[0, false]]);
    await told("S1");
    expect(await stand()).toEqual([[1, false]]);
    await deliver();
    expect(await stand()).toEqual([[0, true]]);
  });

  it("is written for nobody where nobody asks: another kind, another store, switched off", async () => {
    const { id } = await makeEndpoint(database, parts, { ...wanted, stores: ["jiangbian"] }, "owner", now);
    await told("S1");
    await tellEvent(database, { store: "jiangbian", id: "x", type: "payment.captured", subject: "x", data: {} }, now);
    await changeEndpoint(database, id, { ...wanted, active: false });
    await told("S2", "jiangbian");
    expect(await database.selectFrom("webhook_event").selectAll().execute()).toEqual([]);
  });

  it("is tried again at longer pauses with the same id and body, then has failed and can be sent by hand", async () => {
    const { id: endpoint } = await makeEndpoint(database, parts, wanted, "owner", now);
    await told("S1");
    for (const pause of [0, ...retryAfterMs]) {
      now = plusMs(now, pause);
      answers = [pause === 0 ? { kind: "silence", why: "timeout" } : { kind: "answered", status: 500 }];
      await deliver();
    }
    expect(sent).toHaveLength(1 + retryAfterMs.length);
    expect(new Set(sent.map(({ headers, body }) => `${headers["webhook-id"]}${body}`)).size).toBe(1);
    expect(new Set(sent.map(({ headers }) => headers["webhook-timestamp"])).size).toBe(sent.length);
    const [failed] = (await deliveriesShown(database, { state: "failed" })).deliveries;
    expect(failed).toMatchObject({ tries: 8, lastStatus: 500, nextAt: null });
    expect(await resend(database, { store: "heping", event: failed?.event ?? "", endpoint }, now)).toBe(true);
    await deliver();
    expect(await deliveriesShown(database, { state: "delivered" })).toMatchObject({ count: 1, next: null });
  });

  it("is sent no more to an endpoint that was taken away, though what it was told stays written", async () => {
    const { id } = await makeEndpoint(database, parts, wanted, "owner", now);
    await told("S1");
    expect(await removeEndpoint(database, id)).toBe(true);
    expect(await removeEndpoint(database, id)).toBe(false);
    await deliver();
    await told("S2");
    expect(sent).toEqual([]);
    const { deliveries } = await deliveriesShown(database, { endpoint: id });
    expect(deliveries.map(({ subject, state, lastTrouble }) => [subject, state, lastTrouble])).toEqual([
      ["S1", "failed", "inactive"],
    ]);
  });

  it("is found on exactly one page of its endpoint's list, the newest first, though many happened in one moment", async () => {
    const { id: endpoint } = await makeEndpoint(database, parts, wanted, "owner", now);
    for (let nth = 0; nth < 205; nth += 1) {
      if (nth % 50 === 0) now = plusMs(now, 1);
      await told(`S${nth}`, nth % 2 === 0 ? "heping" : "jiangbian");
    }
    const seen: { readonly at: number; readonly event: string }[] = [];
    let before: string | undefined;
    for (let pages = 0; pages < 4; pages += 1) {
      const page = await deliveriesShown(database, { endpoint, ...(before === undefined ? {} : { before }) });
      expect(page.count).toBe(205);
      seen.push(...page.deliveries);
      if (page.next === null) break;
      before = page.next;
    }
    expect(new Set(seen.map(({ event }) => event)).size).toBe(205);
    expect(seen).toHaveLength(205);
    expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).toSorted((a, b) => b - a));
  });

  it("waits its time: nothing is sent before the pause is over", async () => {
    await makeEndpoint(database, parts, wanted, "owner", now);
    await told("S1");
    answers = [{ kind: "answered", status: 503 }];
    await deliver();
    now = plusMs(now, (retryAfterMs[0] ?? 0) - 1);
    await deliver();
    expect(sent).toHaveLength(1);
  });
});

it("two secrets sign for a day after a change, then the new one alone", async () => {
  const { id, secret } = await makeEndpoint(database, parts, wanted, "owner", now);
  const fresh = (await rotateSecret(database, parts, id, now)) ?? "";
  expect((await endpointsShown(database, now))[0]?.oldSecretUntil).toBe(now + 24 * 3_600_000);
  await told("S1");
  await deliver();
  const [both] = sent;
  for (const each of [secret, fresh])
    expect(() => new Webhook(each).verify(both?.body ?? "", both?.headers ?? {})).not.toThrow();
  now = plusMs(now, 24 * 3_600_000 + 1);
  await told("S2");
  await deliver();
  expect(sent[1]?.headers["webhook-signature"]?.split(" ")).toHaveLength(1);
  expect((await endpointsShown(database, now))[0]?.oldSecretUntil).toBeNull();
  const rows = JSON.stringify(await database.selectFrom("webhook_endpoint").selectAll().execute());
  for (const each of [secret, fresh]) expect(rows).not.toContain(each.slice("whsec_".length));
});
