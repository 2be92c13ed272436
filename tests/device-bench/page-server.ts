import { createServer, type Server } from "node:http";
import { extname } from "node:path";
import { build } from "vite";
import { testPorts } from "./chromium.ts";

/** As the gateway sends it: what the decoder or the printer needs must be allowed there, not only here. */
const contentSecurityPolicy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'";

/** A page of ours, served where Chromium's policy grants devices. */
export type TestPage = { readonly url: string; close(): Promise<void> };

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

/**
 * Builds `entry` (a module of this project, whose exports become `window.bench`) as the real page is built, and serves it on
 * the first free test port.
 */
export async function servePage(entry: string): Promise<TestPage> {
  const files = await buildFiles(entry);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const body = files.get(path);
    response.writeHead(body === undefined ? 404 : 200, {
      "content-type": types[extname(path === "/" ? "/index.html" : path)] ?? "application/octet-stream",
      "content-security-policy": contentSecurityPolicy,
    });
    response.end(body);
  });
  const port = await listenOnTestPort(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Listens on the first test port that nobody uses; rejects when all are taken. */
export async function listenOnTestPort(server: Server): Promise<number> {
  for (const port of testPorts) {
    const listening = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    server.removeAllListeners("error");
    if (listening) return port;
  }
  throw new Error(`Every test port from ${testPorts[0]} to ${testPorts.at(-1)} is taken.`);
}

async function buildFiles(entry: string): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const page = "virtual:page";
  const built = await build({
    configFile: false,
    logLevel: "error",
    worker: { format: "es" },
    plugins: [
      {
        name: "page",
        resolveId: (id) => (id === page ? `\0${page}` : null),
        load: (id) =>
          id === `\0${page}` ? `import * as bench from ${JSON.stringify(entry)}; window.bench = bench;` : null,
      },
    ],
    build: {
      write: false,
      minify: false,
      target: "chrome137",
      assetsInlineLimit: 0,
      modulePreload: false,
      rollupOptions: { input: { page }, output: { entryFileNames: "[name].js" } },
    },
  });
  if (!("output" in built)) throw new Error("the page was not built as one bundle");
  return new Map<string, string | Uint8Array>([
    [
      "/",
      `<!doctype html><meta charset="utf-8"><title>bench</title><body><script type="module" src="/page.js"></script>`,
    ],
    ...built.output.map((file) => [`/${file.fileName}`, file.type === "chunk" ? file.code : file.source] as const),
  ]);
}
