import helmet from "@fastify/helmet";
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type RawServerDefault,
} from "fastify";
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import { gatewayTimeHeader } from "../contract/version.ts";
import type { Cancel, Clock } from "../domain/clock.ts";
import { isOverTls } from "./config.ts";
import type { GatewayParts } from "./parts.ts";
import { accessOf, checkCaller, checkHost, checkStore } from "./routes/access.ts";
import { describeApi } from "./routes/open-api.ts";
import { servePages } from "./routes/pages.ts";
import { problem } from "./routes/problem.ts";
import { proxiesIn } from "./start/configuration-faults.ts";
import type { GatewayServer, RouteGroup, RouteLine } from "./routes/route.ts";

export type GatewayApp = { readonly server: GatewayServer; readonly routes: readonly RouteLine[] };

/** A journal batch of 500 long sales fits; nothing a till sends is larger. */
const bodyBytesMax = 8 * 1024 * 1024;
/** A path with two ids is far below this. */
const parameterLengthMax = 128;
/** A browser that was here once never asks without TLS again for a year. */
const strictSeconds = 365 * 86_400;
/** While it closes, this often connections that have fallen idle are closed. */
const idleCheckMs = 20;

const contentSecurity = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", "blob:", "data:"],
  mediaSrc: ["'self'", "blob:"],
  connectSrc: ["'self'"],
  workerSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/**
 * The gateway as a server that is not listening yet (`inject` works on it at once). Every route says who may call it, or
 * the gateway does not start; every answer, refusals too, carries the gateway's time.
 */
export async function createGatewayApp(parts: GatewayParts, groups: readonly RouteGroup[]): Promise<GatewayApp> {
  const routes: RouteLine[] = [];
  const server = fastify({
    loggerInstance: parts.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyBytesMax,
    routerOptions: { maxParamLength: parameterLengthMax },
    forceCloseConnections: "idle",
    ...throughProxy(parts),
    ...(parts.tls === undefined || parts.tls === null ? {} : { https: parts.tls }),
  } as FastifyHttpOptions<RawServerDefault>).withTypeProvider<ZodTypeProvider>();
  server.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurity },
    crossOriginOpenerPolicy: { policy: "same-origin-allow-popups" },
    strictTransportSecurity: isOverTls(parts.config.gateway) && { maxAge: strictSeconds, includeSubDomains: false },
    referrerPolicy: { policy: "no-referrer" },
  });
  server.addHook("onRoute", (route) => {
    for (const method of [route.method].flat())
      routes.push({ method, path: route.url, who: accessOf(route.config, `${method} ${route.url}`) });
  });
  readBodies(server);
  guard(server, parts);
  answerTrouble(server);
  closeConnections(server, parts.clock);
  await describeApi(server);
  for (const group of groups) group(server, parts);
  if (parts.pages !== null) await servePages(server, parts, parts.pages);
  return { server, routes };
}

/** What a proxy says of host, scheme and client counts only when it comes from where the configuration says the proxy is. */
function throughProxy({ config }: GatewayParts): Pick<FastifyHttpOptions<RawServerDefault>, "trustProxy"> {
  const from = config.gateway.proxy?.from;
  return from === undefined ? {} : { trustProxy: proxiesIn(from) };
}

/** Bodies stay raw until the caller is known: the signature is over the bytes as they came. */
function readBodies(server: GatewayServer): void {
  server.decorateRequest("rawBody");
  server.decorateRequest("till", null);
  server.decorateRequest("office", null);
  server.decorateRequest("api", null);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (request, body, done) => {
    request.rawBody = body as Buffer;
    done(null, body);
  });
}

function guard(server: GatewayServer, parts: GatewayParts): void {
  server.addHook("onRequest", async (request, reply) => {
    request.rawBody = Buffer.alloc(0);
    if (!checkHost(parts, request, reply)) return reply;
  });
  server.addHook("preValidation", async (request, reply) => {
    if (!(await checkCaller(parts, request, reply))) return reply;
    // a provider's body has its own form, and its adapter reads it; so does a file that is handed in
    const { who, isFile } = request.routeOptions.config;
    if (request.rawBody.length === 0 || who?.access === "notify" || isFile === true) return;
    const body = parseJson(request.rawBody);
    if (body === undefined) return problem(reply, "badRequest", "The body is not JSON.");
    request.body = body;
  });
  server.addHook("preHandler", async (request, reply) => {
    if (!(await checkStore(parts, request, reply))) return reply;
  });
  server.addHook("onSend", async (_request, reply) => {
    reply.header(gatewayTimeHeader, String(parts.clock.now()));
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
  });
  server.addHook("onResponse", async (request, reply) => {
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? "?",
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      till: request.till?.id,
    };
    if (reply.statusCode >= 500) request.log.error(line, "answered");
    else request.log.info(line, "answered");
  });
}

/**
 * A connection that was busy when the gateway began to close is idle a moment later, and browsers keep idle ones for a
 * minute: they are closed as they fall idle, so that stopping takes as long as the requests in flight, not longer.
 */
function closeConnections(server: GatewayServer, clock: Clock): void {
  let cancel: Cancel | null = null;
  const close = (): void => {
    server.server.closeIdleConnections();
    cancel = clock.after(idleCheckMs, close);
  };
  server.addHook("preClose", async () => {
    if (!server.server.listening) return;
    server.server.once("close", () => cancel?.());
    close();
  });
}

function answerTrouble(server: GatewayServer): void {
  server.setNotFoundHandler((request, reply) => problem(reply, "notFound", `${request.method} has no such path.`));
  server.setErrorHandler(
    (trouble: Error & { readonly statusCode?: number; readonly validation?: unknown }, request, reply) => {
      if (trouble.validation !== undefined)
        return problem(reply, "badRequest", `Not of this route's form: ${trouble.message}`.slice(0, 400));
      if (trouble.statusCode !== undefined && trouble.statusCode < 500)
        return problem(reply, "badRequest", trouble.message.slice(0, 200));
      request.log.error(
        {
          route: request.routeOptions.url,
          trouble: { name: trouble.name, message: trouble.message, stack: trouble.stack },
        },
        "broke",
      );
      return problem(reply, "internal", "The gateway's log says what broke.");
    },
  );
}

/** The one place where a caller's JSON may be broken; undefined says that it is. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    // whatever is wrong with it, the caller is told the same
    return undefined;
  }
}
