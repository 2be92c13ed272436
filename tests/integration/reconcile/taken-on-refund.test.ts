import { beforeEach, expect, it } from "vitest";
import { plusMs, type Instant } from "../../../src/domain/clock.ts";
import { tradeRow } from "../../fakes/matched-bills.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { noon } from "../../fakes/matched-stores.ts";
import { openMender } from "../../fakes/mender.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const at = noon(day);
const dayMs = 86_400_000;
const after = (days: number): Instant => plusMs(at, days * dayMs);

let shop: MatchedShop;
const say = (state: "processing" | "unknown" | "succeeded" | "failed") =>
  shop.database.updateTable("refund").set({ state }).execute();

/** A refund that the provider took on, and whose bill has it. */
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  const one = await shop.payment({ amount: 11300, at });
  const refund = await shop.refund(one, 4700, at, "processing");
  await shop.bill(day, [tradeRow(one, 11300, at), tradeRow(one, 4700, at, { kind: "refund", refund })], after(1));
});

it("a refund that the provider took on and does not finish is stuck after two weeks, and not before", async () => {
  await shop.review(after(13));
  expect(await shop.open()).toEqual([]);
  await shop.review(after(14));
  expect(await shop.open()).toEqual(["break refundStuck 4700"]);
  // it cannot go once more while the provider has it
  const { mend } = openMender(shop, after(14));
  expect(await mend("resendRefund")).toMatchObject({ state: "stale", failed: [{ why: "stillAsked" }] });
  expect(await mend("payOtherwise", { paidFrom: "owner", proof: "1" })).toMatchObject({
    failed: [{ why: "stillAsked" }],
  });
});

it("and ends by itself when it comes through after all", async () => {
  await shop.review(after(14));
  await say("succeeded");
  await shop.review(after(15));
  expect(await shop.open()).toEqual([]);
  const [row] = await shop.database.selectFrom("difference").select(["state", "closed_by"]).execute();
  expect(row).toEqual({ state: "gone", closed_by: "agrees" });
});

it("has its days also while the provider does not answer", async () => {
  await say("unknown");
  await shop.review(after(3));
  expect(await shop.open()).toEqual([]);
  await shop.review(after(14));
  expect(await shop.open()).toEqual(["break refundStuck 4700"]);
});
