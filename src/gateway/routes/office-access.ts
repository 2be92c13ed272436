import type { FastifyReply } from "fastify";
import * as z from "zod/mini";
import { officeSignIn } from "../../contract/office.ts";
import {
  invitationOptions,
  invitationTaken,
  passkeyBody,
  passkeySignIn,
  passwordChange,
  pinChange,
} from "../../contract/people.ts";
import { audit } from "../audit/audit.ts";
import { invitedBy } from "../office/invite.ts";
import { officeCookie, officeSessionMs, tokenIn } from "../office/office-session.ts";
import { endSession, ownAccess } from "../office/own-access.ts";
import { officePerson } from "../office/person.ts";
import { checkPassword, endSessions, setPassword } from "../office/password.ts";
import {
  authenticationOptions,
  keepPasskey,
  passkeyHost,
  personOfPasskey,
  registrationOptions,
} from "../office/passkeys.ts";
import { maySignIn, openSession, sessionShown, signIn, signOut, type SignedIn } from "../office/sign-in.ts";
import type { GatewayParts } from "../parts.ts";
import { changeOwnPin } from "../staff/own-pin.ts";
import { inTransaction } from "../store/database.ts";
import { forgetTries } from "../store/limited-try.ts";
import { isSameOrigin, officeOf } from "./access.ts";
import { pinRefused } from "./pin-refused.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

const own = { config: { who: { access: "office", act: "own" } } } as const;
const open = { config: { who: { access: "open", host: "office" } } } as const;
const named = { params: z.object({ id: z.string().check(z.minLength(1), z.maxLength(1_024)) }) } as const;
/** Any of an address's tries to sign in by a passkey; the answer itself is bound to its challenge. */
const anybody = { purpose: "signIn", boundTo: "anybody" } as const;

/** Signing in by password, passkey or invitation, and what whoever is signed in may change about that. */
export function accessRoutes(server: GatewayServer, parts: GatewayParts): void {
  signInRoutes(server, parts);
  passkeySignInRoutes(server, parts);
  invitationRoutes(server, parts);
  ownRoutes(server, parts);
  ownPinRoute(server, parts);
  ownPasskeyRoutes(server, parts);
}

function signInRoutes(server: GatewayServer, parts: GatewayParts): void {
  server.post("/v1/office/sign-ins", { ...open, schema: { body: officeSignIn } }, async (request, reply) => {
    if (!isSameOrigin(parts, request)) return foreign(reply);
    const signed = await signIn(parts, request.body, request.ip);
    return signed.ok ? begin(parts, reply, signed.value) : problem(reply, signed.refusal, refusals[signed.refusal]);
  });

  server.get("/v1/office/session", own, async (request) => sessionShown(parts, officeOf(request)));

  server.delete("/v1/office/session", own, async (request, reply) => {
    await signOut(parts, tokenIn(request.headers.cookie, officeCookie(parts.config.gateway).name) ?? "");
    return reply
      .header("set-cookie", cookie(parts, "", 0))
      .code(204)
      .send();
  });
}

function passkeySignInRoutes(server: GatewayServer, parts: GatewayParts): void {
  server.post("/v1/office/passkey-sign-ins/options", open, async (request, reply) => {
    const host = passkeyHost(parts);
    if (!isSameOrigin(parts, request)) return foreign(reply);
    if (host === null) return noPasskeys(parts, reply);
    if (!(await maySignIn(parts, request.ip))) return problem(reply, "tooManyTries", refusals.tooManyTries);
    return { options: await authenticationOptions(parts, host, null, anybody) };
  });

  server.post("/v1/office/passkey-sign-ins", { ...open, schema: { body: passkeySignIn } }, async (request, reply) => {
    const host = passkeyHost(parts);
    if (!isSameOrigin(parts, request)) return foreign(reply);
    if (host === null) return noPasskeys(parts, reply);
    const at = { host, origin: request.headers.origin ?? "" };
    const person = await personOfPasskey(parts, at, request.body.credential, anybody);
    if (person === null || (await officePerson(parts.database, person)) === null)
      return problem(reply, "signedOut", "That passkey opens nothing here: sign in by password.");
    await forgetTries(parts.database, `office/${request.ip}`);
    return begin(parts, reply, await openSession(parts, person, request.ip, "passkey"));
  });
}

