import { createHmac, sign } from "node:crypto";
import { pino } from "pino";
import { randomCrockford } from "../../src/domain/identifier.ts";
import type { PrintOutcome } from "../../src/domain/printer-status.ts";
import { composeGateway } from "../../src/gateway/compose.ts";
import { publicKeyOf, signingKeyOf } from "../../src/gateway/keys/ed25519.ts";
import type { GatewayKeys } from "../../src/gateway/keys/gateway-keys.ts";
import type { GatewayParts } from "../../src/gateway/parts.ts";
import { processNews } from "../../src/gateway/payments/news.ts";
import { receiptWords } from "../../src/i18n/receipt-words.ts";
import type { MessageChannelLike, PrinterPort } from "../../src/register/ports.ts";
import { createRegister, type Register } from "../../src/register/register.ts";
import { keepCatalog } from "../../src/storage/catalog-keeper.ts";
import { CatalogDatabase, LedgerDatabase, type InstallRow } from "../../src/storage/database.ts";
import { keepDraft } from "../../src/storage/drafts.ts";
import { createLedger } from "../../src/storage/ledger.ts";
import { sha256Base64, sha256Hex } from "../../src/storage/sha256.ts";
import type { KeyMaker } from "../../src/sync/activate.ts";
import { createClockOffset } from "../../src/sync/clock-offset.ts";
import { createGatewayClient, type Signer } from "../../src/sync/gateway-client.ts";
import { testConfiguration } from "../integration/gateway-bench.ts";
import type { Dice } from "./seeded.ts";
import type { SimulatedBrowser } from "./simulated-browser.ts";
import type { SimulatedDatabase } from "./simulated-database.ts";
import type { RunningGateway, SimulatedNetwork } from "./simulated-network.ts";
import type { SimulatedProvider } from "./simulated-provider.ts";
import { stretchedAtOnce } from "./quick-scrypt.ts";
import { never, startProcess, type Process, type VirtualTime } from "./virtual-time.ts";

/** A window of the till, and what left it for the paper and the customer's display. */
export type RunningTill = {
  readonly register: Register;
  readonly process: Process;
  readonly printed: readonly string[];
};

type GatewayMaking = {
  readonly time: VirtualTime;
  readonly database: SimulatedDatabase;
  readonly provider: SimulatedProvider;
  readonly keys: GatewayKeys;
  readonly random: Dice;
  readonly trouble: string[];
};

/** A gateway process over what outlives it. Its jobs run when `gateway.start()` was called. */
export async function startGateway(making: GatewayMaking): Promise<RunningGateway & { readonly parts: GatewayParts }> {
  const process = startProcess(making.time, 0);
  const parts: GatewayParts = {
    clock: process.clock,
    random: making.random,
    database: making.database.open(process),
    keys: making.keys,
    config: testConfiguration,
    fetch: making.provider.fetchFor(process),
    log: pino({ level: "error" }, { write: (line: string) => void making.trouble.push(line) }),
    news: processNews(),
    pages: null,
  };
  return { gateway: await composeGateway(parts), process, parts };
}

type TillMaking = {
  readonly time: VirtualTime;
  readonly browser: SimulatedBrowser;
  readonly network: SimulatedNetwork;
  readonly random: Dice;
  readonly skewMs: number;
  readonly persisted: boolean;
  /** What leaves for paper: the job's name. */
  readonly printed: string[];
  /** Sees each message to the customer display, with the sale that is on the till's screen then. */
  readonly onShown: (message: unknown, sale: string | null) => void;
};

