import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import type { OfficeCash } from "../../../src/contract/cash.ts";
import type { MendingAction } from "../../../src/domain/reconciliation/mending.ts";
import { plusDays } from "../../../src/domain/local-time.ts";
import { cashPlaceOf } from "../../../src/gateway/cash/cash-place.ts";
import { depositDueKind, depositDueWork } from "../../../src/gateway/cash/deposit.ts";
import { officeCash } from "../../../src/gateway/office/cash/cash.ts";
import { execute } from "../../../src/gateway/mend/execute.ts";
import { bankLinesOf } from "../../../src/gateway/office/settlement/banks.ts";
import { propose } from "../../../src/gateway/mend/propose.ts";
import { openItems } from "../../../src/gateway/office/ledger/open-items.ts";
import { arriveDeposits } from "../../../src/gateway/settlement/match-deposits.ts";
import { matchBank } from "../../../src/gateway/settlement/match-bank.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { gatewayBench, type GatewayBench } from "../gateway-bench.ts";
import { quickTimings, sandboxAtHand } from "../office/office-stage.ts";
import { invitedTo, makeRole, ownerOf, type OfficeAsk } from "../staff/office-people.ts";
import { cashBalances, cashDifferences, cashTill, openedCash, store, withYes, yuan } from "./cash-stage.ts";

const bank = { store, id: "icbc" };
let bench: GatewayBench;
let owner: OfficeAsk;
let manager: OfficeAsk;
let today: string;