function invitationRoutes(server: GatewayServer, parts: GatewayParts): void {
  server.post(
    "/v1/office/invitations/options",
    { ...open, schema: { body: invitationOptions } },
    async (request, reply) => {
      const host = passkeyHost(parts);
      if (!isSameOrigin(parts, request)) return foreign(reply);
      if (!(await maySignIn(parts, request.ip))) return problem(reply, "tooManyTries", refusals.tooManyTries);
      const invited = await invitedBy(parts.database, parts, request.body.code, false);
      if (invited === null) return problem(reply, "codeInvalid", staleInvitation);
      if (host === null) return noPasskeys(parts, reply);
      return {
        options: await registrationOptions(parts, host, invited, { purpose: "register", boundTo: invited.id }),
      };
    },
  );

  server.post("/v1/office/invitations", { ...open, schema: { body: invitationTaken } }, async (request, reply) => {
    if (!isSameOrigin(parts, request)) return foreign(reply);
    if (!(await maySignIn(parts, request.ip))) return problem(reply, "tooManyTries", refusals.tooManyTries);
    const { code, password, passkey } = request.body;
    if ((password === undefined) === (passkey === undefined))
      return problem(reply, "badRequest", "Send a password of your own or a passkey: one of the two.");
    const invited = await invitedBy(parts.database, parts, code, true);
    if (invited === null) return problem(reply, "codeInvalid", staleInvitation);
    const { id: person } = invited;
    const host = passkeyHost(parts);
    if (passkey !== undefined && host !== null) {
      const use = { purpose: "register", boundTo: person } as const;
      const at = { host, origin: request.headers.origin ?? "" };
      const kept = await keep(parts, at, passkey.credential, { person, label: passkey.label, use });
      if (!kept)
        return problem(reply, "badRequest", "That passkey was not made for this page: ask for a new invitation.");
    } else if (!(await setPassword(parts, person, password ?? "", invited.setAt))) {
      return problem(reply, "codeInvalid", staleInvitation);
    }
    await forgetTries(parts.database, `office/${request.ip}`);
    return begin(
      parts,
      reply,
      await openSession(parts, person, request.ip, passkey === undefined ? "password" : "passkey"),
    );
  });
}

function ownRoutes(server: GatewayServer, parts: GatewayParts): void {
  server.get("/v1/office/me", own, async (request) => ownAccess(parts, officeOf(request)));

  server.put("/v1/office/me/password", { ...own, schema: { body: passwordChange } }, async (request, reply) => {
    const { person } = officeOf(request);
    const row = await parts.database
      .selectFrom("office_person")
      .select(["set_at", "password"])
      .where("id", "=", person)
      .executeTakeFirstOrThrow();
    const { password, newPassword } = request.body;
    const checked = row.password === null ? "wrong" : await checkPassword(parts, person, password);
    if (checked === "tooManyTries") return problem(reply, "tooManyTries", refusals.tooManyTries);
    if (checked === "wrong") return problem(reply, "wrongPassword", "The password is wrong.");
    if (!(await setPassword(parts, person, newPassword, row.set_at)))
      return problem(reply, "taken", "Another window changed the password meanwhile.");
    await endSessions(parts.database, person, parts.clock.now());
    return begin(parts, reply, await openSession(parts, person, request.ip, "password"));
  });

  server.delete("/v1/office/me/sessions/:id", { ...own, schema: named }, async (request, reply) => {
    const pass = officeOf(request);
    const at = parts.clock.now();
    const ended = await inTransaction(parts.database, async (step) => {
      const whose = await endSession(step, request.params.id, pass.person, at);
      const entry = { store: null, who: pass.person, act: "sessionEnded", subject: pass.person } as const;
      if (whose !== null) await audit(step, parts.random, { ...entry, at });
      return whose;
    });
    return ended === null ? problem(reply, "notFound", "You have no such session.") : ownAccess(parts, pass);
  });
}

function ownPinRoute(server: GatewayServer, parts: GatewayParts): void {
  server.put("/v1/office/me/pin", { ...own, schema: { body: pinChange } }, async (request, reply) => {
    const pass = officeOf(request);
    const { staff } = pass;
    const [store] = staff === null ? [] : [...pass.roles.keys()];
    if (staff === null || store === undefined)
      return problem(reply, "notFound", "You have no PIN for a till: somebody adds you to the staff of a store first.");
    const done = await changeOwnPin(parts, store, { ...request.body, staff }, "inOffice");
    return done.ok ? ownAccess(parts, pass) : pinRefused(reply, done.refusal);
  });
}

