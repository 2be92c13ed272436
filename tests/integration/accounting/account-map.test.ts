import { beforeAll, expect, it } from "vitest";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { post } from "../../../src/gateway/books/post.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { ownerOf, type OfficeAsk } from "../staff/office-people.ts";

let bench: GatewayBench;
let owner: OfficeAsk;
beforeAll(async () => {
  bench = await gatewayBench();
  owner = await ownerOf(bench);
  const { database, clock } = bench.parts;
  const transfer = { debit: "drawer/till-a1", credit: "revenue/1300", amount: money(10_000, "CNY") };
  await post(
    database,
    {
      store: "heping" as StoreId,
      posting: "S1/sale",
      event: "saleCompleted",
      subject: "S1",
      businessDate: "2026-11-20",
      transfers: [transfer],
    },
    clock.now(),
  );
});

const plain = { name: "n", asks: [] as string[], department: "", customer: "", cashFlow: "" };
const versionNow = async (): Promise<string> => (await owner("GET", "account-map")).json<{ version: string }>().version;
const map = async (accounts: object[], removed: string[] = []) =>
  owner("PUT", "account-map", { v: 1, version: await versionNow(), accounts, removed: [...removed] });
const file = async (format: string): Promise<{ statusCode: number; text: string }> => {
  const range = "store=heping&from=2026-01-01&to=2027-12-31&draft=1";
  const answer = await owner("GET", `vouchers/file?${range}&format=${format}`);
  const text = answer.statusCode === 200 ? new TextDecoder("gb18030").decode(answer.rawPayload) : answer.body;
  return { statusCode: answer.statusCode, text };
};

it("an account that asks for what is not given keeps every file back, and says so; given, the files carry it", async () => {
  const drawer = { ...plain, pattern: "drawer", code: "100101", asks: ["department", "customer", "cashFlow"] };
  const revenue = { ...plain, pattern: "revenue", code: "6001" };
  const given = { department: "D7", customer: "C9", cashFlow: "CF1" };
  for (const missing of ["department", "customer", "cashFlow"]) {
    const answer = await map([{ ...drawer, ...given, [missing]: "" }, revenue]);
    expect(answer.json().unmapped).toEqual([{ account: "drawer/till-a1", missing }]);
    for (const format of ["u8", "kingdeeCsv", "json"]) {
      const refused = await file(format);
      expect([format, refused.statusCode, refused.text]).toEqual([format, 409, expect.stringContaining(missing)]);
    }
  }
  expect((await map([{ ...drawer, ...given }, revenue])).json().unmapped).toEqual([]);
  const u8 = (await file("u8")).text.split("\r\n")[1]?.split(",") ?? [];
  expect([u8[5], u8[15], u8[17]]).toEqual(["100101", "D7", "C9"]);
  expect((await file("kingdeeCsv")).text).toMatch(/部门,D7,,客户,C9,.*,CF1\r\n/);
  expect((await file("json")).text).toContain('"department":"D7","customer":"C9","cashFlow":"CF1"');
});

it("a single account listed goes before its kind, and by its kind again once it is taken away; the log has both", async () => {
  const own = { ...plain, pattern: "drawer/till-a1", code: "10010199" };
  expect((await map([own])).json().used).toEqual(["drawer/till-a1", "revenue/1300"]);
  expect((await file("json")).text).toContain('"code":"10010199"');
  const kept = (await owner("GET", "account-map")).json().accounts as { pattern: string }[];
  const rest = kept.filter(({ pattern }) => pattern !== own.pattern);
  await map(rest, [own.pattern]);
  expect((await file("json")).text).toContain('"code":"100101"');
  const entries = await bench.parts.database
    .selectFrom("audit_entry")
    .select(["subject", "after"])
    .where("act", "=", "accountMapped")
    .where("subject", "=", own.pattern)
    .orderBy("id")
    .execute();
  expect(entries.map(({ after }) => (after === null ? null : (after as { code: string }).code))).toEqual([
    "10010199",
    null,
  ]);
});

it("is not changed from a map that somebody else has changed meanwhile, nor by what is no code", async () => {
  const version = await versionNow();
  expect((await map([{ ...plain, pattern: "safe", code: "1001.99" }])).statusCode).toBe(200);
  const late = await owner("PUT", "account-map", {
    v: 1,
    version,
    accounts: [{ ...plain, pattern: "safe", code: "100101" }],
  });
  expect([late.statusCode, late.json().code]).toEqual([409, "taken"]);
  expect((await map([{ ...plain, pattern: "safe", code: "x y;'<>" }])).statusCode).toBe(400);
  const kept = (await owner("GET", "account-map")).json().accounts as { pattern: string; code: string }[];
  expect(kept.find(({ pattern }) => pattern === "safe")?.code).toBe("1001.99");
});
