import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pageFile } from "./page-files.ts";
import type { Sandbox } from "./sandbox.ts";

/** A larger request is refused. */
const bodyBytesMax = 1024 * 1024;
const hostPattern = /^(?:[0-9A-Za-z.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;

/** Serves `sandbox` and, from `pageFolder` (null: none), the wallet page. The caller listens and closes. */
export function createSandboxServer(sandbox: Sandbox, pageFolder: string | null): Server {
  return createServer((request, response) => {
    answer(request, response, sandbox, pageFolder).catch((fault: unknown) => {
      process.stderr.write(`sandbox: ${fault instanceof Error ? fault.message : "unknown fault"}\n`);
      response.destroy();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  sandbox: Sandbox,
  pageFolder: string | null,
): Promise<void> {
  const body = await readBody(request);
  if (body === null) {
    response.writeHead(413).end();
    return;
  }
  const url = request.url ?? "/";
  if (!sandbox.serves(url)) {
    const file = request.method === "GET" && pageFolder !== null ? pageFile(pageFolder, url) : null;
    response.writeHead(file === null ? 404 : 200, file === null ? {} : file.headers).end(file?.body);
    return;
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
  const told = await sandbox.handle({ method: request.method ?? "GET", url, headers, body, ...originOf(headers) });
  if (told.kind === "cut") {
    request.socket.destroy();
    return;
  }
  const bytes = told.bytes ?? Buffer.from(told.body, "utf8");
  response.writeHead(told.status, {
    ...told.headers,
    ...(bytes.length === 0 ? {} : { "Content-Length": bytes.length }),
  });
  response.end(bytes);
}

/** Where the caller sent it to, by its Host header. */
function originOf(headers: Readonly<Record<string, string>>): { readonly origin?: string } {
  const host = headers["host"] ?? "";
  return hostPattern.test(host) ? { origin: `http://${host}` } : {};
}

/** The whole body, or null when it is longer than `bodyBytesMax`. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyBytesMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
