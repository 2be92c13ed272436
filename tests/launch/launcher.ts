import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");
const upMsMax = 240_000;

/** Somebody who runs the shop: root, or `nobody`, whose home cannot be written. */
export type Person = { readonly name: string; readonly uid?: number; readonly gid?: number };
/** Root tries both; anybody else is the person the shop must also work for. */
export const people: readonly Person[] =
  process.getuid?.() === 0 ? [{ name: "root" }, { name: "nobody", uid: 65_534, gid: 65_534 }] : [{ name: "a user" }];

export type Place = { readonly folder: string; readonly home: string; readonly data: string; remove(): void };

/** A clean copy of HEAD for `person`, packages linked to save a minute, with an empty home of its own. */
export function cleanCopy(person: Person): Place {
  const base = mkdtempSync(join(tmpdir(), "kuantai-launch-"));
  chmodSync(base, 0o755);
  const folder = join(base, "shop");
  const home = join(base, "home");
  execFileSync("git", ["clone", "-q", root, folder]);
  linkPackages(folder);
  mkdirSync(home);
  if (person.uid !== undefined) giveTo(folder, person.uid);
  return { folder, home, data: join(folder, ".kuantai"), remove: () => rmSync(base, { recursive: true, force: true }) };
}

function linkPackages(folder: string): void {
  try {
    execFileSync("cp", ["-al", join(root, "node_modules"), folder], { stdio: "ignore" });
  } catch (trouble) {
    if ((trouble as { readonly status?: number }).status === undefined) throw trouble;
    // another file system: links cannot reach over
    rmSync(join(folder, "node_modules"), { recursive: true, force: true });
    execFileSync("cp", ["-a", join(root, "node_modules"), folder]);
  }
}

/** Folders and our own files become the person's; linked packages stay whose they are. */
function giveTo(folder: string, uid: number): void {
  chownSync(folder, uid, uid);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory() || (entry.isFile() && !path.includes("/node_modules/"))) chownSync(path, uid, uid);
  }
}

export type Run = {
  readonly child: ChildProcess;
  /** Everything said so far. */
  said(): string;
  /** Resolves when the shop is up; throws when it ended before. */
  up(): Promise<void>;
  ended: Promise<number>;
};

/** `npm start` as a person would run it, by its own script; output through a pipe. */
export function start(place: Pick<Place, "folder" | "home">, person: Person, options: readonly string[] = []): Run {
  const child = spawn(process.execPath, [join(place.folder, "src/launch/start.mjs"), ...options], {
    cwd: place.folder,
    env: { PATH: process.env["PATH"] ?? "", HOME: place.home },
    stdio: ["ignore", "pipe", "pipe"],
    ...(person.uid === undefined ? {} : { uid: person.uid, gid: person.gid }),
  });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (words += String(chunk)));
  const ended = new Promise<number>((settle) => child.on("close", (code) => settle(code ?? -1)));
  return { child, said: () => words, ended, up: () => untilUp(() => words, ended) };
}

async function untilUp(said: () => string, ended: Promise<number>): Promise<void> {
  const deadline = Date.now() + upMsMax;
  let code: number | null = null;
  void ended.then((value) => (code = value));
  while (!said().includes("Ctrl-C stops the shop.")) {
    if (code !== null || Date.now() > deadline) throw new Error(`the shop did not come up (${code}):\n${said()}`);
    await pause(50);
  }
}

/** Command lines of every process that has `text` in its command line, working folder or environment's data folder. */
export function processesOf(text: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => ({ pid, line: readProc(`/proc/${pid}/cmdline`).replaceAll("\0", " ") }))
    .filter(({ line }) => line.includes(text))
    .map(({ pid, line }) => `${pid} ${line}`);
}

/** Waits until `isSo`, at most `msMax`. */
export async function until(isSo: () => boolean, msMax: number): Promise<boolean> {
  const deadline = Date.now() + msMax;
  while (!isSo()) {
    if (Date.now() > deadline) return false;
    await pause(50);
  }
  return true;
}

export function pause(ms: number): Promise<void> {
  return new Promise((settle) => {
    setTimeout(settle, ms);
  });
}

function readProc(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (trouble) {
    // it ended while we looked
    return (trouble as { readonly code?: string }).code === undefined ? "?" : "";
  }
}
