import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import type { OfficeCash } from "../../../src/contract/cash.ts";
import { plusDays } from "../../../src/domain/local-time.ts";
import { cashPlaceOf } from "../../../src/gateway/cash/cash-place.ts";
import { officeCash } from "../../../src/gateway/office/cash/cash.ts";
import { bankLinesOf } from "../../../src/gateway/office/settlement/banks.ts";
import { arriveDeposits } from "../../../src/gateway/settlement/match-deposits.ts";
import { bank, bankLine, openBankStage, type BankStage } from "./bank-stage.ts";
import { businessDay, openedCash, store, withYes, yuan } from "./cash-stage.ts";

let stage: BankStage;
let balances: BankStage["balances"];
let differences: BankStage["differences"];
let cash: BankStage["cash"];
let deposit: BankStage["deposit"];
let credited: BankStage["credited"];
let match: BankStage["match"];
let later: BankStage["later"];
let inTransit: BankStage["inTransit"];
let mend: BankStage["mend"];

beforeEach(async () => {
  stage = await openBankStage();
  ({ balances, differences, cash, deposit, credited, match, later, inTransit, mend } = stage);
});

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
    const { lines: told } = await bankLinesOf(
      stage.bench.parts.database,
      bank,
      stage.today,
      plusDays(stage.today, 1),
      stage.bench.parts.clock.now(),
    );
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
    const lost = await stage.bench.parts.database.selectFrom("bank_match").selectAll().execute();
    expect(lost).toHaveLength(1);
  });

  it("is never taken by a second line, nor a line by a second deposit, even when matched from an older reading", async () => {
    await deposit(5000, "CK-1");
    const line = { ...bankLine, day: stage.today, amount: 500_000, text: "现金" };
    const arrive = (id: string) =>
      stage.bench.parts.database
        .transaction()
        .execute((step) => arriveDeposits(step, bank, [{ ...line, id }], stage.bench.parts.clock.now()));
    await arrive("x");
    await deposit(5000, "CK-2");
    await arrive("x");
    await sql`update deposit set state = case slip when 'CK-1' then 'underWay' else 'takenBack' end`.execute(
      stage.bench.parts.database,
    );
    await arrive("x");
    await arrive("y");
    expect((await balances())["bank/icbc"]).toBe(5000);
    expect(await stage.bench.parts.database.selectFrom("bank_match").selectAll().execute()).toHaveLength(1);
  });

  it("that is not at the bank when five days are over is a break until its line comes", async () => {
    await deposit(5000);
    await later(5);
    expect(await differences()).toEqual([]);
    await later(1);
    expect(await differences()).toEqual([{ class: "depositMissing", state: "break", amount: -5000 }]);
    const place = await cashPlaceOf(stage.bench.parts.database, store, stage.bench.parts.clock.now());
    const told = await officeCash(stage.bench.parts.database, place!, 14, false);
    expect(told.deposits).toMatchObject([{ state: "missing" }]);
    expect(await inTransit()).toBe(5000);
    await credited(5000, 7, "存入 CK-2041");
    expect(await differences()).toEqual([{ class: "depositMissing", state: "gone", amount: -5000 }]);
    expect(await inTransit()).toBe(0);
  });

  it("credited short or over is a break, and what is missing stays in transit", async () => {
    await deposit(5000, "CK-1001");
    await credited(4900, 1, "现金 CK-1001");
    expect(await differences()).toEqual([{ class: "depositShort", state: "break", amount: -100 }]);
    expect(await inTransit()).toBe(100);
    const [{ id } = { id: "" }] = (await cash()).deposits;
    expect((await openedCash(stage.owner, "deposit", id)).beside).toMatchObject({
      kind: "deposit",
      slip: "CK-1001",
      bankName: "工行",
      amount: yuan(5000),
      lines: [{ amount: yuan(4900), text: "现金 CK-1001" }],
    });
    expect((await openedCash(stage.owner, "deposit", id)).item).toMatchObject({ receipt: "CK-1001" });
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
    expect((await cash()).deposits).toMatchObject([{ state: "arrived", settled: "accept" }]);
  });

  it("a credit that was nobody's is nobody's no more once its deposit is written down", async () => {
    await credited(5000, 0);
    const unknown = () =>
      stage.bench.parts.database
        .selectFrom("difference")
        .select(["class", "state"])
        .where("side", "=", "credit")
        .execute();
    expect(await unknown()).toEqual([{ class: "creditUnknown", state: "break" }]);
    await deposit(5000);
    await match();
    expect(await unknown()).toEqual([{ class: "creditUnknown", state: "gone" }]);
  });

  it("is taken back by a red entry while no line has brought it, and never twice", async () => {
    await deposit(5000);
    const [{ id } = { id: "" }] = (await cash()).deposits;
    const back = () => withYes(stage.manager, "cash/take-backs", { id, reason: "bank closed" });
    expect((await back()).statusCode).toBe(200);
    expect(await balances()).toEqual({ safe: 8000 });
    expect(await inTransit()).toBe(0);
    expect((await back()).statusCode).toBe(404);
    expect(await balances()).toEqual({ safe: 8000 });
    expect((await deposit(5000)).statusCode).toBe(200);
    await credited(5000, 1);
    const [{ id: arrived } = { id: "" }] = (await cash()).deposits;
    expect((await withYes(stage.manager, "cash/take-backs", { id: arrived, reason: "x" })).statusCode).toBe(409);
    expect(await balances()).toEqual({ safe: 3000, "bank/icbc": 5000 });
  });

  it("above what the books have in the safe is taken only where somebody says that it was there", async () => {
    const before = await balances();
    const asked = { bank: "icbc", slip: "CK-77", amount: 800_001, notes: [], takenBy: "staff-4" };
    const refused = await withYes(stage.manager, "cash/deposits", asked);
    expect([refused.statusCode, refused.json().code]).toEqual([409, "nothingLeft"]);
    expect(await balances()).toEqual(before);
    const said = await withYes(stage.manager, "cash/deposits", { ...asked, beyondBooks: true });
    expect(said.statusCode).toBe(200);
    expect((await balances()).safe).toBeCloseTo((before.safe ?? 0) - 8_000.01, 5);
  });

  it("of a slip that is there already is refused, and one above the manager's own limit needs another person", async () => {
    const opened = { counted: 3_000_000, notes: [], opening: true };
    expect((await withYes(stage.manager, "cash/counts", opened)).statusCode).toBe(200);
    expect((await deposit(100)).statusCode).toBe(200);
    expect((await deposit(100)).json().code).toBe("taken");
    const body = { v: 1, store, bank: "icbc", slip: "CK-9", notes: [], takenBy: "staff-4" };
    expect((await stage.manager("POST", "cash/deposits", { ...body, amount: 2_000_001 })).statusCode).toBe(202);
    expect((await stage.manager("POST", "cash/deposits", { ...body, amount: 2_000_000 })).statusCode).toBe(200);
    expect(
      (await stage.manager("POST", "cash/deposits", { ...body, slip: "CK-8", amount: 1, takenBy: "nobody" }))
        .statusCode,
    ).toBe(400);
    const entries = await stage.bench.parts.database
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
    expect(told.handOvers).toMatchObject([{ amount: yuan(8000), kept: yuan(0), day: businessDay }]);
    expect(told.handOvers[0]?.handedBy).not.toBe(told.handOvers[0]?.receivedBy);
  });

  it("tells who counts blind no sum of the safe and nothing of an open drawer", async () => {
    const told = (await stage.manager("GET", `cash/blind?store=${store}`)).json<OfficeCash>();
    expect(told).toMatchObject({ safe: null, inTransit: null, counts: [], handOvers: [] });
    expect(told.drawers).toMatchObject([{ isOpen: true, float: null, holds: null }]);
  });
});
