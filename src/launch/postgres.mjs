import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { placeFor } from "./postgres-place.mjs";
import { beginningOf, programOf } from "./process-identity.mjs";

/** The first start writes some 40 MB; a slow disk may take its time. */
const initdbMsMax = 120_000;
/** A server that recovers after a crash answers late. */
const readyMsMax = 60_000;
/** After this a stop by SIGINT is said to have failed. */
const stopMsMax = 30_000;
const pollMs = 20;
/** The part both roles share; the owner migrates, the application reads and writes what it was granted. */
const databaseName = "kuantai";
const ownerRole = "kuantai_owner";
const applicationRole = "kuantai_application";

/**
 * Starts the shop's own PostgreSQL in `folder`, which it makes at the first start, and waits until it answers.
 *
 * It listens on a Unix socket in the folder only. A server that a killed earlier run left behind is stopped first; pid
 * files are never deleted, PostgreSQL itself decides about them. Run as root it serves as uid 65534, else as oneself.
 *
 * @param {{folder: string, say?: (line: string) => void, settings?: readonly string[]}} how `settings` are `name=value`
 * @returns ownerUrl, applicationUrl, pid, `closed` (resolves when the server ends, by itself or not) and `stop()`
 * @throws when the binaries are missing, the folder cannot be used, or the server does not come up, saying why
 */
export async function startPostgres({ folder, say = () => {}, settings = [] }) {
  const place = await placeFor(folder, say);
  const passwords = passwordsIn(folder);
  if (!existsSync(join(place.data, "PG_VERSION"))) await initialise(place, passwords.owner);
  await stopLeftover(place, say);
  const server = launch(place, settings);
  await untilReady(place, server);
  const urls = urlsFor(place, passwords);
  await makeRoleAndDatabase(urls.ownerUrl, passwords.application);
  return { ...urls, pid: server.child.pid, closed: server.closed, stop: () => stop(server) };
}

/** The addresses of the database that runs in `folder`. */
export async function urlsIn(folder) {
  return urlsFor(await placeFor(folder, () => {}), passwordsIn(folder));
}

function urlsFor(place, passwords) {
  const urlOf = (role, password) =>
    `postgres://${role}:${password}@/${databaseName}?host=${encodeURIComponent(place.sockets)}`;
  return { ownerUrl: urlOf(ownerRole, passwords.owner), applicationUrl: urlOf(applicationRole, passwords.application) };
}

function passwordsIn(folder) {
  const path = join(folder, "database.json");
  if (!existsSync(path)) {
    const fresh = { owner: randomBytes(24).toString("hex"), application: randomBytes(24).toString("hex") };
    writeFileSync(path, `${JSON.stringify(fresh)}\n`, { mode: 0o600, flag: "wx" });
  }
  return JSON.parse(readFileSync(path, "utf8"));
}

async function initialise(place, password) {
  // A first start that was killed in the middle leaves a folder without PG_VERSION's companions: begin again.
  rmSync(place.data, { recursive: true, force: true });
  mkdirSync(place.data, { mode: 0o700 });
  const passwordFile = join(place.folder, "first-password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  for (const path of [place.data, passwordFile])
    if (place.identity.uid !== undefined) chownSync(path, place.identity.uid, place.identity.gid);
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "-E", "UTF8"];
  const initdb = run(place, place.initdb, [
    "-D",
    place.data,
    "-U",
    ownerRole,
    "-A",
    "scram-sha-256",
    `--pwfile=${passwordFile}`,
    ...locale,
    "--no-instructions",
  ]);
  const timer = setTimeout(() => initdb.child.kill("SIGKILL"), initdbMsMax);
  const code = await initdb.closed;
  clearTimeout(timer);
  rmSync(passwordFile);
  if (code === 0) return;
  rmSync(place.data, { recursive: true, force: true });
  throw new Error(`PostgreSQL could not make its folder ${place.data}: ${initdb.lastWords()}`);
}

