import { syncBuiltinESMExports } from "node:module";
import crypto, { scryptSync } from "node:crypto";
import { instant, plusMs, sleep } from "../../src/domain/clock.ts";
import type { TillId } from "../../src/domain/identifier.ts";
import { gatewayKeys } from "../../src/gateway/keys/gateway-keys.ts";
import { wechatPayTimings } from "../../src/gateway/providers/wechat-pay/wechat-pay.ts";
import { fillSampleShop } from "../../src/gateway/sample-shop/fill.ts";
import { sampleStaff } from "../../src/gateway/sample-shop/shop.ts";
import { makeActivationCode } from "../../src/gateway/tills/activation.ts";
import { testKeys } from "../conformance/providers/wechat-stage.ts";
import { serveCustomer, tidyParked, toSelling, type Counter } from "./cashier.ts";
import { takeEvidence, type Evidence } from "./evidence.ts";
import { dice } from "./seeded.ts";
import { simulatedBrowser } from "./simulated-browser.ts";
import { simulatedDatabase } from "./simulated-database.ts";
import { simulatedNetwork, type RunningGateway } from "./simulated-network.ts";
import { startGateway, startTill, type RunningTill } from "./simulated-processes.ts";
import { simulatedProvider } from "./simulated-provider.ts";
import { startProcess, virtualTime, type VirtualTime } from "./virtual-time.ts";

/** Half an hour before the business day is cut. */
const opensAt = instant(Date.parse("2026-11-24T03:30:00+08:00"));
const dayMaxMs = 4 * 3_600_000;

export type ShopDay = { readonly seed: number; readonly sales: number };

/** Plays one till's day with the faults that `seed` draws, lets everything drain, and takes the evidence from outside. */
export async function playDay({ seed, sales }: ShopDay): Promise<Evidence> {
  makeScryptImmediate();
  const time = virtualTime(opensAt);
  const shop = await openShop(time, seed);
  const day = (async (): Promise<void> => {
    await shop.open();
    const faults = shop.causeFaults();
    for (let served = 0; served < sales; served++) await serveCustomer(shop.counter);
    shop.calm();
    await faults;
    await shop.drain();
  })();
  await time.run(day, plusMs(opensAt, dayMaxMs)).catch((trouble: unknown) => {
    throw new Error(`seed ${seed}, ${sales} customers: ${String(trouble)}; the till shows ${shop.shown()}`, { cause: trouble });
  });
  const evidence = await time.run(shop.evidence(), plusMs(opensAt, 2 * dayMaxMs));
  return evidence;
}

