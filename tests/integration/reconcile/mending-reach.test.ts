import { beforeEach, describe, expect, it } from "vitest";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { until } from "../counter/until.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { invitedTo, makeRole, ownerOf, ownersPassword, type OfficeAsk } from "../staff/office-people.ts";
import { foundBreak } from "./found-break.ts";

let bench: GatewayBench;
let owner: OfficeAsk;
let manager: OfficeAsk;
beforeEach(async () => {
  bench = await gatewayBench();
  owner = await ownerOf(bench);
  for (const { id } of await bench.parts.database.selectFrom("staff").select("id").execute())
    await makeRole(bench, id, "cashier");
  manager = await invitedTo(bench, owner, "staff-5");
  await makeRole(bench, "staff-5", "manager", false);
});

const asked = { v: 1, reason: "seen on paper" };
const approvalOf = (id: string) =>
  bench.parts.database
    .selectFrom("approval")
    .select(["store", "stores"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();

describe("a proposal that was agreed to", () => {
  const carriedOut = async (meanwhile: () => Promise<unknown>): Promise<readonly unknown[]> => {
    const items = [await foundBreak(bench, "heping", "N1")];
    const proposed = (await manager("POST", "mendings", { ...asked, items, action: "writeOff" })).json();
    expect(proposed.kind).toBe("proposed");
    const yes = { v: 1, yes: true, password: ownersPassword };
    expect((await owner("POST", `approvals/${proposed.approval}/decisions`, yes)).statusCode).toBe(200);
    await meanwhile();
    await bench.gateway.start();
    const { database } = bench.parts;
    const row = await until(
      () => database.selectFrom("mending").select("state").executeTakeFirstOrThrow(),
      ({ state }) => state !== "proposed",
    );
    await bench.gateway.stop();
    const lost = await database
      .selectFrom("ledger_transfer")
      .select("amount")
      .where("debit", "=", accounts.loss)
      .execute();
    return [row.state, lost.map(({ amount }) => amount)];
  };
  const leave = () =>
    bench.parts.database.updateTable("staff").set({ left_at: 1 }).where("id", "=", "staff-5").execute();

  it("is carried out while who proposed it may still do so", async () => {
    expect(await carriedOut(async () => null)).toEqual(["done", [100]]);
  });
  it("is not carried out when who proposed it has left since", async () => {
    expect(await carriedOut(leave)).toEqual(["refused", []]);
  });
  it("is not carried out when who proposed it has lost the role since", async () => {
    expect(await carriedOut(() => makeRole(bench, "staff-5", "cashier"))).toEqual(["refused", []]);
  });
});

describe("a noted payment of one store and a row of another's", () => {
  const row = { store: "jiangbian", account: "wechat", bill: "b1", line: 1, kind: "trade", day: "2026-11-20" };
  const money = { amount: 100, receivable: 100, fee: 0, rate: null, currency: "CNY", provider_number: "42R7", at: 1 };
  const tender = { store: "heping", account: "wechat", number: "N3", currency: "CNY", amount: 100, at: 1 };
  const noRights = { kind: "forbidden", both: { store: "chain", stores: ["heping", "jiangbian"] } };
  beforeEach(async () => {
    const { database } = bench.parts;
    const theirs = { side: "payment", number: "R7", payment: "R7", own: false, status: "", gone_with: null } as const;
    await database
      .insertInto("bill_row")
      .values({ ...row, ...money, ...theirs })
      .execute();
    const noted = { side: "unverified", attempt: null, sale: "S1", till: "till-a1", channel: "wechat" } as const;
    const rest = { receivable: 100, provider_number: "", business_date: "2026-11-20", tail: "", undone_at: null };
    await database
      .insertInto("movement")
      .values({ ...tender, ...noted, ...rest })
      .execute();
  });

  it("are paired by who mends in both, and the yes is asked for both", async () => {
    const items = [await foundBreak(bench, "heping", "N3", { type: "unprovenTender", side: "tender" })];
    const pair = { ...asked, items, action: "pair", parameters: { row: "R7" } };
    expect((await manager("POST", "mendings", pair)).json().code).toBe(noRights.kind);
    const { approval } = (await owner("POST", "mendings", pair)).json();
    expect(await approvalOf(approval)).toEqual(noRights.both);
  });

  it("are taken apart by who mends in both, and the yes is asked for both", async () => {
    const paired = { store: "heping", account: "wechat", tender: "N3", row_store: "jiangbian", row_number: "R7" };
    await bench.parts.database
      .insertInto("pairing")
      .values({ ...paired, by: "", at: 1, undone_at: null })
      .execute();
    const apart = { ...asked, store: "heping", account: "wechat", number: "N3" };
    expect((await manager("POST", "unpairings", apart)).json().code).toBe(noRights.kind);
    const { proposed } = (await owner("POST", "unpairings", apart)).json();
    expect(await approvalOf(proposed)).toEqual(noRights.both);
  });
});
