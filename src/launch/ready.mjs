import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Told, saying } from "./say.mjs";

const nodeMin = [20, 19];
/** What the build is made of. */
const sources = [
  "src",
  "workers",
  "public",
  "index.html",
  "office.html",
  "wallet.html",
  "vite.config.ts",
  "package-lock.json",
  "tsconfig.page.json",
];

/** Throws in plain words when this Node is too old. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > nodeMin[0] || (major === nodeMin[0] && minor >= nodeMin[1])) return;
  throw new Told(
    `Node ${process.versions.node} is too old: Kuantai needs Node ${nodeMin.join(".")} or newer. Install it from your system or nodejs.org, then run this again.`,
  );
}

/** Installs the packages of package-lock.json unless just these are installed. `scratch` is a folder one may write to. */
export async function install(root, scratch) {
  if (isInstalled(root)) return;
  await saying("Installing packages (once, about a minute)", () =>
    npm(root, scratch, ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]),
  );
}

/** npm writes down what it has installed when it has finished; that is compared with the lock, package by package. */
function isInstalled(root) {
  const path = join(root, "node_modules/.package-lock.json");
  if (!existsSync(path)) return false;
  const { packages: installed } = JSON.parse(readFileSync(path, "utf8"));
  const { packages: locked } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return Object.entries(locked).every(([name, wanted]) => {
    if (name === "") return true;
    const found = installed[name];
    return found === undefined
      ? wanted.optional === true || wanted.devOptional === true
      : found.integrity === wanted.integrity;
  });
}

/** Runs npm in `root`; throws with its last words when it fails. */
export function npm(root, scratch, options) {
  const script = process.env.npm_execpath;
  const [program, first] = script !== undefined && script.endsWith(".js") ? [process.execPath, [script]] : ["npm", []];
  return run(program, [...first, ...options], { cwd: root, env: npmEnvironment(scratch) });
}

/** npm keeps its cache in the home folder; one that cannot be written (`nobody` has none) gets a cache in `scratch`. */
export function npmEnvironment(scratch) {
  const { NODE_ENV: _production, ...rest } = process.env;
  if (rest.npm_config_cache !== undefined && isWritable(rest.npm_config_cache)) return rest;
  if (rest.HOME !== undefined && isWritable(rest.HOME)) return rest;
  return { ...rest, HOME: scratch, npm_config_cache: join(scratch, "npm-cache") };
}

/** Builds page and gateway unless nothing they are made of has changed since. */
export async function build(root) {
  const stampPath = join(root, "dist/built");
  const wanted = createHash("sha256")
    .update(sources.flatMap((source) => linesOf(join(root, source))).join("\n"))
    .digest("hex");
  if (existsSync(stampPath) && readFileSync(stampPath, "utf8") === wanted) return;
  const vite = join(root, "node_modules/vite/bin/vite.js");
  await saying("Building the page and the gateway", async () => {
    for (const options of [["build"], ["build", "--ssr"]])
      // whoever asks, tests included, gets what ships
      await run(process.execPath, [vite, ...options, "--logLevel", "warn"], {
        cwd: root,
        env: { ...process.env, NODE_ENV: "production" },
      });
  });
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(stampPath, wanted);
}

function run(program, options, { cwd, env }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let words = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        words = (words + chunk).slice(-8_000);
      });
    child.on("error", (trouble) => reject(new Told(`${program} cannot be run: ${trouble.message}`)));
    child.on("close", (code) =>
      code === 0 ? resolve(words) : reject(new Told(`${program} ${options.join(" ")} failed:\n${words.trim()}`)),
    );
  });
}

function linesOf(path) {
  if (!existsSync(path)) return [];
  const found = statSync(path);
  if (found.isDirectory())
    return readdirSync(path)
      .toSorted()
      .flatMap((name) => linesOf(join(path, name)));
  return [`${path} ${found.size} ${Math.floor(found.mtimeMs)}`];
}

function isWritable(path) {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch (trouble) {
    return trouble.code === undefined;
  }
}
