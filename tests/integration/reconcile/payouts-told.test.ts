import { expect, it } from "vitest";
import { minorUnits } from "../../../src/domain/money.ts";
import { settlementOverview } from "../../../src/gateway/office/settlement/overview.ts";
import { matchBank } from "../../../src/gateway/settlement/match-bank.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { openMatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon, zone } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

it("a payout that came short is open until somebody has settled it, and what its flow says stands beside our books", async () => {
  const shop = await openMatchedShop((await freshDatabase()).open());
  const { database } = shop;
  const bank = { store: "heping", id: "icbc" };
  await database
    .insertInto("bank_account")
    .values({ ...bank, name: "工行", columns: json({}), made_at: 0 })
    .execute();
  const day = "2026-11-20";
  await shop.bill(day, [], noon("2026-11-21"));
  const names = { number: "F1", transaction: "42P", voucher: "PAYOUT-0001", words: "提现", note: "", isJoined: false };
  const amounts = { amount: minorUnits(-5616), balance: minorUnits(900) };
  await shop.flow(day, [{ line: 1, kind: "payout", at: noon(day), ...names, ...amounts }], noon("2026-11-21"));
  const line = { id: "1", day: "2026-11-21", time: "", amount: 5566, balance: null, reference: "", statement: "s" };
  await database
    .insertInto("bank_line")
    .values({ store: "heping", bank: "icbc", counterparty: "财付通", text: "提现 PAYOUT-0001", ...line })
    .execute();
  await matchBank(database, bank, [{ ...account, words: [/财付通/u] }], noon("2026-11-21"));
  const provider = { channel: "wechat", bills: { zone } };
  const known = { byId: async () => ({ id: account.id, provider }) } as never;
  const told = async () => (await settlementOverview(database, known, 14, noon("2026-11-22"))).accounts[0]!;
  expect((await told()).payouts).toMatchObject([{ state: "arrived", isOpen: true, credited: { amount: 5566 } }]);
  expect((await told()).told).toMatchObject({ day, balance: { amount: 900 }, booked: { amount: 900 }, why: [] });
  await database.updateTable("difference").set({ state: "mended" }).where("class", "=", "settlementShort").execute();
  expect((await told()).payouts).toMatchObject([{ isOpen: false }]);
});