beforeEach(async () => {
  bench = await gatewayBench({}, [sandboxAtHand(quickTimings).account]);
  owner = await ownerOf(bench);
  await makeRole(bench, "staff-5", "manager");
  manager = await invitedTo(bench, owner, "staff-5");
  await bench.parts.database
    .insertInto("bank_account")
    .values({ ...bank, name: "工行", columns: json({}), made_at: 0 })
    .execute();
  const drawer = cashTill(await bench.till("till-a1"));
  await drawer.drain([drawer.open(yuan(0)), drawer.sell(8000), drawer.handOver(yuan(8000), yuan(0))]);
  today = (await cash()).today;
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

const deposit = (amount: number, slip = "CK-2041", more: object = {}) =>
  withYes(manager, "cash/deposits", {
    bank: "icbc",
    slip,
    amount: amount * 100,
    notes: [],
    takenBy: "staff-4",
    // the safe of most of these was never counted
    beyondBooks: true,
    ...more,
  });

let lines = 0;
/** A credit of the bank's, and the matching after it. */
async function credited(amount: number, days: number, text = "现金存入"): Promise<string> {
  const id = `line-${++lines}`;
  const day = plusDays(today, days);
  const row = { ...bankLine, id, day, amount: Math.round(amount * 100), text };
  await bench.parts.database.insertInto("bank_line").values(row).execute();
  await match();
  return id;
}
const bankLine = { store, bank: "icbc", time: "", balance: null, counterparty: "", reference: "", statement: "s" };
const paying = [{ id: "wechat-sandbox", homeStore: store, words: [/财付通/u] }];
const match = () =>
  bench.parts.database.transaction().execute((step) => matchBank(step, bank, paying, bench.parts.clock.now()));

/** So many days later the job looks at every deposit. */
async function later(days: number): Promise<void> {
  bench.parts.clock.move(days * 86_400_000);
  const jobs = await bench.parts.database.selectFrom("job").selectAll().where("kind", "=", depositDueKind).execute();
  for (const job of jobs)
    if (job.due_at <= bench.parts.clock.now())
      await depositDueWork(bench.parts, { ...job, dueAt: job.due_at, tries: 0 } as never);
}

/** The list account's balance and what its open items come to: they must be the same. */
async function inTransit(): Promise<number> {
  const items = await openItems(bench.parts.database, "cashInTransit");
  expect(items?.sum).toEqual(items?.balance);
  return (items?.balance.amount ?? 0) / 100;
}

/** Mends the one break of that class, as two people do. */
async function mend(type: string, action: MendingAction): Promise<void> {
  const { database } = bench.parts;
  const found = await database.selectFrom("difference").select(["store", "id"]).where("class", "=", type).execute();
  const done = await database.transaction().execute(async (step) => {
    const proposal = { items: found, action, reason: "looked at", parameters: {}, by: "owner" };
    const proposed = await propose(step, bench.parts, proposal, bench.parts.clock.now());
    if (!proposed.ok) throw new Error(proposed.refusal);
    return execute(step, { parts: bench.parts } as never, proposed.value.row, "staff-5", null);
  });
  expect(done).toEqual({ state: "done", failed: [] });
}

describe("a deposit", () => {
  it("leaves the safe, is in transit, and the bank's line brings it exactly once", async () => {
    expect((await deposit(5000)).statusCode).toBe(200);
    expect(await balances()).toEqual({ safe: 3000, cashInTransit: 5000 });
    expect(await inTransit()).toBe(5000);
    await credited(5000, 1);
    const after = { safe: 3000, "bank/icbc": 5000 };
    expect(await balances()).toEqual(after);
    expect(await inTransit()).toBe(0);
    await match();
    await credited(5000, 1);
    expect(await balances()).toEqual(after);
    expect((await cash()).deposits).toMatchObject([{ state: "arrived", credited: yuan(5000), slip: "CK-2041" }]);
    const { lines: told } = await bankLinesOf(bench.parts.database, bank, today, plusDays(today, 1));
    expect(told.map(({ payouts }) => payouts.map(({ account, number }) => [account, number]))).toContainEqual([
      ["cash", "CK-2041"],
    ]);
  });

  it("is not matched with a line of a provider, nor two with one line", async () => {
    await deposit(5000, "CK-1");
    await deposit(5000, "CK-2", {});
    await credited(5000, 1, "财付通 提现");
    expect(await inTransit()).toBe(10_000);
    await credited(5000, 1);
    expect(await inTransit()).toBe(5000);
    const lost = await bench.parts.database.selectFrom("bank_match").selectAll().execute();
    expect(lost).toHaveLength(1);
  });

  it("is never taken by a second line, nor a line by a second deposit, even when matched from an older reading", async () => {
    await deposit(5000, "CK-1");
    const line = { ...bankLine, day: today, amount: 500_000, text: "现金" };
    const arrive = (id: string) =>
      bench.parts.database
        .transaction()
        .execute((step) => arriveDeposits(step, bank, [{ ...line, id }], bench.parts.clock.now()));
    await arrive("x");
    await deposit(5000, "CK-2");
    await arrive("x");
    await sql`update deposit set state = case slip when 'CK-1' then 'underWay' else 'takenBack' end`.execute(
      bench.parts.database,
    );
    await arrive("x");
    await arrive("y");
    expect((await balances())["bank/icbc"]).toBe(5000);
    expect(await bench.parts.database.selectFrom("bank_match").selectAll().execute()).toHaveLength(1);
  });

  it("that is not at the bank when five days are over is a break until its line comes", async () => {
    await deposit(5000);
    await later(5);
    expect(await differences()).toEqual([]);
    await later(1);
    expect(await differences()).toEqual([{ class: "depositMissing", state: "break", amount: -5000 }]);
    const place = await cashPlaceOf(bench.parts.database, store, bench.parts.clock.now());
    const told = await officeCash(bench.parts.database, place!, 14, false);
    expect(told.deposits).toMatchObject([{ state: "missing" }]);
    expect(await inTransit()).toBe(5000);
    await credited(5000, 8, "存入 CK-2041");
    expect(await differences()).toEqual([{ class: "depositMissing", state: "gone", amount: -5000 }]);
    expect(await inTransit()).toBe(0);
  });

  it("credited short or over is a break, and what is missing stays in transit", async () => {
    await deposit(5000, "CK-1001");
    await credited(4900, 1, "现金 CK-1001");
    expect(await differences()).toEqual([{ class: "depositShort", state: "break", amount: -100 }]);
    expect(await inTransit()).toBe(100);
    const [{ id } = { id: "" }] = (await cash()).deposits;
    expect((await openedCash(owner, "deposit", id)).beside).toMatchObject({
      kind: "deposit",
      slip: "CK-1001",
      bankName: "工行",
      amount: yuan(5000),
      lines: [{ amount: yuan(4900), text: "现金 CK-1001" }],
    });
    expect((await openedCash(owner, "deposit", id)).item).toMatchObject({ receipt: "CK-1001" });
    await deposit(1000, "CK-1002");
    await credited(1050, 1, "现金 CK-1002");
    expect(await differences()).toContainEqual({ class: "depositOver", state: "break", amount: 50 });
    expect(await inTransit()).toBe(50);
  });

  it("short and accepted is a loss, and nothing of it is in transit any more", async () => {
    await deposit(5000, "CK-1001");
    await credited(4900, 1, "现金 CK-1001");
    await mend("depositShort", "accept");
    expect(await balances()).toEqual({ safe: 3000, "bank/icbc": 4900, loss: 100 });
    expect(await inTransit()).toBe(0);
  });

  it("given up as missing is a loss; a line that comes after all is not its own, and it cannot be taken back", async () => {
    await deposit(5000);
    const [{ id } = { id: "" }] = (await cash()).deposits;
    await bench.parts.database
      .updateTable("deposit")
      .set({ day: plusDays(today, -6) })
      .execute();
    await match();
    await credited(1, -6, "利息");
    await mend("depositMissing", "writeOff");
    const after = { safe: 3000, loss: 5000 };
    expect(await balances()).toEqual(after);
    expect(await inTransit()).toBe(0);
    await credited(5000, 1, "存入 CK-2041");
    expect((await withYes(manager, "cash/take-backs", { id, reason: "found" })).statusCode).toBe(409);
    expect(await balances()).toEqual(after);
  });

  it("a credit that was nobody's is nobody's no more once its deposit is written down", async () => {
    await credited(5000, 0);
    const unknown = () =>
      bench.parts.database.selectFrom("difference").select(["class", "state"]).where("side", "=", "credit").execute();
    expect(await unknown()).toEqual([{ class: "creditUnknown", state: "break" }]);
    await deposit(5000);
    await match();
    expect(await unknown()).toEqual([{ class: "creditUnknown", state: "gone" }]);
  });

  it("is taken back by a red entry while no line has brought it, and never twice", async () => {
    await deposit(5000);
    const [{ id } = { id: "" }] = (await cash()).deposits;
    const back = () => withYes(manager, "cash/take-backs", { id, reason: "bank closed" });
    expect((await back()).statusCode).toBe(200);
    expect(await balances()).toEqual({ safe: 8000 });
    expect(await inTransit()).toBe(0);
    expect((await back()).statusCode).toBe(404);
    expect(await balances()).toEqual({ safe: 8000 });
    expect((await deposit(5000)).statusCode).toBe(200);
    await credited(5000, 1);
    const [{ id: arrived } = { id: "" }] = (await cash()).deposits;
    expect((await withYes(manager, "cash/take-backs", { id: arrived, reason: "x" })).statusCode).toBe(409);
    expect(await balances()).toEqual({ safe: 3000, "bank/icbc": 5000 });
  });

  it("above what the books have in the safe is taken only where somebody says that it was there", async () => {
    const before = await balances();
    const asked = { bank: "icbc", slip: "CK-77", amount: 800_001, notes: [], takenBy: "staff-4" };
    const refused = await withYes(manager, "cash/deposits", asked);
    expect([refused.statusCode, refused.json().code]).toEqual([409, "nothingLeft"]);
    expect(await balances()).toEqual(before);
    const said = await withYes(manager, "cash/deposits", { ...asked, beyondBooks: true });
    expect(said.statusCode).toBe(200);
    expect((await balances()).safe).toBeCloseTo((before.safe ?? 0) - 8_000.01, 5);
  });

  it("of a slip that is there already is refused, and one above the manager's own limit needs another person", async () => {
    const opened = { counted: 3_000_000, notes: [], opening: true };
    expect((await withYes(manager, "cash/counts", opened)).statusCode).toBe(200);
    expect((await deposit(100)).statusCode).toBe(200);
    expect((await deposit(100)).json().code).toBe("taken");
    const body = { v: 1, store, bank: "icbc", slip: "CK-9", notes: [], takenBy: "staff-4" };
    expect((await manager("POST", "cash/deposits", { ...body, amount: 2_000_001 })).statusCode).toBe(202);
    expect((await manager("POST", "cash/deposits", { ...body, amount: 2_000_000 })).statusCode).toBe(200);
    expect(
      (await manager("POST", "cash/deposits", { ...body, slip: "CK-8", amount: 1, takenBy: "nobody" })).statusCode,
    ).toBe(400);
    const entries = await bench.parts.database
      .selectFrom("audit_entry")
      .select("act")
      .where("act", "like", "%eposit%")
      .execute();
    expect(entries.map(({ act }) => act)).toEqual(["cashDeposited", "cashDeposited"]);
  });
});

describe("the list", () => {
  it("tells whoever may see figures what lies where", async () => {
    const told = await cash();
    expect(told).toMatchObject({ safe: yuan(8000), inTransit: yuan(0) });
    expect(told.drawers).toMatchObject([{ till: "till-a1", isOpen: true, float: yuan(0), holds: yuan(0) }]);
    expect(told.handOvers).toMatchObject([{ amount: yuan(8000), kept: yuan(0), day: "2026-11-24" }]);
    expect(told.handOvers[0]?.handedBy).not.toBe(told.handOvers[0]?.receivedBy);
  });

  it("tells who counts blind no sum of the safe and nothing of an open drawer", async () => {
    const told = (await manager("GET", `cash/blind?store=${store}`)).json<OfficeCash>();
    expect(told).toMatchObject({ safe: null, inTransit: null, counts: [], handOvers: [] });
    expect(told.drawers).toMatchObject([{ isOpen: true, float: null, holds: null }]);
  });
});
