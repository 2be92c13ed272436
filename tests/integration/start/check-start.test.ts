import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readEnvironment } from "../../../src/gateway/environment.ts";
import { resetOwner } from "../../../src/gateway/office/owner.ts";
import { fillSampleShop } from "../../../src/gateway/sample-shop/fill.ts";
import { makeKeyFile } from "../../../src/gateway/keys/key-file.ts";
import { gatewayKeys } from "../../../src/gateway/keys/gateway-keys.ts";
import { checkStart } from "../../../src/gateway/start/check-start.ts";
import { openPostgres } from "../../../src/gateway/store/database.ts";
import { systemClock, systemRandom } from "../../../src/gateway/system-clock.ts";
import { freshDatabase, type FreshDatabase } from "../fresh-database.ts";

const folder = mkdtempSync(join(tmpdir(), "kuantai-start-"));
let fresh: FreshDatabase;
const roles: string[] = [];
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(async () => {
  const owner = openPostgres(fresh.ownerUrl, () => undefined, 1);
  for (const each of roles) {
    await sql`drop owned by ${sql.id(each)}`.execute(owner);
    await sql`drop role ${sql.id(each)}`.execute(owner);
  }
  await owner.destroy();
  rmSync(folder, { recursive: true, force: true });
});

/** A role made for one test, and the address to connect as it. */
async function role(powers: string, database = fresh): Promise<string> {
  const name = `start_${randomBytes(5).toString("hex")}`;
  const owner = openPostgres(database.ownerUrl, () => undefined, 1);
  await sql.raw(`create role ${name} login password 'start' ${powers}`).execute(owner);
  await owner.destroy();
  roles.push(name);
  return database.applicationUrl.replace(/\/\/[^@]*@/, `//${name}:start@`);
}

const proxied = {
  listen: "127.0.0.1",
  port: 8400,
  tillHost: "till.shop.example",
  officeHost: "office.shop.example",
  proxy: { from: ["127.0.0.1"] },
};

/** The lines against a shop whose configuration file says this, with the database's addresses in the environment. */
async function faultsOf(change: object, url: string, ownerUrl = "", migrates = true): Promise<readonly string[]> {
  const config = {
    v: 1,
    gateway: proxied,
    sandbox: { on: false },
    database: { url: { variable: "APPLICATION" }, ...(ownerUrl === "" ? {} : { ownerUrl: { variable: "OWNER" } }) },
    shop: { kind: "own", currency: "CNY", timeZone: "Asia/Shanghai" },
    ...change,
  };
  writeFileSync(join(folder, "kuantai.json"), JSON.stringify(config));
  const variables = { APPLICATION: url, OWNER: ownerUrl, KUANTAI_DATA: folder };
  const at = systemClock.now();
  const checked = await checkStart(readEnvironment(variables), { variables, at, random: systemRandom, migrates });
  return checked.ok ? [] : checked.refusal;
}

it("a database with two roles of their own powers is taken", async () => {
  expect(await faultsOf({}, fresh.applicationUrl, fresh.ownerUrl)).toEqual([]);
});

it.each([
  ["superuser", /SUPERUSER.*nosuperuser/],
  ["createrole createdb", /CREATEROLE, CREATEDB.*nocreaterole nocreatedb/],
  ["bypassrls", /BYPASSRLS/],
])("an application role that is %s is refused", async (powers, line) => {
  expect(await faultsOf({}, await role(powers), fresh.ownerUrl)).toEqual([expect.stringMatching(line)]);
});

