import type { FastifyContextConfig, FastifyReply, FastifyRequest } from "fastify";
import { invariant } from "../../domain/assert.ts";
import type { Act } from "../../domain/staff.ts";
import { beginsShop, permitsInOffice, storesFor } from "../office/entitled.ts";
import type { OwnStores } from "../office/page.ts";
import { currentSession } from "../office/office-session.ts";
import type { ApiScope } from "../../contract/api.ts";
import { apiPass, type ApiPass } from "../api/api-keys.ts";
import { addressesOf, isOverTls } from "../config.ts";
import type { GatewayParts } from "../parts.ts";
import type { OfficePass, TillPass } from "./passes.ts";
import { problem } from "./problem.ts";
import { checkSignature } from "./till-signature.ts";

/**
 * Who may call a route (`trust.md`, Origins). `till`: signed by an activated till, or by a revoked one where `revokedToo`.
 * `notify`: a provider, its signature checked by the route itself. `open`: nobody is asked.
 *
 * `office`: somebody who is signed in and whose role may do `act` in the store that the request names (`store` in path, query or
 * body), in every store where it names none; `own` is everybody's about themselves. `store` says that a route is about the store of
 * the sale or payment that its `:id` names, or that the route looks by itself (`found`) with `permitsInOffice` or `storesFor`.
 * `narrows`: where the request names no store the route answers about `ownStores` alone, so that it is open to whoever has one.
 * Where another person must agree the route says so (`asks`) and goes through `entitle`; every other one refuses whoever may not
 * do it without.
 */
export type RouteAccess =
  | { readonly access: "till"; readonly revokedToo?: true }
  | { readonly access: "notify" }
  | {
      readonly access: "office";
      readonly act: Act | "own";
      readonly store?: "ofSale" | "ofPayment" | "found";
      readonly asks?: true;
      readonly narrows?: true;
    }
  /** Under the office's host by a key alone; a cookie counts for nothing. */
  | { readonly access: "api"; readonly scope: ApiScope }
  | { readonly access: "open"; readonly host: "till" | "office" | "both" };

type OfficeAccess = Extract<RouteAccess, { access: "office" }>;

declare module "fastify" {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- merging needs an interface
  interface FastifyContextConfig {
    readonly who?: RouteAccess;
    /** The body is a file, and its route reads it. */
    readonly isFile?: boolean;
  }
  // oxlint-disable-next-line typescript/consistent-type-definitions -- merging needs an interface
  interface FastifyRequest {
    /** The body as it came, before it is parsed. */
    rawBody: Buffer;
    till: TillPass | null;
    office: OfficePass | null;
    api: ApiPass | null;
  }
}

/** The till that signed; only in a route of class `till`. */
export function tillOf(request: FastifyRequest): TillPass {
  invariant(request.till !== null, "only a route of class till asks who signed");
  return request.till;
}

/** Who is signed in; only in a route of class `office`. */
export function officeOf(request: FastifyRequest): OfficePass {
  invariant(request.office !== null, "only a route of class office asks who is signed in");
  return request.office;
}

/** Whose key it is; only in a route of class `api`. */
export function apiOf(request: FastifyRequest): ApiPass {
  invariant(request.api !== null, "only a route of class api asks whose key it is");
  return request.api;
}

/** The class of a route; a route without one is a bug that keeps the gateway from starting. */
export function accessOf(config: FastifyContextConfig | undefined, route: string): RouteAccess {
  invariant(config?.who !== undefined, `${route} says who may call it`);
  return config.who;
}

/** Refuses a request that came to the wrong host, or around the TLS that the configuration says is there; runs before the body is read. */
export function checkHost(parts: GatewayParts, request: FastifyRequest, reply: FastifyReply): boolean {
  const who = request.routeOptions.config.who;
  const asked = request.hostname.toLowerCase();
  const { gateway } = parts.config;
  if (isOverTls(gateway) && request.protocol !== "https") {
    problem(reply, "wrongHost", "Ask over https, by the shop's own address.");
    return false;
  }
  const allowed = hostsFor(who, gateway);
  if (allowed.includes(asked)) return true;
  problem(reply, "wrongHost", `Ask under ${allowed.join(" or ")}.`);
  return false;
}

function hostsFor(who: RouteAccess | undefined, gateway: GatewayParts["config"]["gateway"]): readonly string[] {
  const { tillHost, officeHost, notifyUrl } = gateway;
  if (who === undefined || (who.access === "open" && who.host === "both")) return [tillHost, officeHost];
  if (who.access === "notify" && notifyUrl !== undefined) return [tillHost, new URL(notifyUrl).hostname];
  return [isOfficeOnly(who) ? officeHost : tillHost];
}

