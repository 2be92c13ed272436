import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { addressesOf, readConfiguration } from "../../../src/gateway/config.ts";
import { readEnvironment } from "../../../src/gateway/environment.ts";

const folder = mkdtempSync(join(tmpdir(), "kuantai-config-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const right = {
  v: 1,
  gateway: { listen: "127.0.0.1", port: 8400, tillHost: "127.0.0.1", officeHost: "localhost" },
  sandbox: { on: true, listen: "127.0.0.1", port: 8401 },
  shop: { kind: "demo", seed: 1, products: 3_000 },
};
function reading(change: unknown): () => unknown {
  const path = join(folder, "kuantai.json");
  writeFileSync(path, JSON.stringify(change));
  return () => {
    const { config, faults } = readConfiguration(path);
    if (config === null) throw new Error(faults.join("\n"));
    return config;
  };
}

it("a right configuration gives the till and the office an address each", () => {
  expect(reading(right)()).toEqual(right);
  expect(addressesOf(right as never)).toEqual({
    till: "http://127.0.0.1:8400",
    office: "http://localhost:8400",
    sandbox: "http://127.0.0.1:8401",
  });
});

it("a folder of pictures is found from where the file is, wherever the gateway was started", () => {
  expect(reading({ ...right, display: { pictures: "pictures" } })()).toEqual({
    ...right,
    display: { pictures: join(folder, "pictures") },
  });
  expect(reading({ ...right, display: { pictures: "/srv/pictures" } })()).toMatchObject({
    display: { pictures: "/srv/pictures" },
  });
});

it("what a shop decides for its counter is read in part", () => {
  const rules = { tips: [500, 1_000], unverified: { each: 20_000, day: 100_000 }, rounding: null };
  expect(reading({ ...right, rules })()).toMatchObject({ ...right, rules });
});

it.each([
  ["a rule nobody knows", { ...right, rules: { tip: [500] } }, "tip"],
  ["a rule that cannot be", { ...right, rules: { unverified: { each: -1, day: 0 } } }, "rules.unverified.each"],
  ["a label no scale prints", { ...right, rules: { labels: ["99XYZ"] } }, "rules.labels"],
  ["a folder of pictures without a name", { ...right, display: { pictures: "" } }, "display.pictures"],
  ["a port that is none", { ...right, gateway: { ...right.gateway, port: 0 } }, "gateway.port"],
  ["a field nobody knows", { ...right, colour: "red" }, "colour"],
  [
    "a host with a port in it",
    { ...right, gateway: { ...right.gateway, tillHost: "127.0.0.1:80" } },
    "gateway.tillHost",
  ],
  ["more products than the sample can name", { ...right, shop: { ...right.shop, products: 100_001 } }, "shop.products"],
])("%s is refused, and the field named", (_what, change, named) => {
  expect(reading(change)).toThrow(named);
});

it("the data folder is named by whoever starts the gateway", () => {
  expect(() => readEnvironment({ DATABASE_URL: "postgres://a@/b" })).toThrow("KUANTAI_DATA");
  expect(readEnvironment({ KUANTAI_DATA: "/x" }).databaseUrl).toBeNull();
});
