import { request as httpRequest, Agent } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pino } from "pino";
import type { TillId } from "../../src/domain/identifier.ts";
import { composeGateway } from "../../src/gateway/compose.ts";
import { readConfiguration } from "../../src/gateway/config.ts";
import type { Fetch } from "../../src/gateway/exchange.ts";
import { readKeyFile } from "../../src/gateway/keys/key-file.ts";
import type { GatewayParts } from "../../src/gateway/parts.ts";
import { processNews } from "../../src/gateway/payments/news.ts";
import { openPostgres } from "../../src/gateway/store/database.ts";
import { systemClock, systemRandom } from "../../src/gateway/system-clock.ts";
import { makeActivationCode } from "../../src/gateway/tills/activation.ts";
import type { Shop } from "../e2e/story/shop.ts";
import { activatedTill, type SigningTill } from "../fakes/signing-till.ts";
import type { Stage } from "./bench.ts";

/** One question to the provider: when it left the gateway, and how long until the last byte of its answer. */
export type Exchange = { readonly startedAt: number; readonly ms: number };
/** The newest question about each order or refund, by its number. */
export type Exchanges = ReadonlyMap<string, Exchange>;

export type TimedGateway = { readonly till: SigningTill; readonly exchanges: Exchanges; stop(): Promise<void> };

/**
 * A gateway in this process, on the shop's PostgreSQL with fsync, asked over HTTP, whose questions to the sandbox's process are
 * timed. The asking till shares the process, so its signing counts against the gateway. `till` has no other user.
 */
export async function timedGateway(stage: Stage, till = "till-a2"): Promise<TimedGateway> {
  const shop = await stage.shop();
  const exchanges = new Map<string, Exchange>();
  const parts = partsOf(shop, timedFetch(exchanges));
  const gateway = await composeGateway(parts);
  await gateway.app.server.listen({ host: "127.0.0.1", port: 0 });
  const { port } = gateway.app.server.server.address() as AddressInfo;
  const { code } = await makeActivationCode(parts, till as TillId);
  return {
    till: await activatedTill({ inject: overHttp(port) } as never, systemClock, code),
    exchanges,
    stop: async () => {
      await gateway.stop();
      await parts.database.destroy();
    },
  };
}

function partsOf(shop: Shop, fetchTimed: Fetch): GatewayParts {
  return {
    clock: systemClock,
    random: systemRandom,
    database: openPostgres(shop.applicationUrl, (trouble) => console.error(trouble.message)),
    keys: readKeyFile(join(shop.folder, "keys.json"), systemRandom),
    config: readConfiguration(join(shop.folder, "kuantai.json")).config!,
    fetch: fetchTimed,
    log: pino({ level: "silent" }),
    news: processNews(),
    pages: null,
  };
}

function timedFetch(exchanges: Map<string, Exchange>): Fetch {
  return async (url, init) => {
    const startedAt = performance.now();
    const answer = await fetch(url, init);
    const body = await answer.arrayBuffer();
    const asked = JSON.parse(String(init.body ?? "{}")) as {
      readonly out_trade_no?: string;
      readonly out_refund_no?: string;
    };
    const number = asked.out_refund_no ?? asked.out_trade_no;
    if (number !== undefined) exchanges.set(number, { startedAt, ms: performance.now() - startedAt });
    return new Response(body, { status: answer.status, headers: answer.headers });
  };
}

type Ask = {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload?: string;
};

/** Asks over a kept connection as the tests' till asks in memory. */
function overHttp(port: number) {
  const agent = new Agent({ keepAlive: true, noDelay: true });
  return ({ method, url, headers, payload = "" }: Ask): Promise<unknown> =>
    new Promise((done, failed) => {
      const asking = httpRequest({ agent, host: "127.0.0.1", port, method, path: url, headers }, (answer) => {
        let body = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => (body += chunk));
        answer.on("end", () => done({ statusCode: answer.statusCode, body, json: () => JSON.parse(body) as unknown }));
      });
      asking.on("error", failed);
      asking.end(payload);
    });
}
