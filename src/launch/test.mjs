import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, checkNode, install, npm } from "./ready.mjs";
import { Told, say, saying } from "./say.mjs";
import { missing, setup, setupCommand } from "./setup.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
/** What npm needs to write and what outlives an `npm ci`. */
const scratch = join(root, ".data");
/** The oldest Node we promise, and the newest long-term one; types, unit tests and a start run under both. */
const nodeVersions = ["20.19.0", "24.21.0"];
/** A suite that takes longer hangs. */
const suiteMsMax = 20 * 60_000;

/** Files of a suite at once. Left to itself the runner keeps a processor free, which of two is half of the machine. */
const atOnce = `--maxWorkers=${Math.max(2, availableParallelism() - 1)}`;

/** One file after the other: they share the machine's devices, or change the pages that are served. */
const byThemselves = ["tests/e2e/devices", "tests/e2e/till/app.test.ts"];
const allOthers = byThemselves.flatMap((place) => ["--exclude", place, "--exclude", `${place}/**`]);

const tool = (path, ...options) => [join(root, "node_modules", path), ...options];
const vitest = (...options) => tool("vitest/vitest.mjs", "run", ...options);

/** `npm test`: installs what is missing, runs every suite, ends with `N passed, N failed` over all of them. */
async function test() {
  checkNode();
  mkdirSync(scratch, { recursive: true });
  await install(root, scratch);
  await prepareMachine();
  await build(root);
  const nodes = [];
  for (const version of nodeVersions) nodes.push({ version, path: await nodeBinary(version) });
  const results = [];
  for (const suite of suitesWith(nodes)) results.push(await runSuite(suite));
  return close(results);
}

function suitesWith(nodes) {
  const here = process.execPath;
  return [
    ...nodes.map(({ version, path }) => ({
      name: `types (Node ${version})`,
      program: path,
      args: tool("typescript/bin/tsc", "-b"),
      countsAsOne: true,
      before: () => rmSync(join(root, ".tsbuild"), { recursive: true, force: true }),
    })),
    { name: "lint", program: here, args: tool("oxlint/bin/oxlint", "--deny-warnings"), countsAsOne: true },
    { name: "format", program: here, args: tool("oxfmt/bin/oxfmt", "--check"), countsAsOne: true },
    { name: "architecture", program: here, args: vitest("--project", "architecture") },
    { name: "vectors", program: here, args: [join(root, "tests/vectors/run.mjs")] },
    ...nodes.map(({ version, path }) => ({
      name: `unit (Node ${version})`,
      program: path,
      args: vitest("--project", "unit", atOnce),
    })),
    ...["contract", "conformance", "integration", "simulation"].map((name) => ({
      name,
      program: here,
      args: vitest("--project", name, atOnce),
    })),
    // a browser's tests wait about as long as they work: two files at once, on a larger machine too
    {
      name: "e2e",
      program: here,
      args: vitest("--project", "e2e", ...allOthers, "--maxWorkers=2"),
    },
    {
      name: "e2e by themselves",
      program: here,
      args: vitest("--project", "e2e", ...byThemselves, "--no-file-parallelism"),
    },
    ...nodes.map(({ version, path }) => ({
      name: `start (Node ${version})`,
      program: path,
      args: vitest("--project", "launch", "tests/launch/start.test.ts"),
    })),
    { name: "launch", program: here, args: vitest("--project", "launch", "--exclude", "tests/launch/start.test.ts") },
  ].filter(({ name }) => name !== "contract" || existsSync(join(root, "tests/contract")));
}

async function prepareMachine() {
  const lacking = missing();
  if (lacking.length === 0) return;
  const what = lacking.map((each) => each.what).join(", ");
  if (process.getuid?.() !== 0)
    throw new Told(`The tests need ${what}. Run this once, then npm test again:\n  ${setupCommand}`);
  await saying(`Installing for the tests: ${what}`, async () => setup());
}

/** The npm registry carries Node itself; each version is fetched once. */
async function nodeBinary(version) {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const folder = join(scratch, "nodes", version);
  const path = join(folder, "node_modules", name, "bin/node");
  if (existsSync(path)) return path;
  await saying(`Fetching Node ${version}`, () =>
    npm(root, scratch, [
      "install",
      "--prefix",
      folder,
      "--no-save",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
      `${name}@${version}`,
    ]),
  );
  return path;
}

async function runSuite({ name, program, args, countsAsOne = false, before = () => {} }) {
  say(`\n── ${name}`);
  before();
  const began = performance.now();
  const { code, words } = await run(program, args);
  const seconds = (performance.now() - began) / 1000;
  if (countsAsOne) return { name, seconds, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const [, passed, failed] =
    /^(\d+) passed, (\d+) failed$/m.exec(
      words.split("\n").findLast((line) => /^\d+ passed, \d+ failed$/.test(line)) ?? "",
    ) ?? [];
  const notPassed = words.split("\n").filter((line) => line.startsWith("not passed: "));
  const counted = { name, seconds, passed: Number(passed ?? 0), failed: Number(failed ?? 0), notPassed };
  // a suite that ran no test, or ended badly without naming a failure, has failed
  if (counted.failed === 0 && (code !== 0 || counted.passed === 0))
    return { ...counted, failed: 1, note: counted.passed === 0 ? "ran no test" : `ended with code ${code}` };
  return counted;
}

function run(program, args) {
  return new Promise((resolve_) => {
    const env = { ...process.env, PATH: `${dirname(program)}:${process.env.PATH}` };
    const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    let words = "";
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      from.on("data", (chunk) => {
        words = (words + chunk).slice(-100_000);
        to.write(chunk);
      });
    }
    const timer = setTimeout(() => child.kill("SIGKILL"), suiteMsMax);
    child.on("error", (trouble) => resolve_({ code: -1, words: trouble.message }));
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve_({ code: code ?? -1, words });
    });
  });
}

function close(results) {
  const whole = results.reduce((sum, each) => sum + each.seconds, 0);
  say("\nsuite                      passed  failed     time  share");
  for (const { name, passed, failed, seconds, note } of results) {
    const share = `${Math.round((100 * seconds) / whole)} %`.padStart(6);
    say(
      `${name.padEnd(26)} ${String(passed).padStart(6)} ${String(failed).padStart(7)} ${`${seconds.toFixed(1)} s`.padStart(8)} ${share}${note === undefined ? "" : `  ${note}`}`,
    );
  }
  say(`${"all".padEnd(26)} ${" ".repeat(14)} ${`${whole.toFixed(1)} s`.padStart(8)}\n`);
  for (const { name, notPassed = [] } of results) for (const line of notPassed) say(`${name}: ${line}`);
  const passed = results.reduce((sum, each) => sum + each.passed, 0);
  const failed = results.reduce((sum, each) => sum + each.failed, 0);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await test();
} catch (trouble) {
  process.stderr.write(`\n${trouble instanceof Told ? trouble.message : (trouble?.stack ?? trouble)}\n`);
  say("0 passed, 1 failed");
  process.exitCode = 1;
}
