import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";
import { addressesOf, readConfiguration } from "../../../src/gateway/config.ts";
import { configurationFaults } from "../../../src/gateway/start/configuration-faults.ts";

const folder = mkdtempSync(join(tmpdir(), "kuantai-sample-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("the sample configuration of a real shop is read as it stands, and nothing is wrong with it", () => {
  const page = readFileSync(resolve(import.meta.dirname, "../../../docs/real-shop.md"), "utf8");
  const [, sample = ""] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  writeFileSync(join(folder, "kuantai.json"), sample);
  const { config, faults } = readConfiguration(join(folder, "kuantai.json"));
  expect(faults).toEqual([]);
  expect(configurationFaults(config!)).toEqual([]);
  expect(addressesOf(config!)).toEqual({
    till: "https://till.shop.example",
    office: "https://office.shop.example",
    sandbox: null,
  });
  expect(config!.database?.url).toEqual({ file: join(folder, "database-url") });
});

it("a secret written into the file itself is refused with what to write", () => {
  const path = join(folder, "kuantai.json");
  const written = JSON.parse(readFileSync(path, "utf8")) as { database: object };
  writeFileSync(path, JSON.stringify({ ...written, database: { url: "postgres://a:secret@b/c" } }));
  const { faults } = readConfiguration(path);
  expect(faults).toEqual([expect.stringMatching(/database\.url: a secret never stands in this file/)]);
  expect(faults.join()).not.toContain("postgres:");
});

it("every field that is wrong has a line of its own, with its name", () => {
  const path = join(folder, "wrong.json");
  const gateway = { listen: "127.0.0.1", port: 0, tillHost: "Till.Example", officeHost: "office.example" };
  writeFileSync(path, JSON.stringify({ v: 1, gateway, sandbox: {}, shop: { kind: "mine" }, colour: "red" }));
  const { faults } = readConfiguration(path);
  for (const line of [
    /^gateway\.port: /,
    /^gateway\.tillHost: .*small letters/,
    /^sandbox: write \{ "on": false \}/,
    /^shop\.kind: .*"demo".*"own"/,
    /colour/,
  ])
    expect(faults).toContainEqual(expect.stringMatching(line));
  expect(readConfiguration(join(folder, "nowhere.json")).faults).toEqual([
    expect.stringMatching(/nowhere\.json cannot be read/),
  ]);
});
