import { beforeEach, expect, it } from "vitest";
import type { BankColumns } from "../../../src/domain/settlement/bank-columns.ts";
import { banks, bankLinesOf } from "../../../src/gateway/office/settlement/banks.ts";
import { throughDays } from "../../../src/gateway/settlement/through-days.ts";
import { takeStatement, type TakenStatement } from "../../../src/gateway/settlement/take-statement.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const at = noon("2026-11-22");
const bank = { store: "heping", id: "icbc" };
const head = ["交易日期", "收入", "支出", "余额", "对方户名", "摘要"];
const columns: BankColumns = {
  day: "交易日期",
  time: null,
  moneyIn: "收入",
  moneyOut: "支出",
  balance: "余额",
  counterparty: "对方户名",
  text: "摘要",
  reference: null,
};
const lines = [
  ["2026-11-20", "100.00", "", "5,100.00", "财付通", "提现"],
  ["2026-11-21", "", "30.00", "5,070.00", "电费", ""],
];

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  await shop.database
    .insertInto("bank_account")
    .values({ ...bank, name: "工行", columns: json({}), made_at: 0 })
    .execute();
});

function take(
  cells: readonly string[][],
  by: Partial<BankColumns> = {},
  despiteBalance = false,
): Promise<TakenStatement> {
  const all = [head, ...cells];
  const file = { store: bank.store, bank: bank.id, name: "a.csv", bytes: Buffer.from(JSON.stringify(all)), cells: all };
  return takeStatement(shop.database, { ...file, columns: { ...columns, ...by }, by: "owner", despiteBalance }, at);
}

it("a statement whose balance does not run on by its amounts is taken only when somebody says so again", async () => {
  const swapped = { moneyIn: "支出", moneyOut: "收入" };
  expect(await take(lines, swapped)).toEqual({
    kind: "refused",
    troubles: [],
    broken: { line: 3, before: 510_000, amount: 3000, balance: 507_000 },
  });
  expect(await shop.database.selectFrom("bank_line").selectAll().execute()).toEqual([]);
  expect(await take(lines, swapped, true)).toMatchObject({ kind: "taken", fresh: 2 });
});

it("what stood on the account is never taken for what came, however often it is said", async () => {
  expect(await take(lines, { moneyIn: "余额" }, true)).toMatchObject({
    kind: "refused",
    troubles: [{ column: "余额", why: "balance" }],
  });
});

it("a day that no calendar has, or that is not yet, is refused; tomorrow is taken", async () => {
  const on = (day: string) => take([[day, "1.00", "", "", "", ""]]);
  expect(await on("2026-13-45")).toMatchObject({ kind: "refused", troubles: [{ line: 2, why: "noDay" }] });
  expect(await on("2026-11-24")).toMatchObject({ kind: "refused", troubles: [{ line: 2, why: "future" }] });
  expect(await on("2026-11-23")).toMatchObject({ kind: "taken" });
});

it("a line of such a day that was once taken says nothing of how far the lines reach, and is shown", async () => {
  await take(lines);
  const old = { store: bank.store, bank: bank.id, time: "", amount: 100, balance: null, counterparty: "", text: "" };
  await shop.database
    .insertInto("bank_line")
    .values(["2026-13-45", "2027-01-09"].map((day) => ({ ...old, id: day, day, reference: "", statement: "s" })))
    .execute();
  expect(await banks(shop.database, at)).toMatchObject([{ through: "2026-11-21", lines: 4 }]);
  expect([...(await throughDays(shop.database, [account], at)).values()]).toEqual(["2026-11-21"]);
  const { lines: shown } = await bankLinesOf(shop.database, bank, "2026-11-21", "2026-11-21", at);
  expect(shown.map(({ day }) => day)).toEqual(["2027-01-09", "2026-13-45", "2026-11-21"]);
});
