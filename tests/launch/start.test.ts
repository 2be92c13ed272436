import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { gatewayTimeHeader } from "../../src/contract/version.ts";
import { root, start } from "./launcher.ts";

it(`the shop starts, answers and stops under Node ${process.versions.node}`, async () => {
  const data = mkdtempSync(join(tmpdir(), "kuantai-start-"));
  const run = start({ folder: root, home: data }, { name: "this one" }, ["--data", join(data, "data")]);
  await run.up();
  const [, till = ""] = /Till\s+(http:\/\/127\.0\.0\.1:\d+)\//.exec(run.said()) ?? [];
  const answer = await fetch(`${till}/v1/till`);
  expect(answer.status).toBe(401);
  expect(Math.abs(Number(answer.headers.get(gatewayTimeHeader)) - Date.now())).toBeLessThan(5_000);
  run.child.kill("SIGINT");
  expect(await run.ended).toBe(0);
  // a folder closed to others (mkdtemp's) keeps root's database elsewhere, behind a link
  const database = realpathSync(join(data, "data/postgres"));
  expect(database.startsWith("/var/lib/kuantai/")).toBe(process.getuid?.() === 0);
  for (const folder of [database, data]) rmSync(folder, { recursive: true, force: true });
});
