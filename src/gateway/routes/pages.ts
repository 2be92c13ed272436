import fastifyStatic from "@fastify/static";
import type { GatewayParts } from "../parts.ts";
import { problem } from "./problem.ts";
import type { GatewayServer } from "./route.ts";

/** What one origin never serves of the other's: a till's worker or page under the office's host, and the reverse. */
const tillOnly = /^(?:index\.html|service-worker\.js|manifest\.webmanifest|workbox-.*)$/;
const officeOnly = /^office\.html$/;
const neverServed = /^wallet\.html$|\.map$/;
const hashed = /^assets\//;
const pagePaths: { readonly [path: string]: true } = { "": true, display: true };

/** Serves the built pages: till and display under the till's host, the office under its own. */
export async function servePages(server: GatewayServer, parts: GatewayParts, root: string): Promise<void> {
  await server.register(fastifyStatic, { root, serve: false, cacheControl: false });
  server.get("/*", { config: { who: { access: "open", host: "both" } } }, (request, reply) => {
    const isOffice = request.hostname === parts.config.gateway.officeHost;
    const path = (request.params as { readonly "*": string })["*"];
    const file = pagePaths[path] === true ? (isOffice ? "office.html" : "index.html") : path;
    if (file.startsWith("v1/") || neverServed.test(file) || (isOffice ? tillOnly : officeOnly).test(file))
      return problem(reply, "notFound", "There is no such page.");
    return reply
      .header("cache-control", hashed.test(file) ? "public, max-age=31536000, immutable" : "no-cache")
      .sendFile(file);
  });
}
