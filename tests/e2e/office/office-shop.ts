import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { build } from "vite";
import solid from "vite-plugin-solid";
import type { TillId } from "../../../src/domain/identifier.ts";
import { composeGateway } from "../../../src/gateway/compose.ts";
import type { Configuration } from "../../../src/gateway/config.ts";
import { gatewayKeys } from "../../../src/gateway/keys/gateway-keys.ts";
import { resetOwner } from "../../../src/gateway/office/owner.ts";
import type { Fetch } from "../../../src/gateway/exchange.ts";
import type { GatewayParts } from "../../../src/gateway/parts.ts";
import { processNews } from "../../../src/gateway/payments/news.ts";
import { fillSampleShop, type SampleAccount } from "../../../src/gateway/sample-shop/fill.ts";
import { openPostgres, roleOf } from "../../../src/gateway/store/database.ts";
import { migrate } from "../../../src/gateway/store/migrate.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import { makeActivationCode } from "../../../src/gateway/tills/activation.ts";
import { pinnedPost } from "../../../src/gateway/webhooks/post.ts";
import { startPostgres } from "../../../src/launch/postgres.mjs";
import { activatedTill, type SigningTill } from "../../fakes/signing-till.ts";
import { quickTimings, sandboxAtHand } from "../../integration/office/office-stage.ts";

const root = join(import.meta.dirname, "../../..");

/** A shop whose gateway listens: both pages on their own origins, real PostgreSQL, the sandbox in this process. */
export type OfficeShop = {
  readonly office: string;
  readonly tillAddress: string;
  readonly parts: GatewayParts;
  readonly folder: string;
  /** A new one-time password of the owner's. */
  password(): Promise<string>;
  till(id: string): Promise<SigningTill>;
  /** Stops answering, and answers again. */
  silence(isSilent: boolean): void;
  stop(): Promise<void>;
};

/** The provider accounts of a shop, and the only way to their sandbox. */
export type SandboxOfShop = { readonly accounts: readonly SampleAccount[]; readonly fetch: Fetch };

function oneWallet(timings: typeof quickTimings): SandboxOfShop {
  const { account, fetch } = sandboxAtHand(timings);
  return { accounts: [account], fetch };
}

/** Builds the pages and starts the shop, the sample shop or one with nothing in it, on a port that the system chooses. */
export async function openOfficeShop(
  timings: typeof quickTimings = quickTimings,
  sandbox: SandboxOfShop = oneWallet(timings),
  shop: Configuration["shop"] = { kind: "demo", seed: 1, products: 200 },
): Promise<OfficeShop> {
  const folder = mkdtempSync(join(tmpdir(), "kuantai-office-"));
  chmodSync(folder, 0o711);
  const [postgres] = await Promise.all([
    startPostgres({ folder, settings: ["fsync=off"] }),
    buildPages(join(folder, "page")),
  ]);
  const owner = openPostgres(postgres.ownerUrl, () => undefined, 1);
  await migrate(owner, roleOf(postgres.applicationUrl), systemClock.now());
  await owner.destroy();
  const port = await freePort();
  const { accounts, fetch } = sandbox;
  const parts: GatewayParts = {
    clock: systemClock,
    random: systemRandom,
    database: openPostgres(postgres.applicationUrl, () => undefined),
    keys: gatewayKeys(
      { sealing: systemRandom.bytes(32), hashing: systemRandom.bytes(32), signing: systemRandom.bytes(32) },
      systemRandom,
    ),
    config: {
      v: 1,
      gateway: { listen: "127.0.0.1", port, tillHost: "127.0.0.1", officeHost: "localhost" },
      sandbox: shop.kind === "own" ? { on: false } : { on: true, listen: "127.0.0.1", port: port + 1 },
      shop,
      webhooks: { privateAddresses: true },
    },
    fetch,
    webhookPost: pinnedPost,
    log: pino({ level: "silent" }),
    news: processNews(),
    pages: join(folder, "page"),
  };
  if (shop.kind === "demo") await fillSampleShop(parts, shop, accounts);
  const gateway = await composeGateway(parts);
  let isSilent = false;
  gateway.app.server.server.on("request", (request) => {
    if (isSilent) request.socket.destroy();
  });
  await gateway.start();
  await gateway.app.server.listen({ host: "127.0.0.1", port });
  return {
    office: `http://localhost:${port}`,
    tillAddress: `http://127.0.0.1:${port}`,
    parts,
    folder,
    password: () => resetOwner(parts),
    async till(id) {
      const { code } = await makeActivationCode(parts, id as TillId);
      return activatedTill(gateway.app.server, parts.clock, code);
    },
    silence: (next) => void (isSilent = next),
    async stop() {
      await gateway.stop();
      await parts.database.destroy();
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

/** The pages as they ship, without the till's service worker, which is tested elsewhere. */
export async function buildPages(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: "error",
    plugins: [solid()],
    worker: { format: "es" },
    build: {
      outDir,
      target: "chrome137",
      assetsInlineLimit: 0,
      copyPublicDir: false,
      rollupOptions: { input: { index: join(root, "index.html"), office: join(root, "office.html") } },
    },
  });
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((settle) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => settle(port));
    });
  });
}
