import * as z from "zod/mini";
import { ok, type Result } from "../../domain/result.ts";
import { makeOnce } from "../office/make-once.ts";
import { deliveriesFilter, resendBody, webhookAdd, webhookBody } from "../../contract/webhooks.ts";
import { audit } from "../audit/audit.ts";
import type { GatewayParts } from "../parts.ts";
import { inTransaction } from "../store/database.ts";
import { endpointRefusal } from "../webhooks/address.ts";
import { deliveriesShown, resend } from "../webhooks/deliveries.ts";
import { changeEndpoint, endpointsShown, makeEndpoint, removeEndpoint, rotateSecret } from "../webhooks/endpoints.ts";
import { officeOf } from "./access.ts";
import { notMadeAgain } from "./made-once.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const office = { config: { who: { access: "office", act: "editApiKeys" } } } as const;
const named = z.object({ id: z.string().check(z.minLength(1), z.maxLength(64)) });

/** Endpoints that are told what happens, their secrets, and every delivery with a way to send it again. */
export function webhookRoutes(server: GatewayServer, parts: GatewayParts): void {
  const { database, clock } = parts;
  const shown = async () => ({ endpoints: await endpointsShown(database, clock.now()) });
  server.get("/v1/office/webhooks", office, shown);

  server.post("/v1/office/webhooks", { ...office, schema: { body: webhookAdd } }, async (request, reply) => {
    const refusal = endpointRefusal(request.body.url, parts.config.webhooks?.privateAddresses === true);
    if (refusal !== null) return problem(reply, "badRequest", refusals[refusal]);
    const who = officeOf(request).person;
    const at = clock.now();
    const { id, ...content } = request.body;
    const { name, url, events } = content;
    const after = { name, url, events };
    const done = await inTransaction(database, (step) =>
      makeOnce(step, parts, { id, who, kind: "webhook", content }, async (): Promise<Result<object, never>> => {
        const made = await makeEndpoint(step, parts, request.body, who, at);
        await audit(step, parts.random, { store: null, who, act: "webhookChanged", subject: made.id, after, at });
        return ok(made);
      }),
    );
    return done.ok ? done.value : notMadeAgain(reply, done.refusal);
  });

  const one = { ...office, schema: { params: named, body: webhookBody } };
  server.put("/v1/office/webhooks/:id", one, async (request, reply) => {
    const refusal = endpointRefusal(request.body.url, parts.config.webhooks?.privateAddresses === true);
    if (refusal !== null) return problem(reply, "badRequest", refusals[refusal]);
    const who = officeOf(request).person;
    const at = clock.now();
    const isThere = await inTransaction(database, async (step) => {
      if (!(await changeEndpoint(step, request.params.id, request.body))) return false;
      const { name, url, events, active } = request.body;
      const after = { name, url, events, active };
      const entry = { store: null, who, act: "webhookChanged", subject: request.params.id, after, at } as const;
      await audit(step, parts.random, entry);
      return true;
    });
    return isThere ? shown() : problem(reply, "notFound", "There is no such endpoint.");
  });

  server.post("/v1/office/webhooks/:id/secrets", { ...office, schema: { params: named } }, async (request, reply) => {
    const { id } = request.params;
    const who = officeOf(request).person;
    const at = clock.now();
    const secret = await inTransaction(database, async (step) => {
      const fresh = await rotateSecret(step, parts, id, at);
      const entry = { store: null, who, act: "webhookChanged", subject: id, after: { secret: "changed" }, at } as const;
      if (fresh !== null) await audit(step, parts.random, entry);
      return fresh;
    });
    return secret === null ? problem(reply, "notFound", "There is no such endpoint.") : { id, secret };
  });
  removalRoute(server, parts);
  deliveryRoutes(server, parts);
}

function removalRoute(server: GatewayServer, parts: GatewayParts): void {
  const { database, clock } = parts;
  server.delete("/v1/office/webhooks/:id", { ...office, schema: { params: named } }, async (request, reply) => {
    const { id } = request.params;
    const who = officeOf(request).person;
    const at = clock.now();
    const isGone = await inTransaction(database, async (step) => {
      if (!(await removeEndpoint(step, id))) return false;
      const entry = { store: null, who, act: "webhookChanged", subject: id, after: { removed: true }, at } as const;
      await audit(step, parts.random, entry);
      return true;
    });
    return isGone
      ? { endpoints: await endpointsShown(database, at) }
      : problem(reply, "notFound", "There is no such endpoint.");
  });
}

function deliveryRoutes(server: GatewayServer, { database, clock }: GatewayParts): void {
  server.get(
    "/v1/office/webhooks/deliveries",
    { ...office, schema: { querystring: deliveriesFilter } },
    async (request) => deliveriesShown(database, request.query),
  );

  server.post("/v1/office/webhooks/resends", { ...office, schema: { body: resendBody } }, async (request, reply) => {
    const { store, event, endpoint } = request.body;
    const isThere = await resend(database, { store, event, endpoint }, clock.now());
    if (!isThere) return problem(reply, "notFound", "There is no such delivery.");
    return deliveriesShown(database, { endpoint });
  });
}

const refusals = {
  notHttps: "Webhooks go to https addresses only.",
  notAnAddress: "That is not an address.",
  withPassword: "An address must not carry a name or password.",
  private: "That is this machine or the shop's own network: webhooks.privateAddresses in kuantai.json allows it.",
} as const;
