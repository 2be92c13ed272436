import { beforeEach, expect, it } from "vitest";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { freshDatabase } from "../fresh-database.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { openMender } from "../../fakes/mender.ts";

const day = "2026-11-20";
const at = noon(day);
const next = noon("2026-11-21");

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
});

it.each([false, true])(
  "a rate that is corrected keeps what the contract says of refunds' fees: given back %s",
  async (givesBack) => {
    const agreed = {
      account: account.id,
      since: "2026-01-01",
      rate: 6000,
      gives_back: givesBack,
      set_by: "owner",
      set_at: 0,
    };
    await shop.database.insertInto("fee_rate").values(agreed).execute();
    const one = await shop.payment({ amount: 11300, at });
    const back = await shop.refund(one, 5650, at);
    const refund = { kind: "refund", refund: back, rate: 3800, fee: givesBack ? -22_000 : 0 } as const;
    await shop.bill(
      day,
      [tradeRow(one, 11300, at, { fee: 43_000, rate: 3800 }), tradeRow(one, 5650, at, refund)],
      next,
    );
    await openMender(shop, next).mend("correctRate", { since: "2026-11-01", rate: 3800 });
    expect(await shop.open()).toEqual([]);
    const rates = await shop.database.selectFrom("fee_rate").select(["rate", "gives_back"]).orderBy("since").execute();
    expect(rates).toEqual([
      { rate: 6000, gives_back: givesBack },
      { rate: 3800, gives_back: givesBack },
    ]);
  },
);

it.each(["succeeded", "owed"] as const)(
  "a sale is not completed from a payment of which a refund is %s",
  async (state) => {
    const one = await shop.paymentOfSale(11300, at, "voided");
    await shop.refund(one, 3000, at, state);
    await shop.review(next);
    const before = await shop.balance(accounts.suspense);
    const mender = openMender(shop, next);
    const lost = (await mender.breaks()).filter(({ id }) => id.endsWith("/captureWithoutSale"));
    const done = await mender.mend("completeSale", {}, lost);
    expect(done).toMatchObject({ state: "stale", failed: [{ why: "notCompletable" }] });
    expect(await shop.balance(accounts.suspense)).toBe(before);
    expect(await shop.open()).toContain("break captureWithoutSale 8300");
  },
);
