import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beginningOf } from "./process-identity.mjs";
import { Told } from "./say.mjs";

/** A stopped process has this long before it is killed: the gateway lets requests in flight end first. */
const stopMsMax = 15_000;

/** Says which run holds the data folder: its process, and its children that may outlive it. */
export function noteOf(folder) {
  const path = join(folder, "run.json");
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (trouble) {
    // a note that was being written when the power went is nobody's
    if (trouble instanceof SyntaxError) return null;
    throw trouble;
  }
}

/** Whether the process in the note is the one that wrote it, and still runs. */
export function isAlive(note) {
  return note !== null && note.began === beginningOf(note.pid);
}

/** Takes the data folder for this run; throws when another run took it meanwhile. The note is rewritten as the run grows. */
export function takeFolder(folder) {
  const path = join(folder, "run.json");
  const note = { pid: process.pid, began: beginningOf(process.pid), isUp: false, children: [] };
  const write = (to, flag) => writeFileSync(to, JSON.stringify(note), { mode: 0o600, flag });
  // in one step, so that whoever reads the note never reads half of it
  const rewrite = () => {
    write(`${path}.new`, "w");
    renameSync(`${path}.new`, path);
  };
  if (!isAlive(noteOf(folder))) rmSync(path, { force: true });
  try {
    write(path, "wx");
  } catch (trouble) {
    if (trouble.code === "EEXIST") throw new Told("Another npm start has just begun here. Wait for it.");
    throw trouble;
  }
  return {
    addChild(name, pid) {
      note.children = [...note.children.filter((child) => child.name !== name), { name, pid, began: beginningOf(pid) }];
      rewrite();
    },
    /** `addresses` are told to whoever starts it once more. */
    isUp(addresses) {
      Object.assign(note, { isUp: true, addresses });
      rewrite();
    },
    leave: () => rmSync(path, { force: true }),
  };
}

/** Stops the children that a killed run left behind, the last one first; the database is its own supervisor's to stop. */
export async function stopChildrenOf(note, say) {
  const left = (note?.children ?? []).filter(isAlive);
  if (left.length > 0) say("stopping what an earlier run left behind");
  for (const child of left.toReversed()) await stopProcess(child);
}

async function stopProcess({ pid, began }) {
  process.kill(pid, "SIGTERM");
  const deadline = performance.now() + stopMsMax;
  while (beginningOf(pid) === began) {
    if (performance.now() > deadline) process.kill(pid, "SIGKILL");
    await new Promise((resolve) => {
      setTimeout(resolve, 30);
    });
  }
}
