import { fstatSync } from "node:fs";

/** One line to the terminal. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** Whether secrets may be written to standard output: to a terminal or to whoever reads a pipe, never into a file. */
export function maySaySecrets() {
  return !fstatSync(1).isFile();
}

/** Says what takes long, and a dot every three seconds while it does; answers what `work` answers. */
export async function saying(what, work) {
  process.stdout.write(`· ${what} `);
  const began = performance.now();
  const timer = setInterval(() => process.stdout.write("."), 3_000);
  try {
    const result = await work();
    process.stdout.write(` ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (trouble) {
    process.stdout.write("\n");
    throw trouble;
  } finally {
    clearInterval(timer);
  }
}

/** An error whose message is all that the person needs: no stack is shown. */
export class Told extends Error {}
