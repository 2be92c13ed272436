import { beforeEach, describe, expect, it } from "vitest";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { until } from "../counter/until.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { invitedTo, makeRole, ownerOf, ownersPassword, passwordOf, type OfficeAsk } from "../staff/office-people.ts";
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

/** An account that serves two stores, one of them its home. */
async function openAccount(home: string): Promise<void> {
  const { database } = bench.parts;
  const keys = { provider: "wechat-pay", mode: "sandbox", secrets_sealed: Buffer.alloc(1) } as const;
  const rest = { terms: json({}), timings: json({}), settings: json({}) };
  await database
    .insertInto("provider_account")
    .values({ id: "wechat", home_store: home, ...keys, ...rest })
    .execute();
  await database
    .insertInto("store_account")
    .values(["heping", "jiangbian"].map((store) => ({ store, account: "wechat", channel: "wechat" })))
    .execute();
}

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

it("what is wrong with a bill of an account is mended by who mends in every store that the account serves", async () => {
  await openAccount("heping");
  const about = { type: "billMissing", side: "bill" };
  const items = [await foundBreak(bench, "heping", "2026-11-20", about)];
  const wait = { ...asked, items, action: "wait", parameters: { until: bench.parts.clock.now() + 60_000 } };
  expect((await manager("POST", "mendings", wait)).json().code).toBe("forbidden");
  expect((await owner("POST", "mendings", wait)).json()).toMatchObject({ kind: "done" });
});

describe("a noted payment of one store and a row of another's", () => {
  const row = { store: "jiangbian", account: "wechat", bill: "b1", line: 1, kind: "trade", day: "2026-11-20" };
  const money = { amount: 100, receivable: 100, fee: 0, rate: null, currency: "CNY", provider_number: "42R7", at: 1 };
  const tender = { store: "heping", account: "wechat", number: "N3", currency: "CNY", amount: 100, at: 1 };
  const noRights = { kind: "forbidden", both: { store: "chain", stores: ["heping", "jiangbian"] } };
  beforeEach(async () => {
    await openAccount("jiangbian");
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

  it("are not paired by a yes that was given for one store, when the row has come to be another's since", async () => {
    const { database } = bench.parts;
    const of = (place: string) => database.updateTable("bill_row").set({ store: place }).execute();
    await of("heping");
    const items = [await foundBreak(bench, "heping", "N3", { type: "unprovenTender", side: "tender" })];
    const pair = { ...asked, items, action: "pair", parameters: { row: "R7" } };
    const { approval } = (await owner("POST", "mendings", pair)).json();
    expect(await approvalOf(approval)).toEqual({ store: "heping", stores: null });
    const yes = { v: 1, yes: true, password: passwordOf("staff-5") };
    expect((await manager("POST", `approvals/${approval}/decisions`, yes)).statusCode).toBe(200);
    await of("jiangbian");
    await bench.gateway.start();
    const mending = await until(
      () => database.selectFrom("mending").select("state").executeTakeFirstOrThrow(),
      ({ state }) => state !== "proposed",
    );
    await bench.gateway.stop();
    expect(mending.state).toBe("refused");
    expect(await database.selectFrom("pairing").selectAll().execute()).toEqual([]);
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
    const { shown } = await bench.parts.database
      .selectFrom("approval")
      .select("shown")
      .where("id", "=", proposed)
      .executeTakeFirstOrThrow();
    // which payment, and which row, not only that something is taken apart
    expect(shown).toEqual(
      expect.arrayContaining([
        { label: "number", text: "N3" },
        expect.objectContaining({ label: "row", text: expect.stringContaining("R7") }),
      ]),
    );
    // the yes is to the reason that was read
    const refusalOf = async (reason: string) =>
      (await owner("POST", "unpairings", { ...apart, reason, approval: proposed })).json().detail;
    expect(await refusalOf(apart.reason)).toBe("Nobody has said yes yet.");
    expect(await refusalOf("something else")).toMatch("for something else");
  });
});
