import { beforeAll, expect, it } from "vitest";
import type { OfficeBills } from "../../../src/contract/bills.ts";
import { localTime, plusDays } from "../../../src/domain/local-time.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { quickTimings, sandboxAtHand } from "../office/office-stage.ts";
import { ownerOf, type OfficeAsk } from "../staff/office-people.ts";

let bench: GatewayBench;
let owner: OfficeAsk;
let account: string;
let today: string;
beforeAll(async () => {
  const { account: sample, fetch } = sandboxAtHand(quickTimings);
  bench = await gatewayBench({ fetch }, [sample]);
  owner = await ownerOf(bench);
  const row = await bench.parts.database.selectFrom("provider_account").select("id").executeTakeFirstOrThrow();
  account = row.id;
  today = localTime(bench.parts.clock.now(), "Asia/Shanghai").date;
});

const asked = (day: string) => owner("POST", "bills/fetches", { v: 1, account, day });
const differences = () => bench.parts.database.selectFrom("difference").select("id").execute();

it.each(["tomorrow", "a day that no calendar has"])("a bill of %s is refused, and missed by nobody", async (which) => {
  const answer = await asked(which === "tomorrow" ? plusDays(today, 1) : "2026-02-31");
  expect([answer.statusCode, answer.json().code]).toEqual([400, "badRequest"]);
  expect(await differences()).toEqual([]);
  expect((await owner("GET", "audit?act=billAsked")).json().count).toBe(0);
});

it.each(["2126-01-01", "2026-02-31", "2026-99-99"])(
  "a file for %s is refused before anything is kept of it",
  async (day) => {
    const answer = await owner("PUT", `bills/file?account=${account}&kind=trade&day=${day}&name=x.csv`, { no: "bill" });
    expect([answer.statusCode, answer.json().code, answer.body.includes("not begun")]).toEqual([
      400,
      "badRequest",
      true,
    ]);
    expect(await differences()).toEqual([]);
    expect(await bench.parts.database.selectFrom("bill").select("id").where("day", "=", day).execute()).toEqual([]);
  },
);

it("a bill asked for by hand names who asked, in its list and in the audit log", async () => {
  const day = plusDays(today, -2);
  expect((await asked(day)).statusCode).toBe(200);
  const { bills } = (await owner("GET", `bills?from=${day}&to=${day}`)).json<OfficeBills>();
  expect(bills.length).toBeGreaterThan(0);
  for (const bill of bills)
    expect([bill.origin, bill.by]).toEqual(["fetched", (await owner("GET", "session")).json().name]);
  const { entries } = (await owner("GET", "audit?act=billAsked")).json();
  expect(entries).toMatchObject([{ who: "owner", subject: account, after: { day } }]);
});
