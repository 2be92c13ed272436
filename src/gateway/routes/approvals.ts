import type { FastifyReply } from "fastify";
import * as z from "zod/mini";
import {
  aloneReview,
  approvalAsk,
  approvalBeside,
  approvalDecision,
  approversQuery,
} from "../../contract/approvals.ts";
import { knownPinWords } from "../approvals/known-pin.ts";
import { isId, tagOf, type Id } from "../../domain/identifier.ts";
import { permits } from "../../domain/permissions.ts";
import { listAlone, reviewAlone } from "../approvals/alone.ts";
import {
  asRecord,
  askApproval,
  decideApproval,
  keepWaiting,
  readApproval,
  stateOf,
  withdrawApproval,
} from "../approvals/approval.ts";
import { identityOf, officeDecider, readJudges } from "../approvals/entitled-people.ts";
import { approveBeside } from "../approvals/beside.ts";
import { openApprovalsFor } from "../approvals/open-approvals.ts";
import { heedDecision } from "../mend/heed-decision.ts";
import { storesFor } from "../office/entitled.ts";
import { checkPassword } from "../office/password.ts";
import { authenticationOptions, passkeyHost, personOfPasskey } from "../office/passkeys.ts";
import type { GatewayParts } from "../parts.ts";
import { permissionsIn } from "../staff/permission-rules.ts";
import { rolesIn } from "../staff/roles.ts";
import { inTransaction } from "../store/database.ts";
import { officeOf, tillOf } from "./access.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const till = { config: { who: { access: "till" } } } as const;
const own = { config: { who: { access: "office", act: "own" } } } as const;
const looks = { config: { who: { access: "office", act: "reviewAlone", store: "found" } } } as const;
const named = z.object({ id: z.string().check(z.minLength(1), z.maxLength(64)) });

/** A second person's yes: asked by a till or the office, given beside, later or on the approver's own phone. And what was done alone. */
export function approvalRoutes(server: GatewayServer, parts: GatewayParts, wake: () => void): void {
  tillRoutes(server, parts);
  const heed = async (id: string): Promise<void> => {
    await heedDecision(parts.database, id, parts.clock.now());
    wake();
  };
  officeRoutes(server, parts, heed);
  decisionRoutes(server, parts, heed);
  aloneRoutes(server, parts);
}

function tillRoutes(server: GatewayServer, parts: GatewayParts): void {
  const { database } = parts;
  server.post("/v1/approvals", { ...till, schema: { body: approvalAsk } }, async (request, reply) => {
    const pass = tillOf(request);
    const { id, act, subject, size, amount, reason, shown, asker } = request.body;
    if (tagOf(id as Id) !== pass.tag) return problem(reply, "otherTag", "The id was not made by this till.");
    const role = (await rolesIn(database, pass.store)).get(asker) ?? null;
    const isAsked = role !== null && permits(role, act, size, await permissionsIn(database, pass.store)) !== "refused";
    if (!isAsked) return problem(reply, "forbidden", "Who is signed on may not do this at all.");
    const asking = {
      store: pass.store,
      act,
      subject,
      size,
      amount,
      reason,
      shown,
      askedBy: asker,
      till: pass.id,
      isLive: true,
    };
    await askApproval(database, parts, asking, id);
    return told(parts, reply, id, pass.id);
  });

  server.get("/v1/approvals/:id", { ...till, schema: { params: named } }, async (request, reply) =>
    told(parts, reply, request.params.id, tillOf(request).id),
  );

  server.post("/v1/approvals/:id/withdrawals", { ...till, schema: { params: named } }, async (request, reply) => {
    const row = await readApproval(database, request.params.id);
    if (row === null || row.till !== tillOf(request).id)
      return problem(reply, "notFound", "This till asked no such thing.");
    await withdrawApproval(database, row.id, row.asked_by);
    return told(parts, reply, row.id, tillOf(request).id);
  });

  server.get("/v1/approvers", { ...till, schema: { querystring: approversQuery } }, async (request) => {
    const { act, size, asker } = request.query;
    const asked = { store: tillOf(request).store, act, size, asked_by: asker };
    const people = (await readJudges(database)).peopleFor(asked);
    return { count: people.filter(({ inOffice }) => inOffice).length };
  });
}

async function told(parts: GatewayParts, reply: FastifyReply, id: string, tillId: string) {
  const row = isId(id) ? await readApproval(parts.database, id) : null;
  if (row === null || row.till !== tillId) return problem(reply, "notFound", "This till asked no such thing.");
  return { state: stateOf(row, parts.clock.now()), approval: asRecord(row), expiresAt: row.expires_at };
}

/** What waits for a decision is told of it. */
type Heed = (id: string) => Promise<void>;

