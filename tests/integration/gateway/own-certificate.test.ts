import { readFileSync } from "node:fs";
import { request as plainRequest } from "node:http";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { gatewayBench, testConfiguration, type GatewayBench } from "../gateway-bench.ts";

const files = resolve(import.meta.dirname, "../../fixtures/certificates");
const cert = readFileSync(`${files}/shop.pem`, "utf8");
const key = readFileSync(`${files}/shop-key.pem`, "utf8");
const host = "till.shop.example";
let bench: GatewayBench;
let port = 0;
beforeAll(async () => {
  const gateway = {
    listen: "127.0.0.1",
    port: 8400,
    tillHost: host,
    officeHost: "office.shop.example",
    tls: { certificate: "shop.pem", key: "shop-key.pem" },
  };
  bench = await gatewayBench({ config: { ...testConfiguration, gateway }, tls: { cert, key } });
  await bench.gateway.app.server.listen({ host: "127.0.0.1", port: 0 });
  port = (bench.gateway.app.server.server.address() as AddressInfo).port;
});
afterAll(() => bench?.gateway.stop());

it("a gateway with a certificate of its own answers over TLS, and tells the browser to stay there", async () => {
  const answer = await new Promise<{ status: number | undefined; strict: string | undefined }>((settle, fail) => {
    const options = { host: "127.0.0.1", port, path: "/v1/till", ca: cert, servername: host, headers: { host } };
    request(options, (response) => {
      response.resume();
      settle({ status: response.statusCode, strict: response.headers["strict-transport-security"] });
    })
      .on("error", fail)
      .end();
  });
  expect(answer).toEqual({ status: 401, strict: "max-age=31536000" });
});

it("it does not answer without TLS at all", async () => {
  const trouble = await new Promise<string>((settle) => {
    plainRequest({ host: "127.0.0.1", port, path: "/v1/till", headers: { host } }, () => settle("answered"))
      .on("error", (why) => settle(why.message))
      .end();
  });
  expect(trouble).not.toBe("answered");
});
