import { beforeEach, describe, expect, it } from "vitest";
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
