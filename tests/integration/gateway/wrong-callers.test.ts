import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { gatewayTimeHeader } from "../../../src/contract/version.ts";
import type { RouteLine } from "../../../src/gateway/routes/route.ts";
import type { Ask, SigningTill, Tampering } from "../../fakes/signing-till.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";

let bench: GatewayBench;
let right: SigningTill;
let other: SigningTill;
let elsewhere: SigningTill;
let revoked: SigningTill;
beforeAll(async () => {
  bench = await gatewayBench();
  await bench.gateway.start();
  revoked = await bench.till("till-a1");
  right = await bench.till("till-a1");
  other = await bench.till("till-a2");
  elsewhere = await bench.till("till-b1");
});

/** The route as a till would ask it; a body so that there is one to alter. */
function askOf(route: RouteLine): Ask {
  const path = route.path
    .replace(":till", "till-a1")
    .replace(/:[a-z]+/g, "01KA1B2C3DTA10AAAAAAAAAAAA")
    .replace("*", "x");
  return route.method === "GET" ? { path } : { method: route.method as "POST", path, body: { v: 1 } };
}

const routesOf = (access: string): readonly RouteLine[] =>
  bench.gateway.app.routes.filter((route) => route.who.access === access && route.method !== "HEAD");
type Caller = {
  readonly who: string;
  readonly expected: number;
  readonly code: string;
  ask(ask: Ask): Promise<{ statusCode: number; body: string }>;
};

function bare(ask: Ask, headers: Record<string, string> = {}, host = "127.0.0.1") {
  const payload = ask.body === undefined ? {} : { payload: JSON.stringify(ask.body) };
  return bench.gateway.app.server.inject({
    method: ask.method ?? "GET",
    url: ask.path,
    headers: { host, "content-type": "application/json", ...headers },
    ...payload,
  });
}

const tampered = (tampering: Tampering) => (ask: Ask) => right.ask(ask, tampering);
const callers: readonly Caller[] = [
  { who: "unsigned", expected: 401, code: "unsigned", ask: (ask) => bare(ask) },
  {
    who: "with an office cookie only",
    expected: 401,
    code: "unsigned",
    ask: (ask) => bare(ask, { cookie: `kuantai-office=${"A".repeat(43)}` }),
  },
  {
    who: "with body or query altered by a byte",
    expected: 401,
    code: "badSignature",
    ask: (ask) =>
      right.ask(
        ask,
        ask.body === undefined ? { sentPath: `${ask.path}?x` } : { sentBody: `${JSON.stringify(ask.body)} ` },
      ),
  },
  { who: "under another till's name", expected: 401, code: "badSignature", ask: tampered({ keyId: "till-a2" }) },
  { who: "from an unknown till", expected: 401, code: "badSignature", ask: tampered({ keyId: "till-x" }) },
  { who: "61 s late", expected: 401, code: "staleSignature", ask: tampered({ createdAheadMs: -62_000 }) },
  { who: "61 s early", expected: 401, code: "staleSignature", ask: tampered({ createdAheadMs: 62_000 }) },
  {
    who: "with a digest header of other bytes",
    expected: 401,
    code: "badSignature",
    ask: tampered({ headers: { "content-digest": "sha-256=:AAAA:" } }),
  },
  { who: "at the office's host", expected: 421, code: "wrongHost", ask: tampered({ headers: { host: "localhost" } }) },
  {
    who: "at a host that is nobody's",
    expected: 421,
    code: "wrongHost",
    ask: tampered({ headers: { host: "evil.example" } }),
  },
  {
    who: "replayed",
    expected: 401,
    code: "replayed",
    async ask(ask) {
      const nonce = `nonce-${Math.random().toString(36).slice(2).padEnd(12, "0")}`;
      // the stream's first answer does not end; its nonce is written all the same
      await Promise.race([right.ask(ask, { nonce }), sleep(500)]);
      return right.ask(ask, { nonce });
    },
  },
];

describe("a route for tills", () => {
  it.each(callers)("refuses a caller $who, every one of them", async ({ expected, code, ask }) => {
    const routes = routesOf("till");
    expect(routes.length).toBeGreaterThanOrEqual(5);
    for (const route of routes) {
      const answer = await ask(askOf(route));
      expect([route.path, answer.statusCode, JSON.parse(answer.body).code]).toEqual([route.path, expected, code]);
    }
  });

  it("refuses another till and another store's till wherever it names a till", async () => {
    for (const route of routesOf("till").filter(({ path }) => path.includes(":till"))) {
      for (const caller of [other, elsewhere]) {
        const answer = await caller.ask(askOf(route));
        expect([route.path, answer.json().code]).toEqual([route.path, "otherTill"]);
      }
    }
  });

  it("refuses a revoked till everywhere but at the journal", async () => {
    for (const route of routesOf("till")) {
      const answer = await revoked.ask(askOf(route));
      const mayPass = route.who.access === "till" && route.who.revokedToo === true;
      expect([route.path, answer.json().code === "revoked"]).toEqual([route.path, !mayPass]);
    }
  });
});

it("a route of the office refuses whoever is not signed in, a signed till too, and every write from another origin", async () => {
  for (const route of routesOf("office")) {
    const ask = askOf(route);
    const answer = await bare(ask, { origin: "http://localhost" }, "localhost");
    expect([route.path, answer.statusCode, answer.json().code]).toEqual([route.path, 401, "signedOut"]);
    const till = await right.ask(ask);
    expect([route.path, till.statusCode]).toEqual([route.path, 421]);
    if (ask.method === undefined) continue;
    const foreign = await bare(ask, { origin: "http://127.0.0.1" }, "localhost");
    expect([route.path, foreign.json().code]).toEqual([route.path, "forbidden"]);
  }
});

it("only activation, the office's ways to sign in, pages, the customer's pictures and the interface's description are open", async () => {
  const open = routesOf("open").map(({ method, path }) => `${method} ${path}`);
  const pictures = ["GET /v1/display/pictures", "GET /v1/display/pictures/:hash"];
  const signIns = ["sign-ins", "passkey-sign-ins/options", "passkey-sign-ins", "invitations/options", "invitations"];
  const office = signIns.map((path) => `POST /v1/office/${path}`);
  const described = "GET /api/v1/openapi.json";
  expect(["POST /v1/activations", ...office, "GET /*", ...pictures, described]).toEqual(expect.arrayContaining(open));
});

it("every answer, refusals and unknown paths too, carries the gateway's time", async () => {
  for (const path of ["/v1/till", "/nowhere"]) {
    const answer = await bare({ path });
    expect(Math.abs(Number(answer.headers[gatewayTimeHeader]) - Date.now())).toBeLessThan(5_000);
  }
  expect(Number((await right.ask({ path: "/v1/till" })).headers[gatewayTimeHeader])).toBeGreaterThan(0);
});
