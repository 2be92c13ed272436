import { beforeEach, describe, expect, it } from "vitest";
import type { FlowRow } from "../../../src/domain/bills/bill.ts";
import { minorUnits } from "../../../src/domain/money.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const amount = 11300;

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
});

/** Takes in the day's bill and flow of as many payments, each with this fee (thousandths of a fen) and what the flow took for it. */
async function dayOf(
  count: number,
  fee: number,
  taken: number,
  store: "heping" | "jiangbian" = "heping",
): Promise<void> {
  const rows = [];
  const flow: FlowRow[] = [];
  let balance = 0;
  for (let i = 0; i < count; i++) {
    const id = await shop.payment({ amount, at, store });
    rows.push(tradeRow(id, amount, at, { fee }));
    for (const [kind, moved] of [["payment", amount] as const, ["fee", -taken] as const]) {
      balance += moved;
      const line = flow.length + 1;
      const own = { line, number: `F${line}`, transaction: `42${id}`, voucher: id, words: "交易", note: "" };
      flow.push({ ...own, kind, at, amount: minorUnits(moved), balance: minorUnits(balance), isJoined: false });
    }
  }
  await shop.bill(day, rows, next);
  await shop.flow(day, flow, next);
}

const breaksOfBalance = async () => (await shop.open()).filter((line) => line.includes("balanceDiffers"));

describe("the fen that a day's fees of five decimals leave over", () => {
  it.each([
    [5, 67_800, 68, 339],
    [3, 60_500, 61, 182],
    [4, 450, 0, 2],
  ])("by %i rows of %i is one fee line and no break", async (count, fee, taken, posted) => {
    await dayOf(count, fee, taken);
    expect(await breaksOfBalance()).toEqual([]);
    expect(await shop.balance(accounts.fees)).toBe(posted);
    expect(await shop.balance(accounts.receivable(account.id))).toBe(0);
  });

  it("hides no payment whose fee the flow has otherwise", async () => {
    await dayOf(5, 67_800, 67);
    expect(await breaksOfBalance()).toEqual(["break balanceDiffers 5"]);
  });

  it("is posted in the account's home where only another store has rows", async () => {
    await dayOf(5, 67_800, 68, "jiangbian");
    expect(await breaksOfBalance()).toEqual([]);
    const fees = await shop.database
      .selectFrom("ledger_transfer")
      .select(["store", "debit", "credit", "amount"])
      .where((where) => where.or([where("debit", "=", accounts.fees), where("credit", "=", accounts.fees)]))
      .orderBy("store")
      .execute();
    const receivable = accounts.receivable(account.id);
    expect(fees).toEqual([
      { store: "heping", debit: receivable, credit: accounts.fees, amount: 1 },
      { store: "jiangbian", debit: accounts.fees, credit: receivable, amount: 340 },
    ]);
    expect(await shop.balance(receivable)).toBe(0);
    expect(await shop.balance(accounts.balance(account.id))).toBe(5 * amount - 339);
  });
});
