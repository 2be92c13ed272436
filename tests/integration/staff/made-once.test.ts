import { beforeAll, describe, expect, it } from "vitest";
import { plusMs } from "../../../src/domain/clock.ts";
import { ok } from "../../../src/domain/result.ts";
import { sweepWork } from "../../../src/gateway/jobs/sweep.ts";
import { answerKeptMs, forgetAnswers, makeOnce } from "../../../src/gateway/office/make-once.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { agreed, makeRole, ownerOf, type OfficeAsk } from "./office-people.ts";

const idOf = (n: number): string => `01KA1B2C3D0FF1CE${String(n).padStart(10, "0")}`;
const newcomer = { v: 1, name: "新来的", roles: [{ store: "heping", role: "cashier" }] };
const key = { v: 1, name: "报表", scopes: ["sales:read"], stores: null, days: 30 };
const hook = {
  v: 1,
  name: "仓库",
  url: "https://example.com/in",
  events: ["sale.completed"],
  stores: null,
  active: true,
};
const kinds = [
  { path: "staff", body: newcomer, other: { ...newcomer, name: "另一个" }, table: "staff", act: "staffAdded" },
  { path: "api-keys", body: key, other: { ...key, days: 31 }, table: "api_key", act: "apiKeyChanged" },
  { path: "webhooks", body: hook, other: { ...hook, name: "别处" }, table: "webhook_endpoint", act: "webhookChanged" },
] as const;

let bench: GatewayBench;
let owner: OfficeAsk;
let nth = 0;
beforeAll(async () => {
  bench = await gatewayBench();
  await makeRole(bench, "staff-5", "manager");
  owner = agreed(bench, await ownerOf(bench));
});
const count = async (table: (typeof kinds)[number]["table"]): Promise<number> =>
  (await bench.parts.database.selectFrom(table).select("id").execute()).length;
const told = async (act: string): Promise<number> =>
  (await bench.parts.database.selectFrom("audit_entry").select("id").where("act", "=", act).execute()).length;

it("an id is one person's: another who sends the same under it is told nothing that was made", async () => {
  const { database } = bench.parts;
  const made = (who: string, secret: string) =>
    database
      .transaction()
      .execute((step) =>
        makeOnce(step, bench.parts, { id: idOf(900), who, kind: "apiKey", content: key }, async () => ok({ secret })),
      );
  expect(await made("owner", "first")).toEqual({ ok: true, value: { secret: "first" } });
  expect(await made("staff-5", "second")).toEqual({ ok: false, refusal: "differentRequest" });
  expect(await made("owner", "third")).toEqual({ ok: true, value: { secret: "first" } });
});

it("answers that show a secret are forgotten by the sweep when their ten minutes are over", async () => {
  const { database, clock } = bench.parts;
  const sealed = async () =>
    (await database.selectFrom("made_once").select("id").where("answer_sealed", "is not", null).execute()).length;
  const job = { store: "*", id: "sweep", kind: "sweep", subject: "", payload: null, dueAt: clock.now(), tries: 0 };
  expect((await owner("POST", "api-keys", { ...key, id: idOf(901) })).statusCode).toBe(200);
  const before = await sealed();
  expect(before).toBeGreaterThan(0);
  await sweepWork(bench.parts)(job);
  expect(await sealed()).toBe(before);
  const late = { ...clock, now: () => plusMs(clock.now(), answerKeptMs) };
  await sweepWork({ database, clock: late })(job);
  expect(await sealed()).toBe(0);
});

describe.each(kinds)("$path, asked for under an id", ({ path, body, other, table, act }) => {
  const make = (id: string, what: object = body) => owner("POST", path, { ...what, id });

  it("is made once by two requests at once, and both are told the same secret", async () => {
    const [id, before, entries] = [idOf(nth++), await count(table), await told(act)];
    const [one, two] = await Promise.all([make(id), make(id)]);
    expect([one.statusCode, two.statusCode]).toEqual([200, 200]);
    expect(two.json()).toEqual(one.json());
    expect((await make(id)).json()).toEqual(one.json());
    expect([await count(table), await told(act)]).toEqual([before + 1, entries + 1]);
    expect((await make(idOf(nth++))).json()).not.toEqual(one.json());
  });

  it("is refused when the id is another thing's, and nothing is made", async () => {
    const id = idOf(nth++);
    expect((await make(id)).statusCode).toBe(200);
    const before = await count(table);
    const refused = await make(id, other);
    expect([refused.statusCode, refused.json().code]).toEqual([409, "differentRequest"]);
    expect(refused.json().detail).toContain("another id");
    expect(await count(table)).toBe(before);
  });

  it("shows its secret again only for ten minutes, in which it lies sealed, and is still not made twice after that", async () => {
    const id = idOf(nth++);
    const made = (await make(id)).json<{ pin?: string; key?: string; secret?: string }>();
    const before = await count(table);
    const secret = made.pin ?? made.key ?? made.secret ?? "";
    const rows = await bench.parts.database.selectFrom("made_once").selectAll().execute();
    const texts = rows.map((row) => Buffer.from(row.answer_sealed ?? []).toString("latin1") + JSON.stringify(row));
    expect(secret).not.toBe("");
    expect(texts.join()).not.toContain(secret);
    await forgetAnswers(bench.parts.database, bench.parts.clock.now() + answerKeptMs);
    const late = await make(id);
    expect([late.statusCode, late.json().code]).toEqual([409, "taken"]);
    expect(await count(table)).toBe(before);
  });

  it("is made anew each time where a page of an older build sends no id", async () => {
    const before = await count(table);
    await owner("POST", path, body);
    await owner("POST", path, body);
    expect(await count(table)).toBe(before + 2);
  });
});
