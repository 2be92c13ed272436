import { processNews } from "../../src/gateway/payments/news.ts";
import { pino } from "pino";
import type { TillId } from "../../src/domain/identifier.ts";
import type { Configuration } from "../../src/gateway/config.ts";
import { composeGateway, type Gateway } from "../../src/gateway/compose.ts";
import { gatewayKeys } from "../../src/gateway/keys/gateway-keys.ts";
import type { GatewayParts } from "../../src/gateway/parts.ts";
import { fillSampleShop, type SampleAccount, type ShownPin } from "../../src/gateway/sample-shop/fill.ts";
import { systemRandom } from "../../src/gateway/system-clock.ts";
import { makeActivationCode } from "../../src/gateway/tills/activation.ts";
import { adjustableClock, type AdjustableClock } from "../fakes/adjustable-clock.ts";
import { activatedTill, type SigningTill } from "../fakes/signing-till.ts";
import { freshDatabase, type FreshDatabase } from "./fresh-database.ts";

const sampleShop = { kind: "demo", seed: 1, products: 200 } as const;
export const testConfiguration: Configuration = {
  v: 1,
  gateway: { listen: "127.0.0.1", port: 8400, tillHost: "127.0.0.1", officeHost: "localhost" },
  sandbox: { on: true, listen: "127.0.0.1", port: 8401 },
  shop: sampleShop,
};

export type GatewayBench = {
  readonly gateway: Gateway;
  readonly parts: GatewayParts & { readonly clock: AdjustableClock };
  readonly fresh: FreshDatabase;
  readonly pins: readonly ShownPin[];
  /** Activates a till of the sample shop anew: `till-a1`, `till-a2` (one store), `till-b1` (another). */
  till(id: "till-a1" | "till-a2" | "till-b1"): Promise<SigningTill>;
  /** A second gateway process's worth of gateway on the same database. */
  another(): Promise<Gateway>;
};

/** The sample shop, or an own one without anything in it, on a database of its own, asked by `inject`. Time is real unless moved; jobs run when `gateway.start()` is called. */
export async function gatewayBench(
  replaced: Partial<GatewayParts> = {},
  accounts: readonly SampleAccount[] = [],
): Promise<GatewayBench> {
  const fresh = await freshDatabase();
  const clock = adjustableClock();
  const keys = gatewayKeys(
    { sealing: systemRandom.bytes(32), hashing: systemRandom.bytes(32), signing: systemRandom.bytes(32) },
    systemRandom,
  );
  const parts = {
    clock,
    random: systemRandom,
    database: fresh.open(),
    keys,
    config: testConfiguration,
    fetch,
    log: pino({ level: "silent" }),
    news: processNews(),
    pages: null,
    ...replaced,
  } as GatewayParts & { readonly clock: AdjustableClock };
  const pins = parts.config.shop.kind === "own" ? [] : await fillSampleShop(parts, sampleShop, accounts);
  const gateway = await composeGateway(parts);
  return {
    gateway,
    parts,
    fresh,
    pins,
    async till(id) {
      const { code } = await makeActivationCode(parts, id as TillId);
      return activatedTill(gateway.app.server, parts.clock, code);
    },
    another: () => composeGateway({ ...parts, database: fresh.open() }),
  };
}
