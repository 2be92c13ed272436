import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import type { FlowRow } from "../../../src/domain/bills/bill.ts";
import { minorUnits } from "../../../src/domain/money.ts";
import type { BankColumns } from "../../../src/domain/settlement/bank-columns.ts";
import { payerWords } from "../../../src/domain/settlement/match-payouts.ts";
import { ok } from "../../../src/domain/result.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { bankStatementsOf } from "../../../src/gateway/office/settlement/statements.ts";
import { matchBank } from "../../../src/gateway/settlement/match-bank.ts";
import { takeBackStatement } from "../../../src/gateway/settlement/take-back-statement.ts";
import { takeStatement, type TakenStatement } from "../../../src/gateway/settlement/take-statement.ts";
import { systemRandom } from "../../../src/gateway/system-clock.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { openMender, type Mender } from "../../fakes/mender.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const next = noon("2026-11-21");
const at = noon("2026-11-22");
const bank = { store: "heping", id: "icbc" };
const paying = [{ ...account, words: payerWords["wechat"] ?? [] }];
const head = ["交易日期", "收入", "结算额", "对方户名", "摘要"];
const columns: BankColumns = {
  day: "交易日期",
  time: null,
  moneyIn: "收入",
  moneyOut: null,
  balance: null,
  counterparty: "对方户名",
  text: "摘要",
  reference: null,
};
const one = ["2026-11-21", "56.16", "80.27", "财付通", "提现 PAYOUT-0001"];
const two = ["2026-11-21", "9.00", "17.50", "财付通", "提现 PAYOUT-0002"];

let shop: MatchedShop;
let balance: number;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  await shop.database
    .insertInto("bank_account")
    .values({ ...bank, name: "工行", columns: json({}), made_at: 0 })
    .execute();
  balance = 100_000;
  await shop.bill(day, [], next);
  await shop.flow(day, [payout(1, 5616, "PAYOUT-0001"), payout(2, 900, "PAYOUT-0002")], next);
});

function payout(line: number, amount: number, voucher: string): FlowRow {
  balance -= amount;
  const names = { number: `F${line}`, transaction: `42${voucher}`, voucher };
  const amounts = { amount: minorUnits(-amount), balance: minorUnits(balance) };
  return { line, kind: "payout", at: noon(day), words: "提现", note: "", isJoined: false, ...names, ...amounts };
}

async function take(lines: readonly string[][], by: Partial<BankColumns> = {}): Promise<TakenStatement> {
  const cells = [head, ...lines];
  const bytes = Buffer.from(cells.map((line) => line.join(",")).join("\n"));
  const file = { ...bank, bank: bank.id, name: "a.csv", bytes, cells, columns: { ...columns, ...by }, by: "owner" };
  const taken = await takeStatement(shop.database, file, at);
  await matchBank(shop.database, bank, paying, at);
  return taken;
}

/** How often somebody was asked whether they agree. */
let asked = 0;
function goBack(statement: string, reason: string) {
  const agree = async () => {
    asked++;
    return ok({ who: "owner", secondPerson: null });
  };
  return shop.database
    .transaction()
    .execute((step) =>
      takeBackStatement(step, { random: systemRandom }, { bank, statement, reason }, paying, agree, at),
    );
}

async function takeBack(nth = 0) {
  const rows = await shop.database.selectFrom("bank_statement").select("id").orderBy("at").orderBy("id").execute();
  return goBack(rows[nth]?.id ?? "", "the wrong column");
}

/** What is posted of it afterwards goes to the day after. */
async function closeDay(closed: string): Promise<void> {
  const by = { closed_by: "owner", second_person: null, reason: "over", left_open: json([]) };
  await shop.database
    .insertInto("store_day")
    .values({
      store: "heping",
      day: closed,
      state: "closed",
      next_day: "2026-11-22",
      asked_at: at,
      xid: 1,
      ...by,
    } as never)
    .execute();
}

async function postedOn(): Promise<readonly string[]> {
  const { rows } = await sql<{ sum: number; day: string }>`
    select sum(amount)::bigint as sum, posting_date as day from ledger_transfer where debit = 'bank/icbc'
    group by posting_date order by posting_date`.execute(shop.database);
  return rows.map(({ sum, day: on }) => `${sum} on ${on}`);
}

const stands = async () => ({
  bank: await shop.balance(accounts.bank("icbc")),
  transit: await shop.balance(accounts.payoutInTransit(account.id)),
  open: (await shop.open()).toSorted(),
});

it("takes what a wrong reading brought out of the books, and the same file read otherwise counts", async () => {
  await take([one, two], { moneyIn: "结算额" });
  expect(await stands()).toEqual({
    bank: 9777,
    transit: -3261,
    open: ["break settlementOver 2411", "break settlementOver 850"],
  });
  await closeDay("2026-11-21");
  expect(await takeBack()).toEqual({ ok: true, value: 2 });
  expect(await postedOn()).toEqual(["9777 on 2026-11-21", "-9777 on 2026-11-22"]);
  expect(await stands()).toEqual({ bank: 0, transit: 6516, open: [] });
  expect(await shop.database.selectFrom("bank_line").selectAll().execute()).toEqual([]);
  expect(await take([one, two])).toMatchObject({ kind: "taken", fresh: 2 });
  expect(await stands()).toEqual({ bank: 6516, transit: 0, open: [] });
  expect(await take([one, two])).toEqual({ kind: "known" });
  expect(await takeBack()).toEqual({ ok: false, refusal: "notFound" });
  const { statements } = await bankStatementsOf(shop.database, bank);
  expect(statements.map(({ takenBack, fresh }) => [takenBack?.why ?? null, fresh])).toEqual([
    ["the wrong column", 0],
    [null, 2],
  ]);
  const told = await shop.database
    .selectFrom("audit_entry")
    .select(["subject", "reason", "before"])
    .where("act", "=", "statementTakenBack")
    .execute();
  expect(told).toEqual([{ subject: "icbc", reason: "the wrong column", before: { name: "a.csv", lines: 2 } }]);
});

