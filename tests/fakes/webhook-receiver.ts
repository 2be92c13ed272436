import { readFileSync } from "node:fs";
import { createServer, globalAgent } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const tls = join(import.meta.dirname, "../fixtures/tls");
const cert = readFileSync(join(tls, "localhost-cert.pem"), "utf8");
const key = readFileSync(join(tls, "localhost-key.pem"), "utf8");

export type Received = { readonly headers: Record<string, string>; readonly body: string };
/** A server that hears webhooks over TLS; this process trusts its certificate until it stops. */
export type WebhookReceiver = {
  readonly address: string;
  readonly received: Received[];
  /** What it answers from now on. */
  answer(status: number): void;
  stop(): Promise<void>;
};

/** Listens on a port that the system chooses. */
export async function webhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  let status = 200;
  const server = createServer({ cert, key }, (request, reply) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      received.push({
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(parts).toString("utf8"),
      });
      reply.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const trusted = globalAgent.options.ca;
  globalAgent.options.ca = cert;
  return {
    address: `https://localhost:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: (next) => void (status = next),
    async stop() {
      globalAgent.options.ca = trusted;
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}