function ownPasskeyRoutes(server: GatewayServer, parts: GatewayParts): void {
  server.post("/v1/office/passkeys/options", own, async (request, reply) => {
    const host = passkeyHost(parts);
    if (host === null) return noPasskeys(parts, reply);
    const { person, name, session } = officeOf(request);
    const use = { purpose: "register", boundTo: session } as const;
    return { options: await registrationOptions(parts, host, { id: person, name }, use) };
  });

  server.post("/v1/office/passkeys", { ...own, schema: { body: passkeyBody } }, async (request, reply) => {
    const host = passkeyHost(parts);
    if (host === null) return noPasskeys(parts, reply);
    const pass = officeOf(request);
    const { label, credential } = request.body;
    const use = { purpose: "register", boundTo: pass.session } as const;
    const at = { host, origin: request.headers.origin ?? "" };
    if (!(await keep(parts, at, credential, { person: pass.person, label, use })))
      return problem(reply, "badRequest", "That passkey was not made for this page, or there are ten already.");
    return ownAccess(parts, pass);
  });

  server.delete("/v1/office/passkeys/:id", { ...own, schema: named }, async (request, reply) => {
    const pass = officeOf(request);
    const { hasPassword, passkeys } = await ownAccess(parts, pass);
    if (!hasPassword && passkeys.length === 1)
      return problem(reply, "forbidden", "This is your only way in: make another one first.");
    await inTransaction(parts.database, async (step) => {
      const removed = await step
        .deleteFrom("passkey")
        .where("id", "=", request.params.id)
        .where("person", "=", pass.person)
        .executeTakeFirst();
      const entry = { store: null, who: pass.person, act: "passkeyRemoved", subject: pass.person } as const;
      if (removed.numDeletedRows === 1n) await audit(step, parts.random, { ...entry, at: parts.clock.now() });
    });
    return ownAccess(parts, pass);
  });
}

/** Keeps a passkey and says so in the audit log; false when the answer is not right. */
async function keep(
  parts: GatewayParts,
  at: { readonly host: string; readonly origin: string },
  credential: Parameters<typeof keepPasskey>[3],
  of: Parameters<typeof keepPasskey>[4],
): Promise<boolean> {
  return inTransaction(parts.database, async (step) => {
    const id = await keepPasskey(parts, step, at, credential, of);
    if (id === null) return false;
    const { person, label } = of;
    const entry = { store: null, who: person, act: "passkeyAdded", subject: person, after: { label } } as const;
    await audit(step, parts.random, { ...entry, at: parts.clock.now() });
    return true;
  });
}

async function begin(parts: GatewayParts, reply: FastifyReply, signed: SignedIn) {
  reply.header("set-cookie", cookie(parts, signed.token, officeSessionMs / 1000));
  const row = await parts.database
    .selectFrom("office_session")
    .select("person")
    .where("hash", "=", parts.keys.hash("officeSession", signed.token))
    .executeTakeFirstOrThrow();
  const person = await officePerson(parts.database, row.person);
  if (person === null) return problem(reply, "signedOut", "This person no longer signs in here.");
  return sessionShown(parts, { ...person, until: signed.until, session: "" });
}

function cookie(parts: GatewayParts, token: string, seconds: number): string {
  const { name, attributes } = officeCookie(parts.config.gateway);
  return `${name}=${token}; ${attributes}; Max-Age=${seconds}`;
}

function foreign(reply: FastifyReply): FastifyReply {
  return problem(reply, "forbidden", "A sign-in comes from the office's own page.");
}

function noPasskeys(parts: GatewayParts, reply: FastifyReply): FastifyReply {
  const { officeHost } = parts.config.gateway;
  return problem(
    reply,
    "noPasskeys",
    `Passkeys are bound to a name, and the office's host is the address ${officeHost}: give it a name (gateway.officeHost), or use passwords.`,
  );
}

const staleInvitation = "The invitation is wrong, used or older than a day: ask for a new one.";
const refusals = {
  tooManyTries: "Too many tries: wait ten minutes.",
  signedOut: "Name or password is wrong, or the one-time password is older than 15 minutes.",
  forbidden: "The one-time password must be replaced: send newPassword of at least 12 characters with it.",
} as const;
