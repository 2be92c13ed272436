import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync, readdirSync } from "node:fs";

/**
 * When process `pid` began, as an opaque text, or null when there is no such process (a zombie counts as none).
 *
 * A pid alone may have been given to somebody else since; pid and beginning together name one process.
 */
export function beginningOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? null : (fields[19] ?? null);
  } catch (trouble) {
    if (process.platform === "linux") return gone(trouble);
    return beginningByPs(pid);
  }
}

/** The path of the program that `pid` runs, or null when it cannot be seen. */
export function programOf(pid) {
  try {
    return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, "");
  } catch (trouble) {
    if (process.platform === "linux") return gone(trouble);
    return ps(pid, "comm=");
  }
}

/** Who listens on the TCP port of this machine: `pid (command)`, or null when it cannot be found out. */
export function listenerOn(port) {
  if (process.platform !== "linux") return null;
  const inodes = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) => listeningInodes(table, port));
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    if (socketsOf(pid).some((inode) => inodes.includes(inode))) return `${pid} (${commandOf(pid)})`;
  }
  return null;
}

function listeningInodes(table, port) {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  return readOr(table, "")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((column) => column[3] === "0A" && column[1]?.endsWith(`:${hex}`))
    .map((column) => column[9]);
}

function socketsOf(pid) {
  return namesIn(`/proc/${pid}/fd`).map((fd) => /^socket:\[(\d+)\]$/.exec(linkOr(`/proc/${pid}/fd/${fd}`))?.[1]);
}

function namesIn(folder) {
  try {
    return readdirSync(folder);
  } catch (trouble) {
    return gone(trouble) ?? [];
  }
}

function linkOr(path) {
  try {
    return readlinkSync(path);
  } catch (trouble) {
    return gone(trouble) ?? "";
  }
}

function commandOf(pid) {
  return readOr(`/proc/${pid}/cmdline`, "").split("\0").join(" ").trim().slice(0, 120) || "?";
}

function beginningByPs(pid) {
  return ps(pid, "lstart=");
}

function ps(pid, column) {
  try {
    return execFileSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch (trouble) {
    return gone(trouble);
  }
}

function readOr(path, otherwise) {
  try {
    return readFileSync(path, "utf8");
  } catch (trouble) {
    return gone(trouble) ?? otherwise;
  }
}

/** Null for what a process that ended meanwhile, or belongs to somebody else, answers; anything else is a bug. */
function gone(trouble) {
  if (["ENOENT", "ESRCH", "EACCES", "EPERM", "EINVAL"].includes(trouble.code) || typeof trouble.status === "number")
    return null;
  throw trouble;
}
