import * as z from "zod/mini";
import { apiKeyBody } from "../../contract/api.ts";
import { apiKeysShown, makeApiKey, revokeApiKey } from "../api/api-keys.ts";
import { ok, type Result } from "../../domain/result.ts";
import { audit } from "../audit/audit.ts";
import { makeOnce } from "../office/make-once.ts";
import type { GatewayParts } from "../parts.ts";
import { inTransaction } from "../store/database.ts";
import { officeOf } from "./access.ts";
import { notMadeAgain } from "./made-once.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const office = { config: { who: { access: "office", act: "editApiKeys" } } } as const;
const named = z.object({ id: z.string().check(z.minLength(1), z.maxLength(32)) });

/** Keys of the open API: made, shown once, ended. */
export function apiKeyRoutes(server: GatewayServer, parts: GatewayParts): void {
  const { database, clock } = parts;
  server.get("/v1/office/api-keys", office, async () => apiKeysShown(database));

  server.post("/v1/office/api-keys", { ...office, schema: { body: apiKeyBody } }, async (request, reply) => {
    const who = officeOf(request).person;
    const at = clock.now();
    const { id, name, scopes, stores, days } = request.body;
    const after = { name, scopes, stores, days };
    const done = await inTransaction(database, (step) =>
      makeOnce(step, parts, { id, who, kind: "apiKey", content: after }, async (): Promise<Result<object, never>> => {
        const made = await makeApiKey(step, parts, request.body, who, at);
        await audit(step, parts.random, { store: null, who, act: "apiKeyChanged", subject: made.id, after, at });
        return ok(made);
      }),
    );
    return done.ok ? done.value : notMadeAgain(reply, done.refusal);
  });

  server.delete("/v1/office/api-keys/:id", { ...office, schema: { params: named } }, async (request, reply) => {
    const { id } = request.params;
    const who = officeOf(request).person;
    const at = clock.now();
    const isEnded = await inTransaction(database, async (step) => {
      if (!(await revokeApiKey(step, id, at))) return false;
      await audit(step, parts.random, {
        store: null,
        who,
        act: "apiKeyChanged",
        subject: id,
        after: { revoked: true },
        at,
      });
      return true;
    });
    return isEnded ? apiKeysShown(database) : problem(reply, "notFound", "There is no such key in force.");
  });
}
