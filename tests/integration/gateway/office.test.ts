import { beforeAll, describe, expect, it } from "vitest";
import type { OfficeSale, OfficeSales } from "../../../src/contract/office.ts";
import type { PaymentId, SaleId } from "../../../src/domain/identifier.ts";
import type { JournalFact } from "../../../src/domain/journal.ts";
import { money } from "../../../src/domain/money.ts";
import { businessDateOf } from "../../../src/domain/till-session.ts";
import { officeSessionMs } from "../../../src/gateway/office/office-session.ts";
import { oneTimePasswordMs, resetOwner } from "../../../src/gateway/office/owner.ts";
import { activatedTill, type SigningTill } from "../../fakes/signing-till.ts";
import { newId, sampleSale } from "../../fakes/sample-sale.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";

let bench: GatewayBench;
let till: SigningTill;
let cookie = "";
const chosen = "a long new password";
beforeAll(async () => {
  bench = await gatewayBench();
  till = await bench.till("till-a1");
});

function ask(method: "GET" | "POST" | "DELETE", url: string, body?: unknown, headers: Record<string, string> = {}) {
  const payload = body === undefined ? {} : { payload: JSON.stringify(body) };
  return bench.gateway.app.server.inject({
    method,
    url,
    headers: { host: "localhost", origin: "http://localhost", "content-type": "application/json", cookie, ...headers },
    ...payload,
  });
}
const signIn = (password: string, newPassword?: string, headers = {}) =>
  ask(
    "POST",
    "/v1/office/sign-ins",
    { v: 1, password, ...(newPassword === undefined ? {} : { newPassword }) },
    headers,
  );

describe("the owner", () => {
  it("signs in by the one-time password only with a new one of twelve characters, and then by that one", async () => {
    const once = await resetOwner(bench.parts);
    expect((await signIn(once)).json().code).toBe("forbidden");
    expect((await signIn(once, "short")).json().code).toBe("badRequest");
    const first = await signIn(once, chosen);
    expect(first.json()).toMatchObject({ who: "owner", shop: "岭上便利" });
    expect(first.headers["set-cookie"]).toMatch(
      /^kuantai-office=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
    );
    expect((await signIn(once, chosen)).json().code).toBe("signedOut");
    const again = await signIn(chosen);
    expect(again.statusCode).toBe(200);
    cookie = String(again.headers["set-cookie"]).split(";")[0] ?? "";
  });

  it("is refused from another origin, with a stale one-time password, and after five wrong tries even when right", async () => {
    expect((await signIn(chosen, undefined, { origin: "http://127.0.0.1" })).json().code).toBe("forbidden");
    const other = await gatewayBench();
    const once = await resetOwner(other.parts);
    other.parts.clock.move(oneTimePasswordMs);
    const tries = {
      method: "POST",
      url: "/v1/office/sign-ins",
      headers: { host: "localhost", origin: "http://localhost", "content-type": "application/json" },
    } as const;
    const late = await other.gateway.app.server.inject({
      ...tries,
      payload: JSON.stringify({ v: 1, password: once, newPassword: chosen }),
    });
    expect(late.json().code).toBe("signedOut");
    const fresh = await resetOwner(other.parts);
    for (let i = 0; i < 4; i++)
      await other.gateway.app.server.inject({ ...tries, payload: JSON.stringify({ v: 1, password: "wrong" }) });
    const right = await other.gateway.app.server.inject({
      ...tries,
      payload: JSON.stringify({ v: 1, password: fresh, newPassword: chosen }),
    });
    expect(right.json().code).toBe("tooManyTries");
  });

  it("is signed in for twelve hours and not longer, and signs out", async () => {
    expect((await ask("GET", "/v1/office/session")).json()).toMatchObject({ who: "owner" });
    bench.parts.clock.move(officeSessionMs);
    expect((await ask("GET", "/v1/office/session")).statusCode).toBe(401);
    bench.parts.clock.move(-officeSessionMs);
    const second = await signIn(chosen);
    const own = { cookie: String(second.headers["set-cookie"]).split(";")[0] ?? "" };
    expect((await ask("DELETE", "/v1/office/session", undefined, own)).statusCode).toBe(204);
    expect((await ask("GET", "/v1/office/session", undefined, own)).statusCode).toBe(401);
  });
});

