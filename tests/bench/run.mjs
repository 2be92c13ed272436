// Measures what the house promises: npm run bench. Nothing is written; `npm test` holds no timed test.
// Vite compiles the TypeScript on the way, because Node 20 cannot.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const folder = dirname(fileURLToPath(import.meta.url));
// The module works while it is imported: afterwards Vite compiles nothing more, and some parts are fetched only when needed.
await runnerImport(join(folder, "bench.ts"), {
  configFile: false,
  logLevel: "error",
  root: join(folder, "../.."),
});
process.exit();