/** A window of the till over what the browser kept. */
export async function startTill(making: TillMaking): Promise<RunningTill> {
  const process = startProcess(making.time, making.skewMs);
  const { clock } = process;
  const { random, browser } = making;
  const offset = createClockOffset(clock);
  const platform = browser.platform(process);
  const catalogDatabase = new CatalogDatabase(platform);
  const database = new LedgerDatabase(platform);
  const ledger = createLedger({ database, clock, sha256: sha256Hex, offsetMs: () => offset.offsetMs() });
  let signer: Signer | null = null;
  const fetch = making.network.fetchFor(process);
  const client = createGatewayClient({ fetch, origin: "", clock, random, offset, sha256Base64, signer: () => signer });
  const kept = await keepDraft(catalogDatabase, browser.draftLocks(process), randomCrockford(random, 16));
  const ifAlive = <Value>(work: Promise<Value>): Promise<Value> =>
    work.catch((trouble: unknown) => (process.isAlive() ? Promise.reject(trouble) : never<Value>()));
  const draft = {
    ...kept,
    save: (...given: Parameters<typeof kept.save>) => ifAlive(kept.save(...given)),
    clear: () => ifAlive(kept.clear()),
  };
  const { printed } = making;
  let shows: Register | null = null;
  const register = createRegister(
    {
      clock,
      random,
      sha256: sha256Hex,
      offset,
      ledger,
      catalogDatabase,
      catalog: keepCatalog(catalogDatabase),
      draft,
      persistence: { persisted: async () => making.persisted, persist: async () => making.persisted },
      client,
      keys: seededKeys(random),
      signer: () => signer,
      useInstall: (install) => void (signer = seededSigner(install)),
      pinCheck: async (install, salt, verifier, pin) => verifierOf(install, salt, pin) === verifier,
      windows: { post: () => undefined, listen: () => () => undefined },
      printer: paper(printed),
      receiptWords,
    },
    {
      own: recording((message) => {
        if (process.isAlive()) making.onShown(message, shows === null ? null : saleOnScreen(shows));
      }),
      any: { post: () => undefined, listen: () => () => undefined },
    },
    browser.leaderLocks(process),
  );
  shows = register;
  return { register, process, printed };
}

/** The sale a customer stands before: the open one, or the one just completed. */
function saleOnScreen(register: Register): string | null {
  const { sale, counter } = register.state.get();
  return counter.kind === "done" ? counter.sale : (sale?.id ?? null);
}

type SeededKey = { readonly bytes: Uint8Array };

/** Keys whose bytes a seed repeats; they stand in the database where a browser keeps a CryptoKey. */
function seededKeys(random: Dice): KeyMaker {
  return {
    async makeSigningKey() {
      const bytes = random.bytes(32);
      const publicKey = Buffer.from(publicKeyOf(signingKeyOf(bytes))).toString("base64url");
      return { publicKey, signingKey: { bytes } as unknown as CryptoKey, sign: async (text) => signed(bytes, text) };
    },
    importPepper: async (pepper) =>
      ({ bytes: new Uint8Array(Buffer.from(pepper, "base64url")) }) as unknown as CryptoKey,
  };
}

function seededSigner(install: InstallRow): Signer {
  const { bytes } = install.signingKey as unknown as SeededKey;
  return { keyId: install.settings.till, sign: async (text) => signed(bytes, text) };
}

function signed(bytes: Uint8Array, text: string): string {
  return sign(null, Buffer.from(text), signingKeyOf(bytes)).toString("base64");
}

function verifierOf(install: InstallRow, salt: string, pin: string): string {
  const secret = stretchedAtOnce(pin, Buffer.from(salt, "base64url"));
  const { bytes } = install.pepper as unknown as SeededKey;
  return createHmac("sha256", bytes).update(secret).digest("base64url");
}

function paper(printed: string[]): PrinterPort {
  return {
    status: () => ({ kind: "ready" }),
    queueLength: () => 0,
    subscribe: () => () => undefined,
    async print(jobId): Promise<PrintOutcome> {
      printed.push(jobId);
      return { kind: "printed" };
    },
    openDrawer: async () => ({ kind: "printed" }),
    pair: async () => undefined,
  };
}

function recording(see: (message: unknown) => void): MessageChannelLike {
  return { post: see, listen: () => () => undefined };
}
