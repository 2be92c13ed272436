import { beforeEach, describe, expect, it } from "vitest";
import type { BillPart, FlowRow, TradeRow } from "../../../src/domain/bills/bill.ts";
import { noTotals } from "../../../src/domain/bills/totals.ts";
import { minorUnits } from "../../../src/domain/money.ts";
import { storeBill } from "../../../src/gateway/bills/bill-store.ts";
import { takeBill } from "../../../src/gateway/bills/take-bill.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { reconcileBill } from "../../../src/gateway/reconcile/reconcile-bill.ts";
import { billParts, flowParts, once, tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon, zone } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const balance = accounts.balance(account.id);

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
});

/** Stores a file of the day without reading it, as a crash in between leaves it. */
async function stored(kind: "trade" | "fundFlow"): Promise<string> {
  const { id, homeStore } = account;
  const bill = {
    homeStore,
    account: id,
    kind,
    day,
    origin: "fetched",
    name: "",
    announced: null,
    handedBy: null,
  } as const;
  return (await storeBill(shop.database, bill, once(Buffer.from("unread")), next)).id;
}

function read(id: string, parts: AsyncIterable<BillPart>) {
  const reader = { readBill: () => parts, billAccount: async () => "1900000001" };
  return takeBill(shop.database, reader, { store: account.homeStore, id }, next, (step, taken) =>
    reconcileBill(step, taken, { zone }, next),
  );
}

async function states(): Promise<readonly string[]> {
  const rows = await shop.database.selectFrom("bill").select("state").orderBy("kind").orderBy("version").execute();
  return rows.map(({ state }) => state);
}

describe("a file that is read only after a later one of its day", () => {
  async function twoFiles(): Promise<{ readonly late: string; readonly rows: readonly TradeRow[] }> {
    const one = await shop.payment({ amount: 11300, at });
    const late = await stored("trade");
    const rows = [tradeRow(one, 11300, at)];
    await shop.bill(day, rows, next, "later");
    return { late, rows };
  }

  it("is kept as replaced, and nothing of it counts", async () => {
    const { late, rows } = await twoFiles();
    expect((await read(late, billParts(rows, noTotals))).kind).toBe("nothing");
    expect(await states()).toEqual(["replaced", "current"]);
    expect(await shop.balance(balance)).toBe(11300 - 68);
    expect(await shop.open()).toEqual([]);
  });

  it("does not stay in the way of the next correction, which takes back what stands and nothing twice", async () => {
    const { late, rows } = await twoFiles();
    await read(late, billParts(rows, noTotals));
    for (const amount of [9000, 9100]) {
      await shop.bill(day, [{ ...rows[0], amount, receivable: amount, fee: 54_000 } as TradeRow], next, `${amount}`);
      expect(await shop.balance(balance)).toBe(amount - 54);
    }
  });

  it("is no flow that counts either", async () => {
    const row = (amount: number, number: string): FlowRow => ({
      line: 1,
      kind: "payout",
      at,
      number,
      transaction: "",
      voucher: number,
      words: "提现",
      amount: minorUnits(-amount),
      balance: minorUnits(0),
      note: "",
      isJoined: false,
    });
    const late = await stored("fundFlow");
    await shop.flow(day, [row(5000, "P1")], next, "later");
    await read(late, flowParts([row(700, "P2")]));
    expect(await states()).toEqual(["replaced", "current"]);
    expect(await shop.balance(accounts.payoutInTransit(account.id))).toBe(5000);
  });

  it("takes an empty day's place all the same: that one was no file", async () => {
    const one = await shop.payment({ amount: 11300, at });
    const late = await stored("trade");
    await shop.emptyDay(day, next);
    await read(late, billParts([tradeRow(one, 11300, at)], noTotals));
    expect(await states()).toEqual(["current", "replaced"]);
    expect(await shop.balance(balance)).toBe(11300 - 68);
    expect(await shop.open()).toEqual([]);
  });
});
