// Replays vector files through the shipped code: npm run -s vectors -- FILE…   (without FILE: all of tests/vectors)
// Vite compiles the TypeScript on the way, because Node 20 cannot.
import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const folder = dirname(fileURLToPath(import.meta.url));
const given = process.argv.slice(2);
const files =
  given.length > 0
    ? given.map((file) => resolve(process.env.INIT_CWD ?? process.cwd(), file))
    : readdirSync(folder)
        .filter((name) => name.endsWith(".json"))
        .toSorted()
        .map((name) => join(folder, name));

const { module } = await runnerImport(join(folder, "replay.ts"), {
  configFile: false,
  logLevel: "error",
  root: join(folder, "../.."),
});
const { failures, leftOut, passed } = await module.replayFiles(files);
for (const line of [...leftOut, ...failures]) console.log(line);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
