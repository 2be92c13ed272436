import { sleep } from "../../src/domain/clock.ts";
import type { TillId } from "../../src/domain/identifier.ts";
import type { Fetch as ProviderFetch } from "../../src/gateway/exchange.ts";
import { gatewayKeys } from "../../src/gateway/keys/gateway-keys.ts";
import type { GatewayParts } from "../../src/gateway/parts.ts";
import { makeActivationCode } from "../../src/gateway/tills/activation.ts";
import { takeEvidence, type Evidence } from "./evidence.ts";
import { simulatedPhones, type Phones } from "./phones.ts";
import { makeScryptImmediate } from "./quick-scrypt.ts";
import { dice, type Dice } from "./seeded.ts";
import { simulatedDatabase, type SimulatedDatabase } from "./simulated-database.ts";
import type { Fetch, RunningGateway } from "./simulated-network.ts";
import { startGateway } from "./simulated-processes.ts";
import { simulatedProvider, type SimulatedProvider } from "./simulated-provider.ts";
import { stockShop } from "./stocked-shop.ts";
import { tillPlace, type TillPlace } from "./till-place.ts";
import { startProcess, type VirtualTime } from "./virtual-time.ts";

/** A bug put between the parts, to see that the checks find it. */
export type Plant = {
  /** In place of what a till sends. */
  readonly till?: (send: Fetch) => Fetch;
  /** In place of what the gateway sends to providers. */
  readonly provider?: (send: ProviderFetch, time: VirtualTime) => ProviderFetch;
  /** In place of what the gateway asks the database. */
  readonly sql?: (text: string) => string;
  /** In place of phones whose owners do as the dice have it. */
  readonly phones?: (time: VirtualTime, hand: Dice, provider: SimulatedProvider) => Phones;
};

type Gateway = RunningGateway & { readonly parts: GatewayParts };

/** The tills of one store, the gateway behind them and everything that outlives them, in one process. */
export type Shop = {
  readonly time: VirtualTime;
  readonly database: SimulatedDatabase;
  readonly provider: SimulatedProvider;
  readonly tills: readonly TillPlace[];
  /** PINs by person. */
  readonly pins: ReadonlyMap<string, string>;
  readonly counts: { tillRestarts: number; gatewayRestarts: number };
  gateway(): Gateway | null;
  /** Fills the shop, starts both sides and activates the tills. */
  open(): Promise<void>;
  restartTill(place: TillPlace, downMs: number): Promise<void>;
  /** Kills the gateway's process in the middle of whatever it does; another one starts after `downMs`. */
  restartGateway(downMs: number): Promise<void>;
  /** From now on no request is lost, doubled or late. */
  calm(): void;
  /** Jobs of the gateway, besides those that come again and again, that are due within `withinMs`. */
  jobsDue(withinMs: number): Promise<number>;
  evidence(): Promise<Evidence>;
};

/** A shop in which everything that is random comes from `seed`. */
export async function makeShop(
  time: VirtualTime,
  seed: number,
  ids: readonly string[] = ["till-a1", "till-a2"],
  plant: Plant = {},
): Promise<Shop> {
  makeScryptImmediate();
  const stream = (name: string): Dice => dice(seed, name);
  const database = await simulatedDatabase(time, plant.sql);
  const keys = keysOf(stream("keys"), stream("sealing"));
  const trouble: string[] = [];
  const counts = { tillRestarts: 0, gatewayRestarts: 0 };
  let gateway: Gateway | null = null;
  let pins: ReadonlyMap<string, string> = new Map();
  let started = 0;
  const provider = simulatedProvider({
    time,
    random: stream("sandbox"),
    line: stream("provider line"),
    notices: stream("notices"),
    gateway: () => gateway,
    ...(plant.provider === undefined ? {} : { plant: plant.provider }),
  });
  const phones = (plant.phones ?? simulatedPhones)(time, stream("phones"), provider);
  const tills = ids.map((id) =>
    tillPlace({
      id: id as TillId,
      time,
      stream: (name) => stream(`${id} ${name}`),
      gateway: () => gateway,
      ...(plant.till === undefined ? {} : { plant: plant.till }),
      look: (view) => phones.look(view),
    }),
  );
  const newGateway = async (): Promise<Gateway> => {
    const random = stream(`gateway ${started++}`);
    const made = await startGateway({ time, database, provider, keys, trouble, random });
    await made.gateway.start();
    gateway = made;
    return made;
  };
  const outside = startProcess(time, 0);
  const reader = database.open(outside);
  return {
    time,
    database,
    provider,
    tills,
    counts,
    get pins() {
      return pins;
    },
    gateway: () => gateway,
    async open() {
      const { parts } = await newGateway();
      pins = await stockShop(parts);
      for (const place of tills) {
        await place.start();
        await activate(place, parts, time);
      }
    },
    async restartTill(place, downMs) {
      counts.tillRestarts++;
      await place.restart(downMs);
    },
    async restartGateway(downMs) {
      counts.gatewayRestarts++;
      gateway?.process.kill();
      gateway = null;
      await sleep(time.clock, downMs);
      await newGateway();
    },
    calm() {
      for (const { network } of tills) network.calm();
      provider.calm();
    },
    async jobsDue(withinMs) {
      const due = time.clock.now() + withinMs;
      const jobs = await reader
        .selectFrom("job")
        .select(["kind", "subject"])
        .where("kind", "not in", standing)
        .where("due_at", "<=", due)
        .execute();
      const refunds = await reader.selectFrom("refund").select("id").where("state", "=", "processing").execute();
      // a provider may keep a refund for days: it is asked about as long
      return jobs.filter((job) => job.kind !== "refund" || !refunds.some(({ id }) => id === job.subject)).length;
    },
    evidence: () =>
      takeEvidence({
        database: reader,
        tills,
        provider,
        trouble,
        counts: { ...counts, ...phones.counts },
        process: outside,
      }),
  };
}

/** Jobs that are never over: they come again and again. */
const standing = ["sweep", "bills", "review", "webhooks", "alerts"];

async function activate(place: TillPlace, parts: GatewayParts, time: VirtualTime): Promise<void> {
  for (;;) {
    const register = place.running()?.register;
    if (register?.state.get().phase === "signOn") return;
    // a code whose answer was lost is spent: the office makes another
    const { code } = await makeActivationCode(parts, place.id);
    await register?.activate(code);
    await sleep(time.clock, 1_000);
  }
}

function keysOf(bytes: Dice, sealing: Dice) {
  return gatewayKeys({ sealing: bytes.bytes(32), hashing: bytes.bytes(32), signing: bytes.bytes(32) }, sealing);
}
