import { beforeAll, describe, expect, it } from "vitest";
import type { TillId } from "../../../src/domain/identifier.ts";
import type { Configuration } from "../../../src/gateway/config.ts";
import { resetOwner } from "../../../src/gateway/office/owner.ts";
import { notifyUrl } from "../../../src/gateway/payments/notify-url.ts";
import { makeActivationCode } from "../../../src/gateway/tills/activation.ts";
import { activatedTill } from "../../fakes/signing-till.ts";
import { gatewayBench, testConfiguration, type GatewayBench } from "../gateway-bench.ts";

const hosts = { tillHost: "till.shop.example", officeHost: "office.shop.example" };
const config: Configuration = {
  ...testConfiguration,
  gateway: {
    listen: "0.0.0.0",
    port: 8400,
    ...hosts,
    notifyUrl: "https://pay.shop.example",
    proxy: { from: ["10.9.8.7"], port: 443 },
  },
};
const proxy = "10.9.8.7";
const office = "https://office.shop.example";
let bench: GatewayBench;
beforeAll(async () => {
  bench = await gatewayBench({ config });
});

type Sent = {
  readonly from?: string;
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

/** One request as it comes from the proxy, which says that it came over TLS, or from somebody else's address. */
function ask(path: string, { from = proxy, host = hosts.officeHost, headers = {}, body }: Sent = {}) {
  return bench.gateway.app.server.inject({
    method: body === undefined ? "GET" : "POST",
    url: path,
    remoteAddress: from,
    headers: { host, "x-forwarded-proto": "https", "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
}

const signIn = (password: string, sent: Sent = {}) =>
  ask("/v1/office/sign-ins", {
    ...sent,
    headers: { origin: office, "x-forwarded-for": "203.0.113.50", ...sent.headers },
    body: { v: 1, password },
  });

describe("behind a proxy that ends TLS", () => {
  it("an answer tells the browser to ask over TLS from now on, and the cookie is __Host- and Secure", async () => {
    const password = await resetOwner(bench.parts);
    const signed = await ask("/v1/office/sign-ins", {
      headers: { origin: office },
      body: { v: 1, password, newPassword: "a long new password" },
    });
    expect(signed.statusCode).toBe(200);
    expect(signed.headers["strict-transport-security"]).toBe("max-age=31536000");
    const cookie = String(signed.headers["set-cookie"]);
    expect(cookie).toMatch(/^__Host-kuantai-office=[^;]+; Path=\/; HttpOnly; SameSite=Strict; Secure;/);
    const asked = { cookie: cookie.split(";")[0] ?? "", origin: office };
    expect((await ask("/v1/office/session", { headers: asked })).statusCode).toBe(200);
    const made = await ask("/v1/office/activation-codes", { headers: asked, body: { v: 1, till: "till-a1" } });
    expect(made.json().address).toMatch(/^https:\/\/till\.shop\.example\/#activate=/);
  });

  it.each([
    ["without TLS", { headers: { "x-forwarded-proto": "http" } }],
    ["around the proxy", { from: "203.0.113.9" }],
    ["around the proxy, under a host of its own saying", { from: "203.0.113.9", headers: { "x-forwarded-host": "x" } }],
  ])("a request %s is refused before anything is read", async (_what, sent) => {
    const answer = await ask("/v1/office/session", sent);
    expect([answer.statusCode, answer.json().code]).toEqual([421, "wrongHost"]);
  });

  it("the proxy may name the host, another may not", async () => {
    const named = { host: "10.0.0.2", headers: { "x-forwarded-host": hosts.officeHost } };
    expect((await ask("/v1/office/session", named)).json().code).toBe("signedOut");
    expect((await ask("/v1/office/session", { ...named, from: "10.9.8.6" })).json().code).toBe("wrongHost");
  });

  it.each(["http://office.shop.example", "https://till.shop.example", "https://office.shop.example:8400", "null"])(
    "a write from %s is no write of the office's page",
    async (origin) => {
      expect((await signIn("x", { headers: { origin } })).json().code).toBe("forbidden");
    },
  );

  it("tries are counted by the client's address, which a client cannot choose", async () => {
    const from = (chain: string) => signIn("wrong", { headers: { "x-forwarded-for": chain } });
    for (let i = 0; i < 5; i += 1) expect((await from(`198.51.100.${i}, 203.0.113.66`)).json().code).toBe("signedOut");
    expect((await from("198.51.100.99, 203.0.113.66")).json().code).toBe("tooManyTries");
    expect((await from("203.0.113.67")).json().code).toBe("signedOut");
  });

  it("a till signs and is heard through it", async () => {
    const { code } = await makeActivationCode(bench.parts, "till-a1" as TillId);
    const { server } = bench.gateway.app;
    const proxied = {
      inject: (sent: { headers: Record<string, string> }) =>
        server.inject({
          ...sent,
          remoteAddress: proxy,
          headers: { ...sent.headers, host: hosts.tillHost, "x-forwarded-proto": "https" },
        } as never),
    } as unknown as typeof server;
    const till = await activatedTill(proxied, bench.parts.clock, code);
    expect((await till.ask({ path: "/v1/till" })).statusCode).toBe(200);
    const direct = await till.ask({ path: "/v1/till" }, { through: server, headers: { host: hosts.tillHost } });
    expect(direct.json().code).toBe("wrongHost");
  });

  it("providers notify under the address that they are told, and nothing else answers there", async () => {
    expect(notifyUrl(config, "w", "heping" as never)).toBe("https://pay.shop.example/v1/notify/w/heping");
    const at = { host: "pay.shop.example", body: {} };
    expect((await ask("/v1/notify/w/heping", at)).statusCode).not.toBe(421);
    expect((await ask("/v1/activations", at)).json().code).toBe("wrongHost");
    expect((await ask("/v1/office/session", { host: "pay.shop.example" })).json().code).toBe("wrongHost");
  });
});
