import * as z from "zod/mini";
import { activationRequest } from "../../contract/activation.ts";
import { journalBatch } from "../../contract/journal.ts";
import { ownPinRequest, signOnRequest } from "../../contract/sign-on.ts";
import { catalogueAfter } from "../catalogue/catalogue.ts";
import { takeBatch } from "../journal/intake.ts";
import { isPinKnownTo, knownPinWords } from "../approvals/known-pin.ts";
import { changeOwnPin } from "../staff/own-pin.ts";
import { pinRefused } from "./pin-refused.ts";
import { signOn } from "../staff/sign-on.ts";
import { staffListFor } from "../staff/staff-list.ts";
import { activateTill } from "../tills/activation.ts";
import { settingsOf } from "../tills/till-settings.ts";
import type { Accounts } from "../payments/accounts.ts";
import type { GatewayParts } from "../parts.ts";
import { tillOf } from "./access.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const till = { config: { who: { access: "till" } } } as const;
const cursorQuery = z.object({ after: z._default(z.coerce.number().check(z.int(), z.gte(0)), 0) });

/** Activation, settings, staff and sign-on, catalogue, journal: what a till needs besides payments. `wake` looks for jobs. */
export function tillRoutes(server: GatewayServer, parts: GatewayParts, accounts: Accounts, wake: () => void): void {
  const open = { config: { who: { access: "open", host: "till" } }, schema: { body: activationRequest } } as const;
  server.post("/v1/activations", open, async (request, reply) => {
    const activated = await activateTill(parts, accounts, request.body, request.ip);
    if (activated.ok) return activated.value;
    return activated.refusal === "tooManyTries"
      ? problem(reply, "tooManyTries", "Wait ten minutes, then try with a new code.")
      : problem(
          reply,
          "codeInvalid",
          "The code is wrong, used or older than ten minutes: make a new one in the office.",
        );
  });

  server.get("/v1/till", till, async (request) => settingsOf(parts.database, accounts, tillOf(request).id));

  server.get("/v1/staff", till, async (request) => staffListFor(parts, tillOf(request)));

  server.post("/v1/sign-ons", { ...till, schema: { body: signOnRequest } }, async (request, reply) => {
    const signed = await signOn(parts, tillOf(request).store, request.body);
    if (!signed.ok) return pinRefused(reply, signed.refusal);
    const { staff, asker } = request.body;
    if (asker !== undefined && (await isPinKnownTo(parts.database, asker, staff)))
      return problem(reply, "knownPin", knownPinWords);
    return { staff, at: parts.clock.now() };
  });

  server.post("/v1/own-pins", { ...till, schema: { body: ownPinRequest } }, async (request, reply) => {
    const done = await changeOwnPin(parts, tillOf(request).store, request.body, "byPin");
    return done.ok ? staffListFor(parts, tillOf(request)) : pinRefused(reply, done.refusal);
  });

  server.get("/v1/catalog", { ...till, schema: { querystring: cursorQuery } }, async (request) =>
    catalogueAfter(parts.database, request.query.after),
  );

  const journal = { config: { who: { access: "till", revokedToo: true } }, schema: { body: journalBatch } } as const;
  server.post("/v1/tills/:till/journal", journal, async (request, reply) => {
    const taken = await takeBatch(parts, tillOf(request), request.body);
    wake();
    if (taken.ok) return taken.value;
    return problem(reply, taken.refusal, refusals[taken.refusal]);
  });
}

const refusals = {
  badRequest: "The series is not the one this key was activated with.",
  badSignature: "The head is not signed by the till's key.",
  brokenChain: "The journal does not follow the one held here. The office shows it under Exceptions.",
} as const;
