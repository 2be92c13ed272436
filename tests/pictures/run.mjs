// Takes the pictures of the manifest and the README anew: npm run pictures. It starts a shop and Chromium, and writes files.
// Vite compiles the TypeScript on the way, because Node 20 cannot.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const folder = dirname(fileURLToPath(import.meta.url));
await runnerImport(join(folder, "pictures.ts"), {
  configFile: false,
  logLevel: "error",
  root: join(folder, "../.."),
});
process.exit();