async function openShop(time: VirtualTime, seed: number) {
  const stream = (name: string) => dice(seed, name);
  const database = await simulatedDatabase(time);
  const provider = simulatedProvider(time, stream("sandbox"), stream("provider line"));
  const browser = simulatedBrowser(time);
  const chaos = stream("chaos");
  const hand = stream("cashier");
  const trouble: string[] = [];
  const keyBytes = stream("keys");
  const secrets = { sealing: keyBytes.bytes(32), hashing: keyBytes.bytes(32), signing: keyBytes.bytes(32) };
  const keys = gatewayKeys(secrets, stream("sealing"));
  const pins = new Map<string, string>();
  const skewMs = chaos.between(-20_000, 20_000);
  const persisted = chaos.chance(50);
  let gateway: RunningGateway | null = null;
  let till: RunningTill | null = null;
  let started = 0;
  let isCalm = true;
  const network = simulatedNetwork({ time, dice: stream("network"), gateway: () => gateway });
  const counts = { tillRestarts: 0, gatewayRestarts: 0 };

  const newGateway = async () => {
    const made = await startGateway({ time, database, provider, keys, trouble, random: stream(`gateway ${started++}`) });
    await made.gateway.start();
    gateway = made;
    return made;
  };
  const newTill = async (): Promise<RunningTill> => {
    const random = stream(`till ${started++}`);
    return (till = await startTill({ time, browser, network, random, skewMs, persisted }));
  };
  const restartTill = async (downMs: number): Promise<void> => {
    if (till === null) return;
    counts.tillRestarts++;
    till.process.kill();
    till = null;
    await sleep(time.clock, downMs);
    await newTill();
  };
  const restartGateway = async (downMs: number): Promise<void> => {
    counts.gatewayRestarts++;
    gateway?.process.kill();
    gateway = null;
    await sleep(time.clock, downMs);
    await newGateway();
  };
  const counter: Counter = {
    time,
    dice: hand,
    till: () => till,
    pins,
    shown: { codes: 0 },
    beforePress() {
      if (isCalm || !chaos.chance(0.7)) return;
      const downMs = chaos.between(1_000, 8_000);
      time.interruptAfter(chaos.between(0, 30), () => void restartTill(downMs));
    },
  };
  const oneFault = async (): Promise<void> => {
    switch (chaos.pick(["away", "stream", "silentStream", "gateway", "till"])) {
      case "away":
        network.cut();
        await sleep(time.clock, chaos.between(5_000, 180_000));
        return network.restore();
      case "stream":
        return network.cutStreams(false);
      case "silentStream":
        return network.cutStreams(true);
      case "gateway":
        return restartGateway(chaos.between(500, 20_000));
      default:
        return restartTill(chaos.between(1_000, 8_000));
    }
  };

  return {
    counter,
    /** What stands on the till's screen, for the report of a day that does not end. */
    shown(): string {
      const state = till?.register.state.get();
      return JSON.stringify({ phase: state?.phase, counter: state?.counter, sale: state?.sale?.state, parked: state?.parked, connection: state?.connection, fault: state?.storage.fault, notice: state?.notice, trouble: trouble.slice(-2) });
    },
    async open(): Promise<void> {
      const made = await newGateway();
      const shown = await fillSampleShop(made.parts, { seed: 1, products: 200 }, sandboxAccount);
      for (const person of sampleStaff) pins.set(person.id, shown.find(({ name }) => name === person.name)?.pin ?? "");
      const first = await newTill();
      while (first.register.state.get().phase !== "signOn") {
        // a code whose answer was lost is spent: the office makes another
        const { code } = await makeActivationCode(made.parts, "till-a1" as TillId);
        await first.register.activate(code);
        await sleep(time.clock, 1_000);
      }
      isCalm = false;
    },
    async causeFaults(): Promise<void> {
      while (!isCalm) {
        await sleep(time.clock, chaos.between(20_000, 200_000));
        if (!isCalm) await oneFault();
      }
    },
    calm(): void {
      isCalm = true;
      network.calm();
      provider.calm();
    },
    async drain(): Promise<void> {
      const reader = database.open(startProcess(time, 0));
      for (;;) {
        await sleep(time.clock, 5_000);
        await toSelling(counter);
        const state = till?.register.state.get();
        if (state?.sale !== null && state?.sale !== undefined) await serveCustomer(counter);
        const isTidy = await tidyParked(counter);
        const jobs = await reader.selectFrom("job").select("id").where("kind", "<>", "sweep").execute();
        const isSent = till?.register.state.get().connection.unsent === 0;
        if (isTidy && isSent && jobs.length === 0 && till?.register.state.get().sale === null) return;
      }
    },
    evidence: () =>
      takeEvidence({ database: database.open(startProcess(time, 0)), browser, provider, network, trouble, counts, process: startProcess(time, 0) }),
  };
}

const sandboxAccount = {
  id: "wechat-sandbox",
  timings: wechatPayTimings,
  credentials: {
    baseUrl: "https://wechat.invalid",
    mchid: testKeys.mchid,
    appid: testKeys.appid,
    merchantSerial: testKeys.merchant.serial_no,
    merchantPrivateKeyPem: testKeys.merchant.private_key_pem,
    platformKeys: [{ serial: testKeys.wechatpay_public_key.id, publicKeyPem: testKeys.wechatpay_public_key.public_key_pem }],
  },
};

const stretched = new Map<string, Buffer>();

/** scrypt answers from another thread after a real while; here it answers at once, so that a seed repeats the order of things. */
function makeScryptImmediate(): void {
  crypto.scrypt = ((pin: string, salt: Uint8Array, length: number, options: object, done: (trouble: Error | null, key: Buffer) => void) => {
    const key = `${pin}/${Buffer.from(salt).toString("hex")}`;
    const secret = stretched.get(key) ?? scryptSync(pin, salt, length, options);
    stretched.set(key, secret);
    done(null, secret);
  }) as typeof crypto.scrypt;
  syncBuiltinESMExports();
}
