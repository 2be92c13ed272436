import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { systemClock, systemRandom } from "../system-clock.ts";
import { readSandboxConfig } from "./config.ts";
import { createSandboxServer } from "./http-server.ts";
import { createSandbox } from "./sandbox.ts";
import { openFileStore } from "./store.ts";

/** The composition root of the sandbox's process: `node dist/gateway/sandbox.js CONFIG.json`. */
const configPath = process.argv[2];
if (configPath === undefined) {
  process.stderr.write("The sandbox needs the path of its configuration: node dist/gateway/sandbox.js CONFIG.json\n");
  process.exit(2);
}
const config = readSandboxConfig(readFileSync(configPath, "utf8"));
const sandbox = createSandbox(
  {
    clock: systemClock,
    random: systemRandom,
    store: openFileStore(config.storeFile),
    timeFactor: config.timeFactor,
    bills: config.bills,
    fetch,
  },
  config.plays,
);
const server = createSandboxServer(sandbox, config.pageFolder);
server.on("error", (fault) => {
  process.stderr.write(`The sandbox cannot listen on ${config.host}:${config.port}: ${fault.message}\n`);
  process.exit(1);
});
server.listen(config.port, config.host, () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ ready: "sandbox", url: `http://${config.host}:${port}` })}\n`);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    server.closeAllConnections();
    server.close(() => {
      sandbox.stop();
      process.exit(0);
    });
  });
}