function launch(place, settings) {
  const options = [
    "-D",
    place.data,
    "-k",
    place.sockets,
    "-c",
    "listen_addresses=",
    "-c",
    "unix_socket_permissions=0700",
    "-c",
    "timezone=UTC",
    "-c",
    "log_timezone=UTC",
    "-c",
    "log_statement=none",
    "-c",
    "log_min_error_statement=panic",
    "-c",
    "log_parameter_max_length_on_error=0",
    ...settings.flatMap((setting) => ["-c", setting]),
  ];
  return run(place, place.postgres, options);
}

/** `detached`, or the terminal's Ctrl-C would hit the server before the gateway has drained. */
function run(place, program, options) {
  const child = spawn(program, options, {
    ...place.identity,
    cwd: place.folder,
    detached: true,
    env: { PATH: "/usr/bin:/bin", LANG: "C", LC_ALL: "C", TZ: "UTC" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let words = "";
  child.stderr.on("data", (chunk) => {
    words = (words + chunk).slice(-4000);
  });
  const closed = new Promise((resolve) => {
    child.on("error", (trouble) => {
      words += trouble.message;
      resolve(-1);
    });
    child.on("close", (code) => resolve(code ?? -1));
  });
  let ended = false;
  void closed.then(() => {
    ended = true;
  });
  return { child, closed, lastWords: () => words.trim().split("\n").slice(-4).join("\n"), hasEnded: () => ended };
}

/** Ready is line 8 of the pid file, when line 1 is our own child (a zombie of an earlier run may be in it for 2 s). */
async function untilReady(place, server) {
  const deadline = performance.now() + readyMsMax;
  while (performance.now() < deadline) {
    if (server.hasEnded()) throw new Error(`PostgreSQL did not start: ${server.lastWords()}`);
    const lines = pidFileOf(place);
    if (Number(lines[0]) === server.child.pid && lines[7]?.trim() === "ready") return;
    await pause(pollMs);
  }
  server.child.kill("SIGINT");
  throw new Error(`PostgreSQL did not answer within ${readyMsMax / 1000} s: ${server.lastWords()}`);
}

async function stopLeftover(place, say) {
  const pid = Number(pidFileOf(place)[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  const program = programOf(pid);
  if (program === null || !program.endsWith("postgres")) return untilGone(pid, program);
  say("stopping the database that an earlier run left behind");
  process.kill(pid, "SIGINT");
  await untilGone(pid, program);
}

async function untilGone(pid, program) {
  if (program !== null && !program.endsWith("postgres")) return;
  const deadline = performance.now() + stopMsMax;
  while (beginningOf(pid) !== null || isListed(pid)) {
    if (performance.now() > deadline)
      throw new Error(`The database of an earlier run (process ${pid}) does not stop. End it and start again.`);
    await pause(pollMs);
  }
}

/** A zombie still has its number, and PostgreSQL refuses to start while it has. */
function isListed(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (trouble) {
    return trouble.code === "EPERM";
  }
}

async function stop(server) {
  if (server.hasEnded()) return;
  server.child.kill("SIGINT");
  const timer = setTimeout(() => server.child.kill("SIGQUIT"), stopMsMax);
  await server.closed;
  clearTimeout(timer);
}

async function makeRoleAndDatabase(ownerUrl, applicationPassword) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: ownerUrl.replace(`/${databaseName}?`, "/postgres?") });
  await client.connect();
  try {
    const roles = await client.query("select 1 from pg_roles where rolname = $1", [applicationRole]);
    if (roles.rowCount === 0)
      await client.query(`create role ${applicationRole} login password '${applicationPassword}'`);
    const databases = await client.query("select 1 from pg_database where datname = $1", [databaseName]);
    if (databases.rowCount === 0) await client.query(`create database ${databaseName} owner ${ownerRole}`);
  } finally {
    await client.end();
  }
}

function pidFileOf(place) {
  const path = join(place.data, "postmaster.pid");
  return existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
}

function pause(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
