import { beforeEach, describe, expect, it } from "vitest";
import { plusMs } from "../../../src/domain/clock.ts";
import type { PaymentId } from "../../../src/domain/identifier.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { judgeAgain } from "../../../src/gateway/reconcile/judge-again.ts";
import { openMender, type Mender } from "../../fakes/mender.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon, zone } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");
const receivable = accounts.receivable(account.id);

let shop: MatchedShop;
let mend: Mender["mend"];
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  ({ mend } = openMender(shop, next));
});

const attemptOf = async (refund: string): Promise<PaymentId> => {
  const row = await shop.database
    .selectFrom("refund")
    .select("attempt")
    .where("id", "=", refund)
    .executeTakeFirstOrThrow();
  return row.attempt as PaymentId;
};

describe("what was settled in the books alone", () => {
  it("is no loss any more when a corrected bill has what had been given up", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.bill(day, [], next);
    await mend("writeOff");
    expect([await shop.balance(accounts.loss), await shop.balance(receivable)]).toEqual([11300, 0]);
    await shop.bill(day, [tradeRow(one, 11300, at)], next);
    expect([await shop.open(), await shop.balance(accounts.loss), await shop.balance(receivable)]).toEqual([[], 0, 0]);
    // and is one again when the next bill has it no more: somebody has to decide anew
    await shop.bill(day, [], next);
    expect([await shop.open(), await shop.balance(accounts.loss)]).toEqual([["break withUsNotWithThem -11300"], 0]);
    await mend("writeOff");
    expect([await shop.balance(accounts.loss), await shop.balance(receivable)]).toEqual([11300, 0]);
  });

  it("is no loss when a day that came empty has it after all", async () => {
    const one = await shop.payment({ amount: 11300, at });
    await shop.emptyDay(day, next);
    expect(await shop.open()).toEqual(["break withUsNotWithThem -11300"]);
    await mend("writeOff");
    await shop.bill(day, [tradeRow(one, 11300, at)], next);
    expect([await shop.open(), await shop.balance(accounts.loss), await shop.balance(receivable)]).toEqual([[], 0, 0]);
  });

  it("is no loss when the bill of the day after has it, which came late", async () => {
    const beforeMidnight = plusMs(at, 12 * 3_600_000 - 5 * 60_000);
    const one = await shop.payment({ amount: 11300, at: beforeMidnight });
    const back = await shop.refund(await shop.payment({ amount: 2350, at }), 2350, beforeMidnight);
    await shop.bill(day, [], next);
    const late = noon("2026-11-24");
    await shop.review(late);
    await mend("writeOff");
    const afterMidnight = plusMs(beforeMidnight, 6 * 60_000);
    const rows = [
      tradeRow(one, 11300, afterMidnight),
      tradeRow(await attemptOf(back), 2350, afterMidnight, { kind: "refund", refund: back }),
    ];
    await shop.bill("2026-11-21", rows, late);
    // the payment of noon stays given up
    const stands = [await shop.balance(accounts.loss), await shop.balance(accounts.otherIncome)];
    expect([await shop.open(), ...stands]).toEqual([[], 2350, 0]);
  });

  it("that was somebody else's business leaves the books when it leaves the bill", async () => {
    const number = shop.number(at);
    await shop.bill(day, [tradeRow(number, 3000, at)], next);
    expect(await shop.open()).toEqual(["break paymentUnknown 3000"]);
    await mend("notOurs");
    expect(await shop.balance(accounts.otherBusiness)).toBe(-3000);
    await shop.bill(day, [], next);
    expect([
      await shop.balance(accounts.otherBusiness),
      await shop.balance(accounts.unexplained),
      await shop.balance(receivable),
    ]).toEqual([0, 0, 0]);
  });

  it("stays mended, and its posting too, however often it is judged and found to be the same", async () => {
    await shop.payment({ amount: 11300, at });
    await shop.bill(day, [], next);
    await mend("writeOff");
    await shop.review(next);
    // other bytes that say the same change no row: the whole day is held against them
    await shop.bill(day, [], next, "with other words");
    await shop.database.transaction().execute((step) => judgeAgain(step, account, { zone }, [day], next));
    expect([await shop.open(), await shop.balance(accounts.loss)]).toEqual([[], 11300]);
  });
});
