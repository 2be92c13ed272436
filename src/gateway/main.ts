import { dirname, join } from "node:path";
import { composeGateway } from "./compose.ts";
import { readEnvironment } from "./environment.ts";
import { readKeyFile } from "./keys/key-file.ts";
import { makeLog } from "./log.ts";
import { postgresNews } from "./payments/postgres-news.ts";
import { openPostgres, roleOf } from "./store/database.ts";
import { migrate } from "./store/migrate.ts";
import { pinnedPost } from "./webhooks/post.ts";
import { checkStart, toldFaults } from "./start/check-start.ts";
import { systemClock, systemRandom } from "./system-clock.ts";

/**
 * The composition root of the gateway's process: `node dist/gateway/main.js [--port PORT]`. `--port` lets another gateway
 * serve the same database; the page's own origin stays the configured one. Stops by SIGTERM, SIGINT, or when whoever
 * started it is gone.
 */
const outside = { variables: process.env, at: systemClock.now(), random: systemRandom, migrates: false };
const checked = await checkStart(readEnvironment(process.env), outside);
if (!checked.ok) {
  process.stderr.write(`${toldFaults(checked.refusal)}\n`);
  process.exit(1);
}
const { config, databaseUrl, ownerUrl, keyPath, tls } = checked.value;
const log = makeLog(systemClock, "info");

if (ownerUrl !== null) {
  const owner = openPostgres(ownerUrl, complain, 1);
  await migrate(owner, roleOf(databaseUrl), systemClock.now());
  await owner.destroy();
}

const database = openPostgres(databaseUrl, complain);
const gateway = await composeGateway({
  clock: systemClock,
  random: systemRandom,
  database,
  keys: readKeyFile(keyPath, systemRandom),
  config,
  fetch,
  log,
  news: postgresNews(databaseUrl, systemClock, systemRandom, (trouble) => log.warn({ trouble }, "payment news")),
  webhookPost: pinnedPost,
  tls,
  pages: join(dirname(process.argv[1] ?? ""), "../page"),
});

const portAt = process.argv.indexOf("--port");
const port = portAt === -1 ? config.gateway.port : Number(process.argv[portAt + 1]);
let isStopping = false;
for (const signal of ["SIGTERM", "SIGINT", "disconnect"]) process.on(signal, () => void stop());

try {
  await gateway.start();
  await gateway.app.server.listen({ host: config.gateway.listen, port });
  process.send?.({ kind: "ready" });
} catch (trouble) {
  process.stderr.write(
    `The gateway cannot listen on ${config.gateway.listen}:${port}: ${trouble instanceof Error ? trouble.message : String(trouble)}\n`,
  );
  process.exitCode = 1;
  await stop();
}

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await gateway.stop();
  await database.destroy();
  if (process.connected) process.disconnect();
}

function complain(trouble: Error): void {
  log.error({ trouble: trouble.message }, "database connection broke");
}
