import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { Told, say } from "./say.mjs";

const readyMsMax = 60_000;
const stopMsMax = 15_000;
/** A gateway that ends by itself is started again, but not for ever. */
const restartsMax = 5;
const restartPauseMs = 1_000;
/** Whoever ran this long is not counted as failing again and again. */
const steadyMs = 600_000;
/** One older log is kept beside. */
const logBytesMax = 20 * 1024 * 1024;

/** Runs `prepare.js`: migrations, the first start's shop, and the secrets asked for, which come over its channel only. */
export function askPrepare({ root, folder, database, options }) {
  const child = spawn(process.execPath, [join(root, "dist/gateway/prepare.js"), ...options], {
    env: environment(folder, database, true),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    detached: true,
  });
  let words = "";
  let prepared = null;
  child.stderr.on("data", (chunk) => {
    words = (words + chunk).slice(-16_000);
  });
  child.on("message", (message) => {
    prepared = message;
  });
  return new Promise((resolve, reject) => {
    child.on("close", () =>
      prepared === null ? reject(new Told(`The shop cannot start. ${words.trim()}`)) : resolve(prepared),
    );
  });
}

/** Starts the sandbox with the configuration that the first start made. */
export function startSandbox({ root, folder, held }) {
  const path = join(folder, "sandbox.json");
  if (!existsSync(path))
    throw new Told(
      `${path} is missing. Without it the sandbox's keys are lost: put it back, or begin with a new data folder.`,
    );
  const { host, port } = JSON.parse(readFileSync(path, "utf8"));
  return supervise("sandbox", folder, held, () => {
    const child = launch([join(root, "dist/gateway/sandbox.js"), path], {
      env: process.env,
      log: join(folder, "logs/sandbox.log"),
      channel: false,
    });
    return { child, ready: answering(`http://${host}:${port}/`, child) };
  });
}

/** Starts the gateway on `database`. */
export function startGateway({ root, folder, database, held }) {
  return supervise("gateway", folder, held, () => {
    const child = launch([join(root, "dist/gateway/main.js")], {
      env: environment(folder, database, false),
      log: join(folder, "logs/gateway.log"),
      channel: true,
    });
    return { child, ready: readyOf(child) };
  });
}

/** Starts a process and starts it again when it ends by itself; `failed` resolves with the reason when that was too often. */
async function supervise(name, folder, held, begin) {
  let isStopping = false;
  let current = null;
  const once = async () => {
    const { child, ready } = begin();
    current = child;
    held.addChild(name, child.process.pid);
    await Promise.race([ready, failing(child, name, folder)]);
  };
  const watch = async () => {
    for (let ends = 1; ; ends += 1) {
      const began = performance.now();
      await current.closed;
      if (performance.now() - began > steadyMs) ends = 1;
      if (isStopping) return new Promise(() => {});
      if (ends > restartsMax) return `The ${name} ended ${ends} times; see ${join(folder, "logs")}.`;
      say(`The ${name} ended by itself; starting it again. Its log says why.`);
      await pause(restartPauseMs);
      await once().catch((trouble) => say(trouble.message));
    }
  };
  await once();
  return {
    failed: watch(),
    async stop() {
      isStopping = true;
      await current.stop();
    },
  };
}

function environment(folder, database, mayMigrate) {
  const { DATABASE_OWNER_URL: _owner, DATABASE_URL: _application, ...rest } = process.env;
  if (database.ownerVariable !== undefined && !mayMigrate) delete rest[database.ownerVariable];
  return {
    ...rest,
    KUANTAI_DATA: folder,
    ...(database.applicationUrl === undefined ? {} : { DATABASE_URL: database.applicationUrl }),
    ...(mayMigrate && database.ownerUrl !== undefined ? { DATABASE_OWNER_URL: database.ownerUrl } : {}),
  };
}

/** `detached`, so that the terminal's Ctrl-C reaches only the launcher, which stops its children in order. */
function launch(args, { env, log, channel }) {
  const fd = openLog(log);
  const child = spawn(process.execPath, args, {
    env,
    detached: true,
    stdio: ["ignore", fd, fd, ...(channel ? ["ipc"] : [])],
  });
  const closed = new Promise((resolve) => {
    child.on("error", () => resolve(-1));
    child.on("exit", (code) => resolve(code ?? -1));
  });
  return {
    process: child,
    closed,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), stopMsMax);
      await closed;
      clearTimeout(timer);
    },
  };
}

function openLog(path) {
  mkdirSync(join(path, ".."), { recursive: true, mode: 0o700 });
  if (existsSync(path) && statSync(path).size > logBytesMax) renameSync(path, `${path}.1`);
  return openSync(path, "a", 0o600);
}

function readyOf(child) {
  return new Promise((resolve) => {
    child.process.on("message", (message) => {
      if (message?.kind === "ready") resolve();
    });
  });
}

async function answering(address, child) {
  while (child.process.exitCode === null) {
    const isUp = await fetch(address).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await pause(30);
  }
  await new Promise(() => {});
}

async function failing(child, name, folder) {
  const late = pause(readyMsMax).then(() => "did not answer in time");
  const why = await Promise.race([child.closed.then((code) => `ended with code ${code}`), late]);
  throw new Told(`The ${name} ${why}; its log in ${join(folder, "logs")} says why.`);
}

function pause(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
