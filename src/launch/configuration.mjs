import { createServer } from "node:net";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listenerOn } from "./process-identity.mjs";
import { Told } from "./say.mjs";

const loopback = "127.0.0.1";
/** Where the first start looks for a free port; the choice is kept for ever. */
const firstPort = 8400;
const lastPort = 8499;
/** The sample shop as it is first made. */
const demo = { kind: "demo", seed: 1, products: 3000 };

/** Makes the data folder. Root's may be entered by the database's own user, who is nobody, but not listed. */
export function makeFolder(folder) {
  mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
}

/** The configuration in `folder`, written with its defaults at the first start: the demo shop, sandbox on. */
export async function configurationIn(folder) {
  const path = join(folder, "kuantai.json");
  if (!existsSync(path)) writeFileSync(path, `${JSON.stringify(await defaults(), null, 2)}\n`, { mode: 0o600 });
  try {
    const config = JSON.parse(readFileSync(path, "utf8"));
    // the gateway checks it all; this much is needed to start it
    if (typeof config.gateway?.port !== "number" || typeof config.gateway.listen !== "string")
      throw new Error("gateway.port or gateway.listen is missing");
    if (typeof config.sandbox?.on !== "boolean") throw new Error("sandbox.on is missing");
    return config;
  } catch (trouble) {
    throw new Told(`${path} cannot be read: ${trouble.message}`);
  }
}

/** Whether it is a real shop, which brings its own PostgreSQL and has no sandbox. */
export function isOwnShop(config) {
  return config.shop?.kind === "own";
}

async function defaults() {
  const ports = [];
  for (let port = firstPort; port <= lastPort && ports.length < 2; port += 1)
    if (await isFree(loopback, port)) ports.push(port);
  const [gateway, sandbox] = ports;
  if (sandbox === undefined) throw new Told(`No port from ${firstPort} to ${lastPort} is free.`);
  return {
    v: 1,
    gateway: { listen: loopback, port: gateway, tillHost: loopback, officeHost: "localhost" },
    sandbox: { on: true, listen: loopback, port: sandbox },
    shop: demo,
    display: { pictures: "pictures" },
  };
}

/** Throws when a port of the shop is somebody else's, and says whose. It never moves: an origin that moves strands unsent sales. */
export async function checkPorts(config, path) {
  const wanted = [config.gateway, ...(config.sandbox.on && !isOwnShop(config) ? [config.sandbox] : [])];
  for (const { listen, port } of wanted) {
    if (await isFree(listen, port)) continue;
    const who = listenerOn(port);
    throw new Told(
      `Port ${port} is taken by ${who === null ? "another program" : `process ${who}`}. The shop keeps its port, because tills keep their unsent sales under it: end that program and start again. (The port stands in ${path}.)`,
    );
  }
}

function isFree(host, port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
