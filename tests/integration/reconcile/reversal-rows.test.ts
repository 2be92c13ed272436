import { beforeEach, describe, expect, it } from "vitest";
import type { FlowKind, FlowRow } from "../../../src/domain/bills/bill.ts";
import { minorUnits } from "../../../src/domain/money.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const balance = accounts.balance(account.id);
const receivable = accounts.receivable(account.id);

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
});

const books = async () => ({
  balance: await shop.balance(balance),
  receivable: await shop.balance(receivable),
  fees: await shop.balance(accounts.fees),
  other: await shop.balance(accounts.otherBusiness),
});
const nothing = { balance: 0, receivable: 0, fees: 0, other: 0 };
const reversal = { kind: "reversal", fee: -68_000 } as const;

describe("a reversal of a payment that is no till's", () => {
  it("moves nothing without its payment's row", async () => {
    await shop.bill(day, [tradeRow("PORTAL-1", 11300, at, reversal)], next);
    expect(await books()).toEqual(nothing);
  });

  it("nets to nothing with it", async () => {
    await shop.bill(day, [tradeRow("PORTAL-1", 11300, at), tradeRow("PORTAL-1", 11300, at, reversal)], next);
    expect(await books()).toEqual(nothing);
  });

  it("takes back a day later what its payment's row had brought", async () => {
    await shop.bill(day, [tradeRow("PORTAL-1", 11300, at)], next);
    expect(await books()).toEqual({ balance: 11232, receivable: 0, fees: 68, other: -11300 });
    await shop.bill("2026-11-21", [tradeRow("PORTAL-1", 11300, next, reversal)], noon("2026-11-22"));
    expect(await books()).toEqual(nothing);
  });
});

describe("a reversal in a later bill than its payment", () => {
  const later = noon("2026-11-22");
  const payment = async () => shop.payment({ amount: 11300, at, state: "reversed", sale: "voided" });
  const gone = async (one: string) => shop.bill("2026-11-21", [tradeRow(one, 11300, next, reversal)], later);

  it("gives back what the payment had brought, whichever bill comes first", async () => {
    const one = await payment();
    await gone(one);
    expect(await books()).toEqual(nothing);
    await shop.bill(day, [tradeRow(one, 11300, at)], later);
    expect(await books()).toEqual(nothing);
    expect(await shares()).toEqual([
      { day, given_back: 0 },
      { day: "2026-11-21", given_back: 11300 },
    ]);
  });

  it("is posted anew when a corrected bill loses the payment's row or gains it, and only then", async () => {
    const one = await payment();
    const other = await shop.payment({ amount: 500, at });
    const rows = [tradeRow(one, 11300, at), tradeRow(other, 500, at, { fee: 3000 })];
    await shop.bill(day, rows, next);
    await gone(one);
    const alone = { balance: 497, receivable: 0, fees: 3, other: 0 };
    expect(await books()).toEqual(alone);
    await shop.bill(day, rows.slice(1), later, "without");
    expect(await books()).toEqual(alone);
    await shop.bill(day, rows, later, "with");
    expect(await books()).toEqual(alone);
    const before = await postedOn("2026-11-21");
    await shop.bill(day, [rows[0]!, tradeRow(other, 500, at, { fee: 4000 })], later, "another fee");
    expect(await postedOn("2026-11-21")).toBe(before);
  });

  it("is posted in the store's own books and in the home's, and the balance is proved anew", async () => {
    const one = await shop.payment({ amount: 11300, at, state: "reversed", sale: "voided", store: "jiangbian" });
    const closing = await flows(one);
    await shop.bill("2026-11-21", [], later);
    await shop.bill("2026-11-22", [tradeRow(one, 11300, later, reversal)], noon("2026-11-23"));
    expect(await shop.open()).toContain("break balanceDiffers -11232");
    await shop.bill(day, [tradeRow(one, 11300, at)], later);
    expect(await shop.open()).toEqual([]);
    expect(await shop.balance(balance)).toBe(closing);
    expect([await shop.balance("betweenStores/heping"), await shop.balance("betweenStores/jiangbian")]).toEqual([0, 0]);
  });

  /** The flows of three days, with nothing that moved between payment and reversal; answers the last one's closing. */
  async function flows(id: string): Promise<number> {
    const row = (line: number, kind: FlowKind, moved: number, closing: number): FlowRow => {
      const own = { line, kind, at, number: `F${line}`, transaction: `42${id}`, voucher: id, words: "交易", note: "" };
      return { ...own, amount: minorUnits(moved), balance: minorUnits(closing), isJoined: false };
    };
    await shop.flow(day, [row(1, "payment", 11300, 11300), row(2, "fee", -68, 11232)], next);
    await shop.flow("2026-11-21", [row(1, "payment", 0, 11232)], later);
    await shop.flow("2026-11-22", [row(1, "refund", -11300, -68), row(2, "feeBack", 68, 0)], noon("2026-11-23"));
    return 0;
  }
});

const shares = async () =>
  shop.database.selectFrom("bill_share").select(["day", "given_back"]).orderBy("day").execute();

/** How many rows the ledger has of a bill's day. */
async function postedOn(of: string): Promise<number> {
  const rows = await shop.database.selectFrom("ledger_transfer").select("n").where("business_date", "=", of).execute();
  return rows.length;
}