it("an application role that owns tables, may make them, or belongs to the owner is refused", async () => {
  const own = await role("");
  const name = /\/\/([^:]+):/.exec(own)?.[1] ?? "";
  const owner = openPostgres(fresh.ownerUrl, () => undefined, 1);
  try {
    await sql`grant create on schema public to ${sql.id(name)}`.execute(owner);
    expect(await faultsOf({}, own, fresh.ownerUrl)).toEqual([expect.stringMatching(/may make tables: revoke create/)]);
    await sql`create table ${sql.id(`of_${name}`)} (a integer)`.execute(owner);
    await sql`alter table ${sql.id(`of_${name}`)} owner to ${sql.id(name)}`.execute(owner);
    expect(await faultsOf({}, own, fresh.ownerUrl)).toEqual([expect.stringMatching(/owns 1 tables/)]);
    await sql`drop table ${sql.id(`of_${name}`)}`.execute(owner);
    await sql`revoke create on schema public from ${sql.id(name)}`.execute(owner);
    expect(await faultsOf({}, own, own)).toEqual(
      expect.arrayContaining([expect.stringMatching(/name one role/), expect.stringMatching(/may not make tables/)]),
    );
    expect(await faultsOf({}, own)).toEqual([expect.stringMatching(/may not read the tables/)]);
    const group = await role("");
    const groupName = /\/\/([^:]+):/.exec(group)?.[1] ?? "";
    await sql`grant create on schema public to ${sql.id(groupName)}`.execute(owner);
    await sql`grant ${sql.id(groupName)} to ${sql.id(name)} with inherit false`.execute(owner);
    expect(await faultsOf({}, own, group)).toEqual([
      expect.stringMatching(/is a member of start_.*revoke start_/),
      expect.stringMatching(/tables are another role's/),
    ]);
  } finally {
    await owner.destroy();
  }
});

it("a database that is not reached, two databases, and one without tables or owner are told apart", async () => {
  const wrong = fresh.applicationUrl.replace(/:[^:@]+@/, ":wrong@");
  expect(await faultsOf({}, wrong, fresh.ownerUrl)).toEqual([
    expect.stringMatching(/does not answer as kuantai_application@.*role and password/),
  ]);
  const lines = await faultsOf({}, "mysql://a", fresh.ownerUrl);
  expect(lines).toEqual([expect.stringMatching(/no address of PostgreSQL/)]);
  expect(lines.join()).not.toContain("wrong");
  const another = await freshDatabase();
  expect(await faultsOf({}, fresh.applicationUrl, another.ownerUrl)).toEqual([
    expect.stringMatching(/lead to two databases/),
  ]);
  const empty = fresh.applicationUrl.replace(/\/test_[0-9a-f]+\?/, "/postgres?");
  expect(await faultsOf({}, empty)).toEqual([expect.stringMatching(/the database is empty.*ownerUrl is missing/)]);
});

it("a demo's database is no real shop's, nor a real shop's the demo's, nor one with the sandbox's accounts", async () => {
  const demo = await freshDatabase();
  const keys = gatewayKeys(
    { sealing: systemRandom.bytes(32), hashing: systemRandom.bytes(32), signing: systemRandom.bytes(32) },
    systemRandom,
  );
  const parts = { database: demo.open(), keys, clock: systemClock, random: systemRandom };
  await fillSampleShop(parts, { seed: 1, products: 5 }, [
    { id: "w", provider: "wechat-pay", channel: "wechat", timings: {}, credentials: {} },
  ]);
  expect(await faultsOf({}, demo.applicationUrl, demo.ownerUrl)).toEqual([
    expect.stringMatching(/holds the demo shop.*empty database/),
  ]);
  const owner = openPostgres(demo.ownerUrl, () => undefined, 1);
  await sql`set session_replication_role = replica`.execute(owner);
  await sql`update store set id = 'own-' || id`.execute(owner);
  await owner.destroy();
  expect(await faultsOf({}, demo.applicationUrl, demo.ownerUrl)).toEqual([
    expect.stringMatching(/accounts with the sandbox \(w\)/),
  ]);
  const cleared = demo.open();
  await cleared.deleteFrom("store_account").execute();
  await cleared.deleteFrom("provider_account").execute();
  expect(await faultsOf({}, demo.applicationUrl, demo.ownerUrl)).toEqual([
    expect.stringMatching(/keys\.json is missing/),
  ]);
  const yen = { shop: { kind: "own", currency: "JPY", timeZone: "Asia/Tokyo" } };
  expect(await faultsOf(yen, demo.applicationUrl, demo.ownerUrl)).toEqual([
    expect.stringMatching(/shop\.currency is JPY.*has sold in CNY.*Write CNY/),
  ]);
  const { applicationUrl, ownerUrl } = demo;
  const variables = { KUANTAI_DATA: folder, DATABASE_URL: applicationUrl, DATABASE_OWNER_URL: ownerUrl };
  const written = { v: 1, gateway: { ...proxied, tillHost: "127.0.0.1", officeHost: "localhost" } };
  const { proxy: _proxy, ...gateway } = written.gateway;
  const shop = { kind: "demo", seed: 1, products: 5 };
  writeFileSync(join(folder, "kuantai.json"), JSON.stringify({ v: 1, gateway, sandbox: { on: false }, shop }));
  const at = systemClock.now();
  const checked = await checkStart(readEnvironment(variables), { variables, at, random: systemRandom, migrates: true });
  expect(checked.ok ? [] : checked.refusal).toEqual([expect.stringMatching(/holds a real shop.*"demo"/)]);
});

it("the key file is missing only before the first start, and is its owner's alone", async () => {
  const kept = await freshDatabase();
  const database = kept.open();
  const at = (): Promise<readonly string[]> => faultsOf({}, kept.applicationUrl, kept.ownerUrl);
  expect(await at()).toEqual([]);
  await resetOwner({ database, clock: systemClock, random: systemRandom });
  expect(await at()).toEqual([expect.stringMatching(/keys\.json is missing.*backup/)]);
  const path = join(folder, "keys.json");
  makeKeyFile(path, systemRandom);
  expect(await at()).toEqual([]);
  chmodSync(path, 0o644);
  expect(await at()).toEqual([expect.stringMatching(/others may read.*chmod 600/)]);
  chmodSync(path, 0o600);
  writeFileSync(path, "{}");
  expect(await at()).toEqual([expect.stringMatching(/no key file of this program/)]);
  const elsewhere = { keys: { file: join(folder, "elsewhere.json") } };
  expect(await faultsOf(elsewhere, kept.applicationUrl, kept.ownerUrl)).toEqual([
    expect.stringMatching(/keys\.file: .*elsewhere\.json is missing/),
  ]);
  rmSync(path);
});

it("what stands in files, network and database comes as one list", async () => {
  const change = {
    gateway: { ...proxied, proxy: undefined, listen: "0.0.0.0", notifyUrl: "http://pay.shop.example" },
    sandbox: { on: true, listen: "127.0.0.1", port: 8401 },
  };
  const lines = await faultsOf(change, await role("superuser"), fresh.ownerUrl);
  expect(lines.map((line) => line.slice(0, 14))).toHaveLength(6);
});
