import { readFileSync, statSync } from "node:fs";
import { refuse, ok, type Result } from "../../domain/result.ts";
import type { SecretPlace } from "../config.ts";

/** Bits of a file's mode that let others than its owner at it. */
const othersBits = 0o077;

/** What lies at `place`, or the line that says what is wrong; `what` is its name in the configuration. */
export function readSecret(
  what: string,
  place: SecretPlace,
  variables: Readonly<Record<string, string | undefined>>,
): Result<string, string> {
  if ("variable" in place) {
    const value = variables[place.variable]?.trim();
    if (value === undefined || value === "")
      return refuse(`${what}: the variable ${place.variable} is not set. Set it for whoever starts the gateway.`);
    return ok(value);
  }
  const read = readPrivateFile(what, place.file);
  if (read.ok && read.value.trim() === "") return refuse(`${what}: ${place.file} is empty. Write the address into it.`);
  return read.ok ? ok(read.value.trim()) : read;
}

/** The text of a file that only its owner may read, or the line that says what is wrong with it. */
export function readPrivateFile(what: string, path: string): Result<string, string> {
  const text = readOpenFile(what, path);
  if (!text.ok) return text;
  // Windows keeps no such bits
  const { mode } = statSync(path);
  if (process.platform !== "win32" && (mode & othersBits) !== 0)
    return refuse(`${what}: others may read ${path}. Close it: chmod 600 ${path}`);
  return text;
}

/** The text of a file that anybody may read, or the line that says what is wrong with it. */
export function readOpenFile(what: string, path: string): Result<string, string> {
  try {
    return ok(readFileSync(path, "utf8"));
  } catch (trouble) {
    // missing, or not ours to read: the person is told which
    const { code } = trouble as { readonly code?: string };
    if (code === "ENOENT") return refuse(`${what}: ${path} is missing. Put it there, or name another file.`);
    if (code === "EACCES")
      return refuse(`${what}: ${path} may not be read by this user. Give it to whoever starts the gateway.`);
    return refuse(`${what}: ${path} cannot be read (${code ?? String(trouble)}).`);
  }
}
