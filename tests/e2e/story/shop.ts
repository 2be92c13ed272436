import { fork, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { sql } from "kysely";
import { build } from "../../../src/launch/ready.mjs";
import { startPostgres, type RunningPostgres } from "../../../src/launch/postgres.mjs";
import { wechatPayTimings } from "../../../src/gateway/providers/wechat-pay/wechat-pay.ts";
import { json, openPostgres, type OpenDatabase } from "../../../src/gateway/store/database.ts";
import { openNetwork, type Network } from "./network.ts";

const root = resolve(import.meta.dirname, "../../..");
/** Providers and their payers are this much faster than in life; a tenth keeps every order of events. */
const timeFactor = 0.1;

export type ShownPin = { readonly name: string; readonly role: string; readonly pin: string };
type Prepared = { readonly pins: readonly ShownPin[]; readonly activation: { readonly code: string } | null };

/** A whole shop of real processes: PostgreSQL, sandbox, two gateways in turn behind one wire. */
export type Shop = {
  readonly folder: string;
  readonly address: string;
  readonly network: Network;
  readonly pins: readonly ShownPin[];
  readonly activationCode: string;
  /** The database as its owner sees it. */
  readonly database: OpenDatabase;
  /** The same database for a gateway more. */
  readonly applicationUrl: string;
  readonly sandboxStore: string;
  /** Where the providers' sandbox listens; its control calls are there too. */
  readonly sandboxAddress: string;
  /** Ends one gateway without a word; the other takes over. */
  killGateway(): Promise<void>;
  restartGateway(): Promise<void>;
  stop(): Promise<void>;
};

/** Builds, fills and starts the shop in a folder of its own. */
export async function openShop(): Promise<Shop> {
  await build(root);
  const folder = mkdtempSync(join(tmpdir(), "kuantai-story-"));
  chmodSync(folder, 0o711);
  mkdirSync(join(folder, "logs"));
  const network = await openNetwork();
  const [first, second, sandboxPort] = [await freePort(), await freePort(), await freePort()];
  const postgres = await startPostgres({ folder });
  const environment = {
    KUANTAI_DATA: folder,
    DATABASE_URL: postgres.applicationUrl,
    DATABASE_OWNER_URL: postgres.ownerUrl,
  };
  writeConfiguration(folder, network.port, sandboxPort);
  const prepared = await prepare(environment);
  const database = openPostgres(postgres.ownerUrl, () => undefined, 4);
  await hurry(folder, database);
  const sandbox = run("sandbox.js", [join(folder, "sandbox.json")], environment, join(folder, "logs/sandbox.log"));
  const gateways = new Map<number, ChildProcess>();
  const begin = async (port: number): Promise<void> => {
    const { DATABASE_OWNER_URL: _, ...application } = environment;
    gateways.set(port, run("main.js", ["--port", String(port)], application, join(folder, `logs/gateway-${port}.log`)));
    await untilAnswers(port);
    network.setGateways([...gateways.keys()]);
  };
  await begin(first);
  await begin(second);
  await untilAnswers(sandboxPort);
  return {
    folder,
    address: `http://127.0.0.1:${network.port}`,
    network,
    pins: prepared.pins,
    activationCode: prepared.activation?.code ?? "",
    database,
    applicationUrl: postgres.applicationUrl,
    sandboxStore: join(folder, "sandbox-store.ndjson"),
    sandboxAddress: `http://127.0.0.1:${sandboxPort}`,
    killGateway: async () => {
      gateways.get(first)?.kill("SIGKILL");
      gateways.delete(first);
      network.setGateways([...gateways.keys()]);
    },
    restartGateway: () => begin(first),
    stop: async () => {
      await Promise.all([...gateways.values(), sandbox].map(ended));
      await database.destroy();
      await closeAll(postgres, network);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function closeAll(postgres: RunningPostgres, network: Network): Promise<void> {
  await postgres.stop();
  await network.close();
}

function writeConfiguration(folder: string, port: number, sandboxPort: number): void {
  const configuration = {
    v: 1,
    gateway: { listen: "127.0.0.1", port, tillHost: "127.0.0.1", officeHost: "localhost" },
    sandbox: { on: true, listen: "127.0.0.1", port: sandboxPort },
    shop: { kind: "demo", seed: 1, products: 3000 },
    display: { pictures: "pictures" },
  };
  writeFileSync(join(folder, "kuantai.json"), JSON.stringify(configuration));
}

function prepare(environment: Record<string, string>): Promise<Prepared> {
  const child = fork(join(root, "dist/gateway/prepare.js"), [], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return new Promise((done, failed) => {
    child.once("message", (message) => done(message as Prepared));
    child.once("exit", (code) => (code === 0 ? undefined : failed(new Error(`preparing the shop ended with ${code}`))));
  });
}

/** The account's and the sandbox's times a tenth; what one exchange may take stays generous on a busy machine. */
async function hurry(folder: string, database: OpenDatabase): Promise<void> {
  const shorter = (ms: number): number => ms * timeFactor;
  const timings = {
    ...wechatPayTimings,
    chargeWithinMs: 3_000,
    queryAfterMs: wechatPayTimings.queryAfterMs.map(shorter),
    // both tills are in doubt together before the first of them is reversed
    reverseAfterMs: shorter(wechatPayTimings.reverseAfterMs) * 2,
    abandonNotBeforeMs: shorter(wechatPayTimings.abandonNotBeforeMs),
    reverseRetryMs: wechatPayTimings.reverseRetryMs.map(shorter),
    lateQueryMs: shorter(wechatPayTimings.lateQueryMs) / 10,
  };
  await sql`update provider_account set timings = ${json(timings)}`.execute(database);
  const path = join(folder, "sandbox.json");
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), timeFactor }));
}

function run(
  program: string,
  options: readonly string[],
  environment: Record<string, string>,
  log: string,
): ChildProcess {
  const output = openSync(log, "a");
  return fork(join(root, "dist/gateway", program), options, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", output, output, "ipc"],
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    child.once("exit", () => done());
    child.kill("SIGTERM");
  });
}

async function untilAnswers(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const answered = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`nothing answers on port ${port}`);
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}
