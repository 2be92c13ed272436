import type { FastifyContextConfig, FastifyReply, FastifyRequest } from "fastify";
import { invariant } from "../../domain/assert.ts";
import { currentSession } from "../office/office-session.ts";
import type { GatewayParts } from "../parts.ts";
import type { OfficePass, TillPass } from "./passes.ts";
import { problem } from "./problem.ts";
import { checkSignature } from "./till-signature.ts";

/**
 * Who may call a route (`trust.md`, Origins). `till`: signed by an activated till, or by a revoked one where `revokedToo`.
 * `notify`: a provider, its signature checked by the route itself. `office`: the owner's session. `open`: nobody is asked.
 */
export type RouteAccess =
  | { readonly access: "till"; readonly revokedToo?: true }
  | { readonly access: "notify" }
  | { readonly access: "office" }
  | { readonly access: "open"; readonly host: "till" | "office" | "both" };

declare module "fastify" {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- merging needs an interface
  interface FastifyContextConfig {
    readonly who?: RouteAccess;
  }
  // oxlint-disable-next-line typescript/consistent-type-definitions -- merging needs an interface
  interface FastifyRequest {
    /** The body as it came, before it is parsed. */
    rawBody: Buffer;
    till: TillPass | null;
    office: OfficePass | null;
  }
}

/** The till that signed; only in a route of class `till`. */
export function tillOf(request: FastifyRequest): TillPass {
  invariant(request.till !== null, "only a route of class till asks who signed");
  return request.till;
}

/** The owner who is signed in; only in a route of class `office`. */
export function officeOf(request: FastifyRequest): OfficePass {
  invariant(request.office !== null, "only a route of class office asks who is signed in");
  return request.office;
}

/** The class of a route; a route without one is a bug that keeps the gateway from starting. */
export function accessOf(config: FastifyContextConfig | undefined, route: string): RouteAccess {
  invariant(config?.who !== undefined, `${route} says who may call it`);
  return config.who;
}

/** Refuses a request that came to the wrong host; runs before the body is read. */
export function checkHost(parts: GatewayParts, request: FastifyRequest, reply: FastifyReply): boolean {
  const who = request.routeOptions.config.who;
  const asked = request.hostname.toLowerCase();
  const { tillHost, officeHost } = parts.config.gateway;
  const allowed =
    who === undefined || (who.access === "open" && who.host === "both")
      ? [tillHost, officeHost]
      : [isOfficeOnly(who) ? officeHost : tillHost];
  if (allowed.includes(asked)) return true;
  problem(reply, "wrongHost", `Ask under ${allowed.join(" or ")}.`);
  return false;
}

function isOfficeOnly(who: RouteAccess): boolean {
  return who.access === "office" || (who.access === "open" && who.host === "office");
}

/** Refuses a caller who is not of the route's class; runs when the body is there but not parsed. */
export async function checkCaller(parts: GatewayParts, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  const who = request.routeOptions.config.who;
  if (who === undefined || who.access === "open" || who.access === "notify") return true;
  if (who.access === "office") return checkOffice(parts, request, reply);
  const signed = await checkSignature(parts, request);
  if (!signed.ok) {
    problem(reply, signed.refusal.code, signed.refusal.detail);
    return false;
  }
  request.till = signed.value;
  const named = (request.params as { readonly till?: string }).till;
  if (named !== undefined && named !== signed.value.id) {
    problem(reply, "otherTill", "A till asks for itself only.");
    return false;
  }
  if (signed.value.revoked && who.revokedToo !== true) {
    problem(reply, "revoked", "This till's key was revoked; it may only deliver its journal.");
    return false;
  }
  return true;
}

async function checkOffice(parts: GatewayParts, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  if (isWrite(request.method) && !isSameOrigin(parts, request)) {
    problem(reply, "forbidden", "A write comes from the office's own page.");
    return false;
  }
  request.office = await currentSession(parts, request.headers.cookie);
  if (request.office !== null) return true;
  problem(reply, "signedOut", "Sign in with the owner's password.");
  return false;
}

/** True when a write says that it comes from the office's own page. */
export function isSameOrigin(parts: GatewayParts, request: FastifyRequest): boolean {
  const { origin } = request.headers;
  return (
    origin !== undefined &&
    URL.canParse(origin) &&
    new URL(origin).host === request.host &&
    request.hostname === parts.config.gateway.officeHost
  );
}

function isWrite(method: string): boolean {
  return method !== "GET" && method !== "HEAD";
}