it("posts the same arrival anew when the same lines come again, as often as they do", async () => {
  for (const nth of [0, 1]) {
    expect(await take([one])).toMatchObject({ kind: "taken", fresh: 1 });
    expect([nth, await stands()]).toEqual([nth, { bank: 5616, transit: 900, open: [] }]);
    expect(await takeBack(nth)).toMatchObject({ ok: true });
    expect([nth, await stands()]).toEqual([nth, { bank: 0, transit: 6516, open: [] }]);
  }
});

it("leaves lines that another statement has as well", async () => {
  await take([one]);
  expect(await take([one, two])).toMatchObject({ fresh: 1 });
  const rows = await shop.database.selectFrom("bank_statement").select("id").orderBy("lines").execute();
  expect(await goBack(rows[0]?.id ?? "", "by mistake")).toEqual({ ok: true, value: 0 });
  expect(await stands()).toEqual({ bank: 6516, transit: 0, open: [] });
  expect(await take([one])).toMatchObject({ kind: "taken", fresh: 0 });
});

it("lets the credits of strangers go with their lines", async () => {
  await take([two, ["2026-11-22", "30.00", "30.00", "某公司", "货款"]], { moneyIn: "结算额" });
  expect((await stands()).open).toEqual(["break creditUnknown 3000", "break settlementOver 850"]);
  await takeBack();
  expect((await stands()).open).toEqual([]);
});

describe("a credit that two people have called not ours", () => {
  const states = async () =>
    (await shop.database.selectFrom("difference").select("state").where("class", "=", "creditUnknown").execute()).map(
      ({ state }) => state,
    );
  const told = () => shop.database.selectFrom("audit_entry").select("act").where("act", "=", "mendingUndone").execute();
  let mender: Mender;
  beforeEach(async () => {
    mender = openMender(shop, at);
    await take([["2026-11-22", "30.00", "30.00", "某公司", "现金货款"]]);
    expect(await mender.mend("notOurs")).toEqual({ state: "done", failed: [] });
    expect([await states(), await told()]).toEqual([["mended"], []]);
  });

  it("is mended no more when its statement is taken back, which the log tells, and is asked about anew when it comes again", async () => {
    await takeBack();
    expect([await states(), (await told()).length]).toEqual([["gone"], 1]);
    await take([["2026-11-22", "30.00", "30.00", "某公司", "现金货款"]]);
    expect((await stands()).open).toEqual(["break creditUnknown 3000"]);
  });

  it("nor when it has brought a payout after all", async () => {
    await take([["2026-11-22", "30.00", "30.00", "某公司", "现金货款 PAYOUT-0003"]]);
    expect(await mender.mend("notOurs")).toEqual({ state: "done", failed: [] });
    await shop.flow(day, [payout(3, 3000, "PAYOUT-0003")], at);
    await matchBank(shop.database, bank, paying, at);
    expect([(await states()).toSorted(), (await told()).length]).toEqual([["gone", "mended"], 1]);
  });
});

describe("of statements from before their columns were written down", () => {
  const third = ["2026-11-22", "30.00", "31.00", "某公司", "货款"];
  const columnsOf = () => shop.database.selectFrom("bank_account").select("columns").executeTakeFirstOrThrow();
  beforeEach(async () => {
    await take([one]);
    await shop.database.updateTable("bank_statement").set({ at: 1 }).execute();
    await take([one, two]);
    await shop.database.updateTable("bank_statement").set({ at: 2 }).where("at", "<>", 1).execute();
    await shop.database.updateTable("bank_statement").set({ columns: null }).execute();
  });

  it("the bank's columns are kept when a later one is taken back, and tell which lines they have", async () => {
    await take([third]);
    expect(await takeBack(2)).toEqual({ ok: true, value: 1 });
    expect(await columnsOf()).toEqual({ columns });
    expect(await takeBack(0)).toEqual({ ok: true, value: 0 });
    expect(await stands()).toEqual({ bank: 6516, transit: 0, open: [] });
    expect(await takeBack(1)).toEqual({ ok: true, value: 2 });
    // nothing stands: the next file's heads suggest its columns
    expect(await columnsOf()).toEqual({ columns: {} });
  });

  it.each([
    ["no columns are known", async () => void (await setColumns({}))],
    ["only a wrong column is known", async () => void (await take([third], { moneyIn: "结算额" }))],
  ])("none goes and nobody is asked when another has its lines and %s", async (_, given) => {
    await given();
    const before = await shop.database.selectFrom("bank_line").selectAll().execute();
    asked = 0;
    expect(await takeBack(0)).toEqual({ ok: false, refusal: "columnsUnknown" });
    expect([asked, await shop.database.selectFrom("bank_line").selectAll().execute()]).toEqual([0, before]);
    // the way out: the other one goes first, and comes again by columns that are known
    expect(await takeBack(1)).toEqual({ ok: true, value: 1 });
    expect(await take([one, two])).toMatchObject({ fresh: 1 });
    expect(await takeBack(0)).toEqual({ ok: true, value: 0 });
    expect(await stands()).toMatchObject({ bank: 6516, transit: 0 });
  });

  const setColumns = (known: object) =>
    shop.database
      .updateTable("bank_account")
      .set({ columns: json(known) })
      .execute();
});
