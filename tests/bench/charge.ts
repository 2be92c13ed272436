import { request as httpRequest, Agent } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pino } from "pino";
import type { PaymentId, SaleId, TillId } from "../../src/domain/identifier.ts";
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
import { newId, sampleSale } from "../fakes/sample-sale.ts";
import { activatedTill, type SigningTill } from "../fakes/signing-till.ts";
import type { Stage } from "./bench.ts";
import { timed, type Row } from "./figures.ts";

const charges = 240;
const warm = 40;
const overheadMsMax = 10;

/** The provider's part of each charge: from the gateway's request to the last byte of its answer, by the order's number. */
type Exchanges = { readonly fetch: Fetch; readonly ms: Map<string, number> };

/**
 * PUT /v1/payments over HTTP, on PostgreSQL with fsync, against the sandbox's process; less the time of the one exchange with
 * it. The asking till shares the gateway's process, so its signing counts against the gateway.
 */
export async function measureCharges(stage: Stage): Promise<readonly Row[]> {
  const shop = await stage.shop();
  const exchanges = timedFetch();
  const parts = partsOf(shop, exchanges.fetch);
  const gateway = await composeGateway(parts);
  await gateway.app.server.listen({ host: "127.0.0.1", port: 0 });
  const { port } = gateway.app.server.server.address() as AddressInfo;
  const { code } = await makeActivationCode(parts, "till-a2" as TillId);
  const till = await activatedTill({ inject: overHttp(port) } as never, systemClock, code);
  await chargeMany(till, exchanges, warm, 1);
  const alone = await chargeMany(till, exchanges, charges, 1);
  const together = await chargeMany(till, exchanges, charges, 8);
  await gateway.stop();
  await parts.database.destroy();
  return [
    timed("charge, gateway's own time, one at a time", alone.own, 0.95, overheadMsMax),
    timed("  the provider's", alone.provider, 0.95, null),
    timed("charge, gateway's own time, eight at once", together.own, 0.95, overheadMsMax),
    timed("  the provider's", together.provider, 0.95, null),
  ];
}

function partsOf(shop: Shop, fetchTimed: Fetch): GatewayParts {
  return {
    clock: systemClock,
    random: systemRandom,
    database: openPostgres(shop.applicationUrl, (trouble) => console.error(trouble.message)),
    keys: readKeyFile(join(shop.folder, "keys.json"), systemRandom),
    config: readConfiguration(join(shop.folder, "kuantai.json")),
    fetch: fetchTimed,
    log: pino({ level: "silent" }),
    news: processNews(),
    pages: null,
  };
}

function timedFetch(): Exchanges {
  const figures = new Map<string, number>();
  return {
    ms: figures,
    fetch: async (url, init) => {
      const startedAt = performance.now();
      const answer = await fetch(url, init);
      const body = await answer.arrayBuffer();
      const { out_trade_no: order } = JSON.parse(String(init.body ?? "{}")) as { readonly out_trade_no?: string };
      if (order !== undefined) figures.set(order, performance.now() - startedAt);
      return new Response(body, { status: answer.status, headers: answer.headers });
    },
  };
}

async function chargeMany(
  till: SigningTill,
  exchanges: Exchanges,
  count: number,
  atOnce: number,
): Promise<{ readonly own: number[]; readonly provider: number[] }> {
  const own: number[] = [];
  const provider: number[] = [];
  let left = count;
  const oneByOne = async (): Promise<void> => {
    while (left-- > 0) {
      const { id, ms } = await chargeOnce(till);
      const theirs = exchanges.ms.get(id);
      if (theirs === undefined) throw new Error(`the provider was not asked for ${id}`);
      own.push(ms - theirs);
      provider.push(theirs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, oneByOne));
  return { own, provider };
}

async function chargeOnce(till: SigningTill): Promise<{ readonly id: string; readonly ms: number }> {
  const { tag } = till.answer.settings;
  const id = newId<PaymentId>(tag);
  const body = {
    v: 1,
    deadline: systemClock.now() + 10_000,
    amount: 4_560,
    currency: "CNY",
    channel: "wechat",
    code: `130000${String(Math.floor(Math.random() * 1e12)).padStart(12, "0")}`,
    sale: sampleSale(newId<SaleId>(tag), 4_560).sale,
    entry: { series: till.answer.series, number: 1 },
  };
  const startedAt = performance.now();
  const answer = await till.ask({ method: "PUT", path: `/v1/payments/${id}`, body });
  const ms = performance.now() - startedAt;
  if (answer.json().state !== "captured") throw new Error(`a charge was not captured: ${answer.body}`);
  return { id, ms };
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
