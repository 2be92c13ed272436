import { beforeAll, describe, expect, it } from "vitest";
import {
  apiBreaks,
  apiPayments,
  apiRoot,
  apiSales,
  apiScopes,
  apiVouchers,
  type ApiKeyBody,
  type ApiScope,
} from "../../../src/contract/api.ts";
import { plusMs, type Instant } from "../../../src/domain/clock.ts";
import type { SaleId, Tag } from "../../../src/domain/identifier.ts";
import { makeApiKey, requestsPerMinuteMax, revokeApiKey } from "../../../src/gateway/api/api-keys.ts";
import { examples } from "../../../src/gateway/routes/open-api-examples.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { newId, sampleSale } from "../../fakes/sample-sale.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";

let bench: GatewayBench;
beforeAll(async () => {
  bench = await gatewayBench();
  for (let nth = 0; nth < 101; nth++) await writeSale(nth);
});

const parts = () => bench.parts;
const schemas = {
  "/sales": apiSales,
  "/payments": apiPayments,
  "/breaks": apiBreaks,
  "/vouchers": apiVouchers,
} as const;

async function writeSale(nth: number): Promise<void> {
  const id = newId<SaleId>("TA10" as Tag);
  const body = sampleSale(id, 1_000 + nth);
  await bench.parts.database
    .insertInto("sale")
    .values({
      store: "heping",
      id,
      till: "till-a1",
      series: 1,
      number: nth + 1,
      state: "completed",
      receipt_number: `A1-1-${nth}`,
      business_date: "2026-11-20",
      session: null,
      staff: "staff-1",
      currency: "CNY",
      total: 1_000 + nth,
      at: 1_000 + nth,
      body: json(body),
      hour: null,
    } as never)
    .execute();
}

async function keyFor(change: Partial<ApiKeyBody> = {}, at?: Instant): Promise<{ id: string; key: string }> {
  const body: ApiKeyBody = { v: 1, name: "ERP", scopes: [...apiScopes], stores: null, days: 30, ...change };
  return makeApiKey(parts().database, parts(), body, "owner", at ?? parts().clock.now());
}

function ask(path: string, key: string | null, more: Record<string, string> = {}, host = "localhost") {
  const authorization = key === null ? {} : { authorization: `Bearer ${key}` };
  return bench.gateway.app.server.inject({ method: "GET", url: path, headers: { host, ...authorization, ...more } });
}

const routes = () => bench.gateway.app.routes.filter(({ who, method }) => who.access === "api" && method === "GET");
const pathOf = (path: string, store = "heping"): string => `${path}?store=${store}`;

describe("every route of the API", () => {
  it("is there, and refuses whoever has no key in force for it", async () => {
    expect(routes().map(({ path }) => path)).toEqual(Object.keys(examples).map((path) => `${apiRoot}${path}`));
    const ended = await keyFor();
    await revokeApiKey(parts().database, ended.id, parts().clock.now());
    const old = await keyFor({ days: 1 }, plusMs(parts().clock.now(), -2 * 86_400_000));
    const good = await keyFor();
    const wrong = `${good.key.slice(0, -1)}${good.key.endsWith("A") ? "B" : "A"}`;
    for (const { path } of routes()) {
      for (const key of [null, "nonsense", "kt_00000000_x", ended.key, old.key, wrong]) {
        const answer = await ask(pathOf(path), key, { cookie: "kuantai-office=AAAA" });
        expect([path, key, answer.statusCode, answer.json().code]).toEqual([path, key, 401, "unsigned"]);
        expect(answer.headers["content-type"]).toContain("application/problem+json");
      }
      expect((await ask(pathOf(path), good.key)).statusCode).toBe(200);
      expect((await ask(pathOf(path), good.key, {}, "127.0.0.1")).statusCode).toBe(421);
    }
  });

  it("asks for its scope, and for a store of the key's", async () => {
    for (const { path, who } of routes()) {
      const { scope } = who as { readonly scope: ApiScope };
      const others = apiScopes.filter((each) => each !== scope);
      const { key } = await keyFor({ scopes: others });
      const answer = await ask(pathOf(path), key);
      expect([path, answer.statusCode, answer.json().code]).toEqual([path, 403, "forbidden"]);
      const elsewhere = await keyFor({ stores: ["jiangbian"] });
      expect((await ask(pathOf(path), elsewhere.key)).json().code).toBe("otherStore");
      expect((await ask(pathOf(path, "jiangbian"), elsewhere.key)).statusCode).toBe(200);
    }
  });

  it("is described with an example that its own schema takes", async () => {
    const answer = await ask(`${apiRoot}/openapi.json`, null);
    const document = answer.json();
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths)).toEqual(routes().map(({ path }) => path));
    for (const [path, example] of Object.entries(examples)) {
      const { responses, parameters } = document.paths[`${apiRoot}${path}`].get;
      expect(responses["200"].content["application/json"].example).toEqual(JSON.parse(JSON.stringify(example)));
      expect(schemas[path as keyof typeof schemas].safeParse(example).success).toBe(true);
      expect(Object.keys(responses)).toContain("4XX");
      expect(parameters.map(({ name }: { name: string }) => name)).toContain("store");
    }
  });
});

it("a list comes page by page, each row once, in order", async () => {
  const { key } = await keyFor();
  const first = (await ask(pathOf(`${apiRoot}/sales`), key)).json();
  expect(first.sales).toHaveLength(100);
  const rest = (await ask(`${pathOf(`${apiRoot}/sales`)}&after=${encodeURIComponent(first.next)}`, key)).json();
  expect(rest.sales).toHaveLength(1);
  expect(rest.next).toBeNull();
  const totals = [...first.sales, ...rest.sales].map(({ total }: { total: { amount: number } }) => total.amount);
  expect(totals).toEqual(Array.from({ length: 101 }, (_, nth) => 1_000 + nth));
});

it("a key that asks too often is told to ask less, and its secret is nowhere in the database", async () => {
  const { key, id } = await keyFor();
  await parts()
    .database.insertInto("limited_try")
    .values({ subject: `api/${id}`, count: requestsPerMinuteMax, since: parts().clock.now() })
    .execute();
  expect((await ask(pathOf(`${apiRoot}/sales`), key)).statusCode).toBe(429);
  const rows = JSON.stringify(await parts().database.selectFrom("api_key").selectAll().execute());
  expect(rows).not.toContain(key.split("_")[2]);
});
