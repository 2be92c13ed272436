import { describe, expect, it } from "vitest";
import type { Configuration } from "../../../src/gateway/config.ts";
import { configurationFaults, proxiesIn } from "../../../src/gateway/start/configuration-faults.ts";

const right: Configuration = {
  v: 1,
  gateway: {
    listen: "127.0.0.1",
    port: 8400,
    tillHost: "till.shop.example",
    officeHost: "office.shop.example",
    proxy: { from: ["127.0.0.1"], port: 443 },
  },
  sandbox: { on: false },
  database: { url: { file: "/run/database" }, ownerUrl: { variable: "OWNER" } },
  shop: { kind: "own", currency: "CNY", timeZone: "Asia/Shanghai" },
};
const { proxy: _proxy, ...withoutProxy } = right.gateway;
const gateway = (change: Partial<Configuration["gateway"]>): Configuration => ({
  ...right,
  gateway: { ...right.gateway, ...change },
});
const plain = (change: Partial<Configuration["gateway"]> = {}): Configuration => ({
  ...right,
  gateway: { ...withoutProxy, ...change },
});
const loopback = { tillHost: "127.0.0.1", officeHost: "localhost" };
const { database: _database, ...withoutDatabase } = right;
const tls = { certificate: "/c.pem", key: "/k.pem" };

it.each<[string, Configuration]>([
  ["behind a proxy", right],
  ["behind a proxy on another machine", gateway({ listen: "0.0.0.0", proxy: { from: ["10.0.0.0/24"], port: 443 } })],
  ["with a certificate of its own", plain({ tls, listen: "0.0.0.0" })],
  ["on this machine alone", plain(loopback)],
])("a real shop %s has nothing against it", (_what, config) => {
  expect(configurationFaults(config)).toEqual([]);
});

describe("what is wrong is said in one line that tells what to do", () => {
  it.each<[string, Configuration, RegExp]>([
    ["one host for both", gateway({ officeHost: "till.shop.example" }), /must differ.*host name of its own/],
    ["the sandbox on", { ...right, sandbox: { on: true, listen: "127.0.0.1", port: 8401 } }, /sandbox\.on.*false/],
    ["no database", withoutDatabase, /database is missing: name your PostgreSQL/],
    [
      "no time zone",
      { ...right, shop: { kind: "own", currency: "CNY", timeZone: "Asia/Nowhere" } },
      /shop\.timeZone Asia\/Nowhere.*Asia\/Shanghai/,
    ],
    ["a till without TLS", plain({ officeHost: "localhost" }), /till\.shop\.example.*without TLS.*gateway\.proxy/],
    ["an office without TLS", plain({ tillHost: "localhost" }), /office\.shop\.example.*without TLS/],
    ["open to the network", plain({ ...loopback, listen: "0.0.0.0" }), /gateway\.listen is 0\.0\.0\.0.*127\.0\.0\.1/],
    ["TLS twice", gateway({ tls }), /TLS ends once/],
    ["notifications in the clear", gateway({ notifyUrl: "http://pay.shop.example" }), /notifyUrl.*https/],
    ["a proxy by name", gateway({ proxy: { from: ["proxy"], port: 443 } }), /proxy\.from: proxy is no address/],
    ["a network that is none", gateway({ proxy: { from: ["10.0.0.0/33"], port: 443 } }), /is no address/],
    ["everybody as proxy", gateway({ proxy: { from: ["0.0.0.0/0"], port: 443 } }), /so wide that strangers/],
    ["everybody as proxy, IPv6", gateway({ proxy: { from: ["::/0"], port: 443 } }), /so wide that strangers/],
    [
      "a database beside the demo",
      { ...right, shop: { kind: "demo", seed: 1, products: 3 } },
      /database is named for the demo/,
    ],
  ])("%s", (_what, config, line) => {
    const lines = configurationFaults(config);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(line);
  });

  it("all of it at once", () => {
    const { database: _without, ...wrong } = plain({ officeHost: "till.shop.example", listen: "0.0.0.0" });
    expect(configurationFaults({ ...wrong, sandbox: { on: true, listen: "127.0.0.1", port: 8401 } })).toHaveLength(5);
  });
});

it.each([
  ["10.0.0.5", true],
  ["::ffff:10.0.0.5", true],
  ["10.0.0.6", false],
  ["192.168.7.200", true],
  ["192.168.8.1", false],
  ["fd00::1", true],
  ["not an address", false],
])("a proxy is only who is named: %s %s", (address, isOne) => {
  expect(proxiesIn(["10.0.0.5", "192.168.7.0/24", "fd00::/64"])(address)).toBe(isOne);
});
