import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { GatewayParts } from "../parts.ts";
import type { RouteAccess } from "./access.ts";

export type GatewayServer = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Adds routes to the gateway; each names its class in `config.who`. */
export type RouteGroup = (server: GatewayServer, parts: GatewayParts) => void;

/** One line of the table of routes × wrong callers. */
export type RouteLine = { readonly method: string; readonly path: string; readonly who: RouteAccess };
