// Some days of a shop with planted differences, recounted from outside: npm run -s trade -- --seed N --days D [--customers N]
// Vite compiles the TypeScript on the way, because Node 20 cannot.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const folder = dirname(fileURLToPath(import.meta.url));
// The module works while it is imported: afterwards Vite compiles nothing more, and some parts are fetched only when needed.
await runnerImport(join(folder, "main.ts"), {
  configFile: false,
  logLevel: "error",
  root: join(folder, "../.."),
});
process.exit();