function officeRoutes(server: GatewayServer, parts: GatewayParts, heed: Heed): void {
  const { database } = parts;
  server.get("/v1/office/approvals", own, async (request) => openApprovalsFor(parts, officeOf(request)));

  server.get("/v1/office/approvals/:id", { ...own, schema: { params: named } }, async (request, reply) => {
    const row = await readApproval(database, request.params.id);
    if (row === null || row.asked_by !== identityOf(officeOf(request)))
      return problem(reply, "notFound", "You asked no such thing.");
    await keepWaiting(database, row, parts.clock.now());
    return { state: stateOf(row, parts.clock.now()), by: row.decided_by };
  });

  server.delete("/v1/office/approvals/:id", { ...own, schema: { params: named } }, async (request, reply) => {
    const isBack = await withdrawApproval(database, request.params.id, identityOf(officeOf(request)));
    if (isBack) await heed(request.params.id);
    return isBack
      ? { state: "withdrawn", by: null }
      : problem(reply, "notFound", "You asked no such thing, or it is decided.");
  });

  server.get("/v1/office/approvals/:id/people", { ...own, schema: { params: named } }, async (request, reply) => {
    const row = await readApproval(database, request.params.id);
    if (row === null || row.asked_by !== identityOf(officeOf(request)))
      return problem(reply, "notFound", "You asked no such thing.");
    const people = (await readJudges(database)).peopleFor(row);
    return { people: people.map(({ id, name, hasPassword }) => ({ id, name, hasPassword })) };
  });

  const beside = { ...own, schema: { params: named, body: approvalBeside } } as const;
  server.post("/v1/office/approvals/:id/beside", beside, async (request, reply) => {
    const row = await readApproval(database, request.params.id);
    if (row === null || row.asked_by !== identityOf(officeOf(request)))
      return problem(reply, "notFound", "You asked no such thing.");
    const given = await approveBeside(parts, row, request.body);
    if (given.ok) await heed(row.id);
    if (given.ok) return { state: "given", by: given.value.by };
    const { refusal } = given;
    return refusal.kind === "locked"
      ? problem(reply, "locked", words.locked, { lockedUntil: refusal.until })
      : problem(reply, codes[refusal.kind], words[refusal.kind]);
  });
}

function decisionRoutes(server: GatewayServer, parts: GatewayParts, heed: Heed): void {
  const { database } = parts;
  server.post("/v1/office/approvals/:id/options", { ...own, schema: { params: named } }, async (request, reply) => {
    const host = passkeyHost(parts);
    if (host === null) return problem(reply, "noPasskeys", "Passkeys need a host name: say yes by password.");
    const use = { purpose: "approve", boundTo: request.params.id } as const;
    return { options: await authenticationOptions(parts, host, officeOf(request).person, use) };
  });

  const decision = { ...own, schema: { params: named, body: approvalDecision } } as const;
  server.post("/v1/office/approvals/:id/decisions", decision, async (request, reply) => {
    const pass = officeOf(request);
    const { id } = request.params;
    const { yes, password, credential } = request.body;
    let method: "password" | "passkey" = "password";
    if (yes && credential !== undefined) {
      const host = passkeyHost(parts);
      const use = { purpose: "approve", boundTo: id } as const;
      const at = { host: host ?? "", origin: request.headers.origin ?? "" };
      const person = host === null ? null : await personOfPasskey(parts, at, credential as never, use);
      if (person !== pass.person)
        return problem(reply, "wrongPassword", "That passkey is not yours, or its time is over.");
      method = "passkey";
    } else if (yes) {
      const checked = await checkPassword(parts, pass.person, password ?? "");
      if (checked === "tooManyTries") return problem(reply, "tooManyTries", "Too many tries: wait ten minutes.");
      if (checked === "wrong") return problem(reply, "wrongPassword", words.wrongPassword);
    }
    const decided = await inTransaction(database, (step) =>
      decideApproval(step, parts, id, officeDecider(pass), { yes, method }),
    );
    if (decided.ok) await heed(id);
    return decided.ok
      ? { state: yes ? "given" : "refused", by: decided.value.by }
      : problem(reply, codes[decided.refusal], words[decided.refusal]);
  });
}

function aloneRoutes(server: GatewayServer, parts: GatewayParts): void {
  server.get("/v1/office/alone", looks, async (request) => {
    const pass = officeOf(request);
    return listAlone(parts.database, pass, storesFor(pass, "reviewAlone"));
  });

  server.post(
    "/v1/office/alone/:id/reviews",
    { ...looks, schema: { params: named, body: aloneReview } },
    async (request, reply) => {
      const pass = officeOf(request);
      const isDone = await inTransaction(parts.database, (step) =>
        reviewAlone(step, parts, pass, request.params.id, request.body.note.trim()),
      );
      if (!isDone)
        return problem(reply, "notFound", "Nothing of that id waits for your look: it is reviewed, or your own.");
      return listAlone(parts.database, pass, storesFor(pass, "reviewAlone"));
    },
  );
}

const codes = {
  notFound: "notFound",
  forbidden: "forbidden",
  knownPin: "knownPin",
  decided: "taken",
  expired: "deadlinePassed",
  wrongPin: "wrongPin",
  wrongPassword: "wrongPassword",
  tooManyTries: "tooManyTries",
} as const;
const words = {
  notFound: "There is no such approval.",
  forbidden: "Your yes does not count for this: another person must say it.",
  knownPin: knownPinWords,
  decided: "Somebody has said yes or no already.",
  expired: "Its two minutes are over: it must be asked anew.",
  wrongPin: "The PIN is wrong.",
  wrongPassword: "The password is wrong.",
  tooManyTries: "Too many tries: wait ten minutes.",
  locked: "Too many wrong PINs.",
} as const;
