import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkPorts, configurationIn, isOwnShop, makeFolder } from "./configuration.mjs";
import { build, checkNode, install } from "./ready.mjs";
import { isAlive, noteOf, stopChildrenOf, takeFolder } from "./running.mjs";
import { Told, maySaySecrets, say, saying } from "./say.mjs";
import { askPrepare, startGateway, startSandbox } from "./children.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const knownOptions = ["--new-pins", "--reset-owner", "--activate"];

/** `npm start [-- --data DIR] [--activate] [--new-pins] [--reset-owner]`: brings up the shop and stays until it is stopped. */
async function start(given) {
  checkNode();
  const { folder, options } = readOptions(given);
  makeFolder(folder);
  const note = noteOf(folder);
  if (isAlive(note) && !note.isUp) return say("Kuantai is just starting here, in another terminal. Wait for it.");
  if (isAlive(note)) return showRunning(folder, options, note.addresses);
  const held = takeFolder(folder);
  const stops = [];
  try {
    await bringUp({ folder, options, held, stops, leftBehind: note });
  } catch (trouble) {
    await stopAll(stops, held);
    throw trouble;
  }
}

async function bringUp({ folder, options, held, stops, leftBehind }) {
  const ending = untilStopped();
  const stage = async (work) => {
    const result = await work;
    if (ending.isAsked()) throw new Told("Stopped before the shop was up.");
    return result;
  };
  await stage(install(root, folder));
  await stage(build(root));
  await stage(stopChildrenOf(leftBehind, say));
  const config = await configurationIn(folder);
  await stage(checkPorts(config, join(folder, "kuantai.json")));
  const database = isOwnShop(config)
    ? ownDatabase(config)
    : await saying("Starting the database", () => databaseIn(folder));
  stops.push(() => database.stop());
  const prepared = await stage(saying("Preparing the shop", () => askPrepare({ root, folder, database, options })));
  const sandbox = config.sandbox.on ? await startSandbox({ root, folder, held }) : null;
  if (sandbox !== null) stops.push(() => sandbox.stop());
  const gateway = await saying("Starting the gateway", () => startGateway({ root, folder, database, held }));
  stops.push(() => gateway.stop());
  held.isUp(prepared.addresses);
  showAddresses(prepared.addresses, prepared.activation);
  showSecrets(prepared, config);
  say("\nCtrl-C stops the shop.");
  const ended = [gateway.failed, database.closed.then(() => "The database ended.")];
  const why = await Promise.race([ending.asked, ...ended, ...(sandbox === null ? [] : [sandbox.failed])]);
  if (why !== null) process.exitCode = 1;
  say(why ?? "\nStopping …");
  await stopAll(stops, held);
  say("Stopped. Nothing is running any more.");
}

/** The shop's own PostgreSQL, or the server named in DATABASE_URL (and DATABASE_OWNER_URL for migrations). */
async function databaseIn(folder) {
  const { DATABASE_URL: applicationUrl, DATABASE_OWNER_URL: ownerUrl } = process.env;
  if (applicationUrl !== undefined)
    return { applicationUrl, ownerUrl, closed: new Promise(() => {}), stop: async () => {} };
  const { startPostgres } = await import("./postgres.mjs");
  return startPostgres({ folder, say });
}

/** A real shop's PostgreSQL is not ours to start: the gateway finds it by the configuration, and is not told its owner. */
function ownDatabase(config) {
  const ownerVariable = config.database?.ownerUrl?.variable;
  return { ownerVariable, closed: new Promise(() => {}), stop: async () => {} };
}

/** The other way round: the gateway drains, then the sandbox, the database last. */
async function stopAll(stops, held) {
  for (const stop of stops.toReversed()) await stop();
  held.leave();
}

/** `asked` resolves at Ctrl-C, at SIGTERM, and when the terminal is closed. */
function untilStopped() {
  let isAsked = false;
  const asked = new Promise((resolve_) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
      process.on(signal, () => {
        isAsked = true;
        resolve_(null);
      });
    }
  });
  return { asked, isAsked: () => isAsked };
}

async function showRunning(folder, options, addresses) {
  const config = await configurationIn(folder);
  say("Kuantai is already running here.");
  if (options.length === 0) return showAddresses(addresses, null);
  const database = isOwnShop(config) ? ownDatabase(config) : await runningDatabase(folder);
  const prepared = await askPrepare({ root, folder, database, options });
  showAddresses(prepared.addresses, prepared.activation);
  showSecrets(prepared, config);
}

async function runningDatabase(folder) {
  const { DATABASE_URL: applicationUrl, DATABASE_OWNER_URL: ownerUrl } = process.env;
  if (applicationUrl !== undefined) return { applicationUrl, ownerUrl };
  const { urlsIn } = await import("./postgres.mjs");
  return urlsIn(folder);
}

function showAddresses({ till, office, sandbox }, activation) {
  const fragment = activation !== null && maySaySecrets() ? `#activate=${activation.code}` : "";
  say("");
  say(`  Till              ${till}/${fragment}`);
  say(`  Customer display  ${till}/display`);
  say(`  Office            ${office}/`);
  if (sandbox !== null) say(`  Sandbox wallet    ${sandbox}/`);
  if (fragment !== "")
    say(
      `\n  The till's address makes this browser till ${activation.label}: once, within ten minutes. (npm start -- --activate makes another.)`,
    );
}

function showSecrets({ pins, ownerPassword }, config) {
  if (pins.length === 0 && ownerPassword === null && isOwnShop(config))
    return say("\n  npm start -- --reset-owner makes a new one-time password for the office.");
  if (pins.length === 0 && ownerPassword === null)
    return say(
      "\n  PINs are shown once: npm start -- --new-pins makes new ones, npm start -- --reset-owner a new owner's password, npm start -- --activate a new till's address.",
    );
  if (!maySaySecrets())
    return say(
      `\n  PINs, passwords and activation codes are not written into a file: run npm start -- ${isOwnShop(config) ? "--reset-owner" : "--new-pins --reset-owner --activate"} in a terminal.`,
    );
  const [first, ...others] = pins;
  if (first !== undefined) {
    say(`\n  Sign on as        ${first.name} (${first.role})   PIN ${first.pin}`);
    for (const { name, role, pin } of others) say(`                    ${name} (${role})   PIN ${pin}`);
  }
  if (ownerPassword !== null) say(`  Owner, in office  ${ownerPassword}   (once, within 15 minutes)`);
  say("  Write these down: they are shown this once and kept nowhere.");
}

function readOptions(given) {
  const options = [];
  let folder = process.env.KUANTAI_DATA ?? join(root, ".kuantai");
  for (let i = 0; i < given.length; i += 1) {
    if (given[i] === "--data" && given[i + 1] !== undefined) folder = given[(i += 1)];
    else if (knownOptions.includes(given[i])) options.push(given[i]);
    else throw new Told(`${given[i]} is not an option. There are: --data DIR, ${knownOptions.join(", ")}.`);
  }
  return { folder: resolve(folder), options };
}

try {
  await start(process.argv.slice(2));
} catch (trouble) {
  process.stderr.write(`\n${trouble instanceof Told ? trouble.message : (trouble?.stack ?? trouble)}\n`);
  process.exitCode = 1;
}
