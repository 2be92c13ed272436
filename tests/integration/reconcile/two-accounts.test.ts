import { expect, it } from "vitest";
import { payerWords } from "../../../src/domain/settlement/match-payouts.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { matchBank } from "../../../src/gateway/settlement/match-bank.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { openMatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const bank = { store: "heping", id: "icbc" };
const second = { id: "wechat-2", homeStore: "jiangbian" };
const words = payerWords["wechat"] ?? [];

it("a bank's line in the name of two accounts is held against the payouts of both, also of one number", async () => {
  const shop = await openMatchedShop((await freshDatabase()).open());
  const { database } = shop;
  const terms = {
    provider: "wechat-pay",
    mode: "sandbox",
    terms: json({}),
    timings: json({}),
    settings: json({}),
  } as const;
  await database
    .insertInto("provider_account")
    .values({ ...terms, id: second.id, home_store: second.homeStore, secrets_sealed: Buffer.alloc(1) })
    .execute();
  const icbc = { ...bank, name: "工行", columns: json({}), made_at: 0 };
  await database.insertInto("bank_account").values(icbc).execute();
  const sent = { day, at: noon(day), fee: 0, currency: "CNY", state: "sent", arrived_on: null } as const;
  await database
    .insertInto("payout")
    .values([
      { ...sent, store: "heping", account: account.id, number: "PAYOUT-0001", amount: 5616 },
      { ...sent, store: "heping", account: account.id, number: "PAYOUT-0002", amount: 900 },
      { ...sent, store: "jiangbian", account: second.id, number: "PAYOUT-0001", amount: 7700 },
    ])
    .execute();
  const line = { store: "heping", bank: "icbc", day: "2026-11-21", time: "", balance: null, reference: "" };
  const said = { ...line, counterparty: "财付通支付科技有限公司", statement: "S" };
  await database
    .insertInto("bank_line")
    .values([
      { ...said, id: "L1", amount: 7700, text: "提现" },
      { ...said, id: "L2", amount: 5616, text: "提现 PAYOUT-0001" },
      { ...said, id: "L3", amount: 900, text: "提现" },
    ])
    .execute();
  await matchBank(
    database,
    bank,
    [
      { ...account, words },
      { ...second, words },
    ],
    noon("2026-11-21"),
  );
  expect(await shop.open()).toEqual([]);
  expect(await shop.balance(accounts.payoutInTransit(account.id))).toBe(-6516);
  expect(await shop.balance(accounts.payoutInTransit(second.id))).toBe(-7700);
});
