import { beforeEach, describe, expect, it } from "vitest";
import type { OfficeCash } from "../../../src/contract/cash.ts";
import type { TrialBalance } from "../../../src/contract/ledger.ts";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { storeDays } from "../../../src/gateway/office/days.ts";
import { applyRules } from "../../../src/gateway/shop/rules.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { invitedTo, makeRole, ownerOf, ownersPassword, type OfficeAsk } from "../staff/office-people.ts";
import { cashBalances, cashDifferences, cashTill, openedCash, store, withYes, yuan } from "./cash-stage.ts";

let bench: GatewayBench;
let owner: OfficeAsk;
let manager: OfficeAsk;

beforeEach(async () => {
  bench = await gatewayBench();
  owner = await ownerOf(bench);
  await makeRole(bench, "staff-5", "manager");
  manager = await invitedTo(bench, owner, "staff-5");
  const drawer = cashTill(await bench.till("till-a1"));
  await drawer.drain([drawer.open(yuan(0)), drawer.sell(8000), drawer.handOver(yuan(8000), yuan(0))]);
});

const balances = () => cashBalances(bench.parts.database);
const differences = async () =>
  (await cashDifferences(bench.parts.database)).map(({ class: type, state, amount }) => ({
    class: type,
    state,
    amount,
  }));
const cash = async (who: OfficeAsk = owner): Promise<OfficeCash> =>
  (await who("GET", `cash?store=${store}`)).json<OfficeCash>();

describe("the safe", () => {
  it("is counted by two, blind; what it is short waits for a person", async () => {
    const alone = await manager("POST", "cash/counts", { v: 1, store, counted: 799_000, notes: [] });
    expect([alone.statusCode, alone.body.includes("800000")]).toEqual([202, false]);
    expect(await balances()).toEqual({ safe: 8000 });
    const counted = await withYes(manager, "cash/counts", { counted: 799_000, notes: [] });
    expect(counted.json()).toEqual({ counted: yuan(7990), expected: yuan(8000), opening: null });
    expect(await balances()).toEqual({ safe: 7990, cashPending: 10 });
    expect(await differences()).toEqual([{ class: "safeShort", state: "break", amount: -10 }]);
    expect((await cash()).counts).toMatchObject([{ counted: yuan(7990), expected: yuan(8000) }]);
    const [{ id } = { id: "" }] = (await cash()).counts;
    const { beside } = await openedCash(owner, "safe", id);
    expect(beside).toMatchObject({ kind: "safe", counted: yuan(7990), expected: yuan(8000) });
    expect(beside).toHaveProperty("secondPerson", expect.stringMatching(/./u));
    const again = await withYes(manager, "cash/counts", { counted: 799_000, notes: [] });
    expect(again.json()).toMatchObject({ expected: yuan(7990) });
    expect(await differences()).toHaveLength(1);
  });

  it("what lay in it at the start is said once, by its first count, and never makes up for what is short", async () => {
    expect((await cash()).isCounted).toBe(false);
    const first = await withYes(manager, "cash/counts", { counted: 830_000, notes: [], opening: true });
    expect(first.json()).toEqual({ counted: yuan(8300), expected: yuan(8300), opening: yuan(300) });
    expect(await balances()).toEqual({ safe: 8300, openingBalance: -300 });
    expect([await differences(), (await cash()).isCounted]).toEqual([[], true]);
    const again = await withYes(manager, "cash/counts", { counted: 840_000, notes: [], opening: true });
    expect(again.json()).toMatchObject({ expected: yuan(8300), opening: null });
    expect(await differences()).toEqual([{ class: "safeOver", state: "break", amount: 100 }]);
    expect(await balances()).toMatchObject({ openingBalance: -300 });
  });

  it("the ledger says that it was never counted, and a day's figures leave out what lay there at the start", async () => {
    const safe = async () => {
      const trial = (await owner("GET", "ledger/trial-balance")).json<TrialBalance>();
      return trial.accounts.find(({ account }) => account === "safe")?.isUncounted;
    };
    expect(await safe()).toBe(true);
    await withYes(manager, "cash/counts", { counted: 830_000, notes: [], opening: true });
    expect(await safe()).toBe(false);
    const { database } = bench.parts;
    const { posting_date: day } = await database
      .selectFrom("ledger_transfer")
      .select("posting_date")
      .where("credit", "=", "openingBalance")
      .executeTakeFirstOrThrow();
    const { days } = await storeDays(database, { store: store as StoreId, from: day, to: day });
    expect(days).toMatchObject([{ day, debits: yuan(0), opening: yuan(300) }]);
  });

  it("a first count that is short is short", async () => {
    await withYes(manager, "cash/counts", { counted: 799_000, notes: [], opening: true });
    expect(await differences()).toEqual([{ class: "safeShort", state: "break", amount: -10 }]);
    expect(await balances()).toEqual({ safe: 7990, cashPending: 10 });
  });

  it("a yes to a usual count is none to one that says what lay there at the start", async () => {
    const usual = await manager("POST", "cash/counts", { v: 1, store, counted: 830_000, notes: [] });
    const { proposed: approval } = usual.json<{ proposed: string }>();
    await manager("POST", `approvals/${approval}/beside`, { v: 1, by: "owner", password: ownersPassword });
    const body = { v: 1, store, counted: 830_000, notes: [], opening: true, approval };
    expect((await manager("POST", "cash/counts", body)).statusCode).toBe(403);
  });

  it("a yes to one count is none to another, and notes that do not come to the sum are refused", async () => {
    const first = await manager("POST", "cash/counts", { v: 1, store, counted: 799_000, notes: [] });
    const { proposed: approval } = first.json<{ proposed: string }>();
    await manager("POST", `approvals/${approval}/beside`, { v: 1, by: "owner", password: ownersPassword });
    const other = await manager("POST", "cash/counts", { v: 1, store, counted: 700_000, notes: [], approval });
    expect([other.statusCode, other.json().code]).toEqual([403, "approvalNeeded"]);
    const notes = [{ worth: 10_000, count: 1 }];
    expect((await manager("POST", "cash/counts", { v: 1, store, counted: 9_999, notes })).statusCode).toBe(400);
    expect(
      (await manager("POST", "cash/counts", { v: 1, store, counted: 300, notes: [{ worth: 300, count: 1 }] }))
        .statusCode,
    ).toBe(400);
  });

  it("off by less than the shop's limit ends by itself", async () => {
    await applyRules(bench.parts, { smallCashDifference: 100 as never });
    await withYes(manager, "cash/counts", { counted: 800_099, notes: [] });
    expect(await balances()).toEqual({ safe: 8000.99, otherIncome: -0.99 });
    expect(await differences()).toEqual([{ class: "safeOver", state: "mended", amount: 0.99 }]);
  });
});
