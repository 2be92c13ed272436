import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgres } from "../../src/launch/postgres.mjs";
import { processesOf, root, start } from "./launcher.ts";

const me = { name: "this one" };
const base = mkdtempSync(join(tmpdir(), "kuantai-own-"));
const data = join(base, "data");
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let port = 0;
beforeAll(async () => {
  chmodSync(base, 0o711);
  mkdirSync(data, { mode: 0o700 });
  postgres = await startPostgres({ folder: join(base, "elsewhere"), settings: ["fsync=off"] });
  port = await freePort();
  writeFileSync(join(data, "application-url"), postgres.applicationUrl, { mode: 0o600 });
  writeFileSync(join(data, "owner-url"), postgres.ownerUrl, { mode: 0o600 });
});
afterAll(async () => {
  await postgres.stop();
  rmSync(base, { recursive: true, force: true });
});

function freePort(): Promise<number> {
  return new Promise((settle) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port: free } = probe.address() as AddressInfo;
      probe.close(() => settle(free));
    });
  });
}

function configure(change: object): void {
  const config = {
    v: 1,
    gateway: { listen: "127.0.0.1", port, tillHost: "127.0.0.1", officeHost: "localhost" },
    sandbox: { on: false },
    database: { url: { file: "application-url" }, ownerUrl: { file: "owner-url" } },
    shop: { kind: "own", currency: "CNY", timeZone: "Asia/Shanghai" },
    ...change,
  };
  writeFileSync(join(data, "kuantai.json"), JSON.stringify(config));
}
const begin = (options: readonly string[] = []) =>
  start({ folder: root, home: base }, me, ["--data", data, ...options]);

it("a start with many faults names them all at once, changes nothing and ends with 1", async () => {
  chmodSync(join(data, "owner-url"), 0o644);
  configure({
    gateway: { listen: "0.0.0.0", port, tillHost: "till.shop.example", officeHost: "till.shop.example" },
    sandbox: { on: true, listen: "127.0.0.1", port: port + 1 },
    database: { url: { file: "nowhere" }, ownerUrl: { file: "owner-url" } },
  });
  const run = begin();
  expect(await run.ended).toBe(1);
  const said = run.said();
  expect(said).toContain("6 things are not right");
  for (const line of [
    /- gateway\.officeHost is gateway\.tillHost/,
    /- sandbox\.on is true/,
    /- till\.shop\.example would be served without TLS/,
    /- gateway\.listen is 0\.0\.0\.0/,
    /- database\.url: .*nowhere is missing/,
    /- database\.ownerUrl: others may read .*chmod 600/,
  ])
    expect(said).toMatch(line);
  expect(existsSync(join(data, "keys.json"))).toBe(false);
  chmodSync(join(data, "owner-url"), 0o600);
});

it("a real shop starts the gateway alone on the database that is named, and shows the owner's password once", async () => {
  configure({});
  const run = begin();
  await run.up();
  expect(run.said()).toMatch(/Owner, in office\s+[0-9A-Z]{20}/);
  expect(run.said()).not.toMatch(/Sandbox|PIN|activate=/);
  expect(existsSync(join(data, "postgres"))).toBe(false);
  expect(processesOf(data).filter((line) => /postgres|sandbox\.js/.test(line))).toEqual([]);
  expect((await fetch(`http://localhost:${port}/`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${port}/v1/till`)).status).toBe(401);
  const gateway = processesOf("gateway/main.js").find((line) =>
    readFileSync(`/proc/${line.split(" ")[0]}/environ`, "utf8").includes(data),
  );
  expect(gateway).toBeDefined();
  const asked = begin(["--new-pins"]);
  expect(await asked.ended).toBe(1);
  expect(asked.said()).toContain("made in the office");
  run.child.kill("SIGINT");
  expect(await run.ended).toBe(0);
});

it("a second start shows no password, and without its key file it does not start at all", async () => {
  const run = begin();
  await run.up();
  expect(run.said()).not.toContain("Owner, in office");
  run.child.kill("SIGINT");
  expect(await run.ended).toBe(0);
  rmSync(join(data, "keys.json"));
  const without = begin();
  expect(await without.ended).toBe(1);
  expect(without.said()).toMatch(/One thing is not right:\n {2}- keys\.json: .*missing.*backup/);
});