function isOfficeOnly(who: RouteAccess): boolean {
  return who.access === "office" || who.access === "api" || (who.access === "open" && who.host === "office");
}

/** Refuses a caller who is not of the route's class; runs when the body is there but not parsed. */
export async function checkCaller(parts: GatewayParts, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  const who = request.routeOptions.config.who;
  if (who === undefined || who.access === "open" || who.access === "notify") return true;
  if (who.access === "office") return checkOffice(parts, request, reply);
  if (who.access === "api") return checkApi(parts, request, reply, who.scope);
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

async function checkApi(
  parts: GatewayParts,
  request: FastifyRequest,
  reply: FastifyReply,
  scope: ApiScope,
): Promise<boolean> {
  const pass = await apiPass(parts, request.headers.authorization);
  if (!pass.ok) {
    problem(
      reply,
      pass.refusal,
      pass.refusal === "unsigned" ? "Send a key in force: Authorization: Bearer kt_…" : "Ask less often.",
    );
    return false;
  }
  if (!pass.value.scopes.has(scope)) {
    problem(reply, "forbidden", `The key lacks the scope ${scope}.`);
    return false;
  }
  request.api = pass.value;
  return true;
}

async function checkOffice(parts: GatewayParts, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  if (isWrite(request.method) && !isSameOrigin(parts, request)) {
    problem(reply, "forbidden", "A write comes from the office's own page.");
    return false;
  }
  request.office = await currentSession(parts, request.headers.cookie);
  const who = request.routeOptions.config.who;
  if (request.office === null) {
    problem(reply, "signedOut", "Sign in to the office.");
    return false;
  }
  if (who?.access !== "office" || who.act === "own") return true;
  const { office } = request;
  if (beginsShop(office, who.act) || [...office.roles.keys()].some((store) => isFor(office, store, who))) return true;
  problem(reply, "forbidden", `Your role may not do this (${who.act}), or not without another person.`);
  return false;
}

/** Refuses a person of the office who asks about a store in which the route's act is none of theirs; runs when the body is read. */
export async function checkStore(parts: GatewayParts, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  const { office } = request;
  const who = request.routeOptions.config.who;
  if (office === null || who?.access !== "office" || who.act === "own" || who.store === "found") return true;
  if (who.store !== undefined) {
    const store = await storeOfNamed(parts, who.store, (request.params as { readonly id?: string }).id ?? "");
    if (store === null || isFor(office, store, who)) return true;
    problem(reply, "notFound", "Your stores have nothing of that id.");
    return false;
  }
  const named = [request.params, request.query, request.body].flatMap(storeNamedIn);
  const isAllowed =
    named.length === 0
      ? who.narrows === true || [...office.permissions.keys()].every((store) => isFor(office, store, who))
      : named.every((store) => isFor(office, store, who));
  if (isAllowed) return true;
  problem(
    reply,
    "otherStore",
    `Name a store in which your role may do this (${who.act}): ${storesFor(office, who.act).join(", ")}. What is about all of them, or about an account that others share, is for whoever may do it in all.`,
  );
  return false;
}

/** The stores in which whoever is signed in may do the route's act, null for all of them: what a route that `narrows` is about. */
export function ownStores(request: FastifyRequest): OwnStores {
  const who = request.routeOptions.config.who;
  invariant(who?.access === "office", "only a route of class office asks whose stores");
  const office = officeOf(request);
  const stores = [...office.permissions.keys()].filter((store) => isFor(office, store, who));
  return stores.length === office.permissions.size ? null : stores;
}

function isFor(office: OfficePass, store: string, { act, asks }: OfficeAccess): boolean {
  if (act === "own") return true;
  const permission = permitsInOffice(office, store, act);
  return permission === "allowed" || (asks === true && permission !== "refused");
}

async function storeOfNamed(parts: GatewayParts, of: "ofSale" | "ofPayment", id: string): Promise<string | null> {
  const table = of === "ofSale" ? "sale" : "payment_attempt";
  const row = await parts.database.selectFrom(table).select("store").where("id", "=", id).executeTakeFirst();
  return row?.store ?? null;
}

function storeNamedIn(part: unknown): readonly string[] {
  const { store } = (part ?? {}) as { readonly store?: unknown };
  return typeof store === "string" ? [store] : [];
}

/** True when a write says that it comes from the office's own page. */
export function isSameOrigin(parts: GatewayParts, request: FastifyRequest): boolean {
  const { origin } = request.headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  // by its public address, whatever a proxy in between makes of the request
  if (isOverTls(parts.config.gateway)) return origin === addressesOf(parts.config).office;
  return new URL(origin).host === request.host && request.hostname === parts.config.gateway.officeHost;
}

function isWrite(method: string): boolean {
  return method !== "GET" && method !== "HEAD";
}
