import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";

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

/** A new file's name is on the disk only when its folder is. */
function syncFolder(path: string): void {
  if (process.platform === "win32") return; // folders cannot be opened there
  const folder = openSync(path, "r");
  fsyncSync(folder);
  closeSync(folder);
}
