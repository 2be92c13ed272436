import { sleep } from "../../src/domain/clock.ts";
import type { TillId } from "../../src/domain/identifier.ts";
import { gatewayKeys } from "../../src/gateway/keys/gateway-keys.ts";
import type { GatewayParts } from "../../src/gateway/parts.ts";
import { wechatPayTimings } from "../../src/gateway/providers/wechat-pay/wechat-pay.ts";
import { fillSampleShop } from "../../src/gateway/sample-shop/fill.ts";
import { sampleStaff } from "../../src/gateway/sample-shop/shop.ts";
import { makeActivationCode } from "../../src/gateway/tills/activation.ts";
import { testKeys } from "../conformance/providers/wechat-stage.ts";
import { takeEvidence, type Evidence } from "./evidence.ts";
import { makeScryptImmediate } from "./quick-scrypt.ts";
import { dice, type Dice } from "./seeded.ts";
import { simulatedBrowser, type SimulatedBrowser } from "./simulated-browser.ts";
import { simulatedDatabase, type SimulatedDatabase } from "./simulated-database.ts";
import { simulatedNetwork, type RunningGateway, type SimulatedNetwork } from "./simulated-network.ts";
import { startGateway, startTill, type RunningTill } from "./simulated-processes.ts";
import { simulatedProvider, type SimulatedProvider } from "./simulated-provider.ts";
import { startProcess, type VirtualTime } from "./virtual-time.ts";

/** One till, the gateway behind it and everything that outlives the two, in one process. */
export type Shop = {
  readonly time: VirtualTime;
  readonly database: SimulatedDatabase;
  readonly provider: SimulatedProvider;
  readonly browser: SimulatedBrowser;
  readonly network: SimulatedNetwork;
  /** PINs by person. */
  readonly pins: ReadonlyMap<string, string>;
  readonly counts: { tillRestarts: number; gatewayRestarts: number };
  till(): RunningTill | null;
  gateway(): (RunningGateway & { readonly parts: GatewayParts }) | null;
  /** Fills the sample shop, starts both sides and activates the till. */
  open(): Promise<void>;
  /** Kills the till's window in the middle of whatever it does; another one opens after `downMs`. */
  restartTill(downMs: number): Promise<void>;
  /** The same for the gateway's process. */
  restartGateway(downMs: number): Promise<void>;
  /** From now on no request is lost, doubled or late. */
  calm(): void;
  /** Jobs of the gateway that are still to be done, besides its sweeping. */
  jobsLeft(): Promise<number>;
  evidence(): Promise<Evidence>;
};

/** A shop in which everything that is random comes from `seed`. */
export async function makeShop(time: VirtualTime, seed: number): Promise<Shop> {
  makeScryptImmediate();
  const stream = (name: string): Dice => dice(seed, name);
  const database = await simulatedDatabase(time);
  const provider = simulatedProvider(time, stream("sandbox"), stream("provider line"));
  const browser = simulatedBrowser(time);
  const keys = keysOf(stream("keys"), stream("sealing"));
  const window = stream("window");
  const skewMs = window.between(-20_000, 20_000);
  const persisted = window.chance(50);
  const pins = new Map<string, string>();
  const trouble: string[] = [];
  const counts = { tillRestarts: 0, gatewayRestarts: 0 };
  let gateway: ReturnType<Shop["gateway"]> = null;
  let till: RunningTill | null = null;
  let started = 0;
  const network = simulatedNetwork({ time, dice: stream("network"), gateway: () => gateway });
  const newGateway = async () => {
    const made = await startGateway({
      time,
      database,
      provider,
      keys,
      trouble,
      random: stream(`gateway ${started++}`),
    });
    await made.gateway.start();
    gateway = made;
    return made;
  };
  const newTill = async (): Promise<RunningTill> => {
    const random = stream(`till ${started++}`);
    till = await startTill({ time, browser, network, random, skewMs, persisted });
    return till;
  };
  const open = async (): Promise<void> => {
    const { parts } = await newGateway();
    const shown = await fillSampleShop(parts, { seed: 1, products: 200 }, [sandboxAccount]);
    for (const { id, name } of sampleStaff) pins.set(id, shown.find((pin) => pin.name === name)?.pin ?? "");
    const { register } = await newTill();
    while (register.state.get().phase !== "signOn") {
      // a code whose answer was lost is spent: the office makes another
      const { code } = await makeActivationCode(parts, "till-a1" as TillId);
      await register.activate(code);
      await sleep(time.clock, 1_000);
    }
  };
  const outside = startProcess(time, 0);
  const reader = database.open(outside);
  return {
    time,
    database,
    provider,
    browser,
    network,
    pins,
    counts,
    open,
    till: () => till,
    gateway: () => gateway,
    async restartTill(downMs) {
      if (till === null) return;
      counts.tillRestarts++;
      till.process.kill();
      till = null;
      await sleep(time.clock, downMs);
      await newTill();
    },
    async restartGateway(downMs) {
      counts.gatewayRestarts++;
      gateway?.process.kill();
      gateway = null;
      await sleep(time.clock, downMs);
      await newGateway();
    },
    calm() {
      network.calm();
      provider.calm();
    },
    jobsLeft: async () => (await reader.selectFrom("job").select("id").where("kind", "<>", "sweep").execute()).length,
    evidence: () => takeEvidence({ database: reader, browser, provider, network, trouble, counts, process: outside }),
  };
}

function keysOf(bytes: Dice, sealing: Dice) {
  return gatewayKeys({ sealing: bytes.bytes(32), hashing: bytes.bytes(32), signing: bytes.bytes(32) }, sealing);
}

const sandboxAccount = {
  id: "wechat-sandbox",
  provider: "wechat-pay",
  channel: "wechat" as const,
  timings: wechatPayTimings,
  credentials: {
    baseUrl: "https://wechat.invalid",
    mchid: testKeys.mchid,
    appid: testKeys.appid,
    merchantSerial: testKeys.merchant.serial_no,
    merchantPrivateKeyPem: testKeys.merchant.private_key_pem,
    platformKeys: [
      { serial: testKeys.wechatpay_public_key.id, publicKeyPem: testKeys.wechatpay_public_key.public_key_pem },
    ],
  },
};
