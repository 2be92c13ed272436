import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { isObject } from "./wire.ts";

/** Where the sandbox keeps its events: one JSON text a line, only ever added to. */
export type SandboxStore = {
  /** What was there when it was opened. */
  readonly lines: readonly string[];
  /** Returns when the line is on the disk: an answer given afterwards survives a killed process. */
  append(line: string): void;
  close(): void;
};

/** Opens or makes the file at `path` (only its owner may read it). A last line torn by a crash was never answered: it is cut. */
export function openFileStore(path: string): SandboxStore {
  const file = openSync(path, "a+", 0o600);
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) ftruncateSync(file, whole);
  fsyncSync(file);
  syncFolder(dirname(path));
  return {
    lines: bytes
      .subarray(0, whole)
      .toString("utf8")
      .split("\n")
      .filter((line) => line !== ""),
    append(line) {
      writeSync(file, `${line}\n`);
      fsyncSync(file);
    },
    close: () => closeSync(file),
  };
}

/** A store that lives as long as the process, for tests and simulations. `lines` grows. */
export function memoryStore(): SandboxStore {
  const lines: string[] = [];
  return { lines, append: (line) => void lines.push(line), close: () => undefined };
}

/** One provider's part of a store. */
export type PlayStore = {
  /** Its events when the store was opened, in order. */
  readonly events: readonly unknown[];
  /** Returns when the event is on the disk. */
  append(event: object): void;
};

/** The lines of `store` that bear the mark `provider`, and new ones under that mark. */
export function storeOf(store: SandboxStore, provider: string): PlayStore {
  return {
    events: eventsOf(store.lines, provider),
    append: (event) => store.append(JSON.stringify({ provider, ...event })),
  };
}

/** The events of one provider in a store's lines. Lines without a mark are WeChat Pay's: it was here alone at first. */
export function eventsOf(lines: Iterable<string>, provider: string): readonly unknown[] {
  const events: unknown[] = [];
  for (const line of lines) {
    const event: unknown = line === "" ? null : JSON.parse(line);
    if (isObject(event) && (event["provider"] ?? "wechat") === provider) events.push(event);
  }
  return events;
}

/** A new file's name is on the disk only when its folder is. */
function syncFolder(path: string): void {
  if (process.platform === "win32") return; // folders cannot be opened there
  const folder = openSync(path, "r");
  fsyncSync(folder);
  closeSync(folder);
}