describe("the office", () => {
  it("lists completed sales newest first with their total, in pages without a gap, and finds one by receipt, id or payment", async () => {
    const amounts = Array.from({ length: 105 }, (_, i) => 100 + i);
    const texts = amounts.map((fen, i) =>
      till.write(
        { kind: "saleCompleted", body: sampleSale(newId<SaleId>(till.answer.settings.tag), fen) },
        { at: (1_795_500_000_000 + i) as never },
      ),
    );
    expect((await till.drain(texts)).statusCode).toBe(200);
    const first = (await ask("GET", "/v1/office/sales")).json<OfficeSales>();
    expect([first.count, first.sum.amount, first.sales.length, first.sales[0]?.total.amount]).toEqual([
      105,
      amounts.reduce((a, b) => a + b, 0),
      100,
      204,
    ]);
    const second = (await ask("GET", `/v1/office/sales?before=${first.next}`)).json<OfficeSales>();
    expect([second.sales.length, second.next]).toEqual([5, null]);
    expect(new Set([...first.sales, ...second.sales].map(({ id }) => id)).size).toBe(105);
    const one = second.sales[0]!;
    for (const query of [one.receipt.toLowerCase(), one.id]) {
      const found = (await ask("GET", `/v1/office/sales?query=${query}`)).json<OfficeSales>();
      expect(found.sales.map(({ id }) => id)).toEqual([one.id]);
    }
    expect(one).toMatchObject({
      tillLabel: "A1",
      staffName: "王芳",
      itemCount: 1,
      tenders: [{ kind: "cash", channel: null, attempt: null }],
    });
  });

  it("tells a sale's story: the till's entry, then what was posted", async () => {
    const id = newId<SaleId>(till.answer.settings.tag);
    const attempt = newId<PaymentId>(till.answer.settings.tag);
    // just now: what arrives long after it was written is told of
    const at = bench.parts.clock.now();
    const now = { at, businessDate: businessDateOf(at, { zone: "Asia/Shanghai", cutMinute: 240 }) };
    const noted = { amount: money(640, "CNY"), channel: "wechat", tail: "1234", notedAt: at } as const;
    const facts: readonly JournalFact[] = [
      { kind: "saleParked", body: { sale: id, attempt } },
      { kind: "unverifiedRemoved", body: { sale: id, ...noted } },
      { kind: "saleCompleted", body: sampleSale(id, 11_300) },
    ];
    await till.drain(facts.map((fact) => till.write(fact, now)));
    const sale = (await ask("GET", `/v1/office/sales/${id}`)).json<OfficeSale>();
    const told = sale.story.map(({ source, what, amount }) => `${source} ${what} ${amount?.amount ?? ""}`.trim());
    expect(told.toSorted()).toEqual([
      "books saleCompleted 10000",
      "books saleCompleted 1300",
      "till saleCompleted 11300",
      "till saleParked",
      "till unverifiedRemoved 640",
    ]);
    expect(sale.story.find(({ what }) => what === "unverifiedRemoved")).toMatchObject({ detail: "…1234" });
    expect((await ask("GET", "/v1/office/sales/01KA1B2C3DTA10AAAAAAAAAAAA")).statusCode).toBe(404);
  });

  it("shows every till with its last number, what waits for a person, and payments", async () => {
    const tills = (await ask("GET", "/v1/office/tills")).json().tills as {
      id: string;
      lastNumber: number;
      series: number | null;
    }[];
    expect(tills.map(({ id, series, lastNumber }) => [id, series, lastNumber])).toEqual([
      ["till-a1", 1, 108],
      ["till-a2", null, 0],
      ["till-b1", null, 0],
    ]);
    await till.drain([till.write({ kind: "strange", body: {} } as never)]);
    expect((await ask("GET", "/v1/office/exceptions")).json().exceptions).toMatchObject([
      { kind: "entryNotUnderstood", subject: "till-a1/1/109" },
    ]);
    expect((await ask("GET", "/v1/office/payments?query=x")).json()).toMatchObject({
      payments: [],
      count: 0,
      captured: { amount: 0 },
    });
  });

  it("makes an activation code whose address makes a browser that till", async () => {
    const made = (await ask("POST", "/v1/office/activation-codes", { v: 1, till: "till-a2" })).json() as {
      code: string;
      address: string;
    };
    expect(made.address).toBe(`http://127.0.0.1:8400/#activate=${made.code}`);
    const activated = await activatedTill(bench.gateway.app.server, bench.parts.clock, made.code);
    expect(activated.answer.settings.label).toBe("A2");
    expect((await ask("POST", "/v1/office/activation-codes", { v: 1, till: "till-x" })).statusCode).toBe(404);
  });
});
