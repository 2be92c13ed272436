import { sql } from "kysely";
import { beforeEach, expect, it } from "vitest";
import type { FlowRow } from "../../../src/domain/bills/bill.ts";
import { minorUnits } from "../../../src/domain/money.ts";
import { payerWords } from "../../../src/domain/settlement/match-payouts.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { matchBank } from "../../../src/gateway/settlement/match-bank.ts";
import { json, openPostgres, type OpenDatabase } from "../../../src/gateway/store/database.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { openMender } from "../../fakes/mender.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const next = noon("2026-11-21");
const bank = { store: "heping", id: "icbc" };

let shop: MatchedShop;
let owner: OpenDatabase;
beforeEach(async () => {
  const fresh = await freshDatabase();
  shop = await openMatchedShop(fresh.open());
  owner = openPostgres(fresh.ownerUrl, () => undefined, 1);
  await shop.database
    .insertInto("bank_account")
    .values({ ...bank, name: "工行", columns: json({}), made_at: 0 })
    .execute();
  await shop.bill(day, [], next);
  await shop.flow(day, [payout(1, 5616, "PAYOUT-0001"), payout(2, 900, "PAYOUT-0002")], next);
  return () => owner.destroy();
});

let balance = 100_000;
function payout(line: number, amount: number, voucher: string): FlowRow {
  balance -= amount;
  return {
    line,
    kind: "payout",
    at: noon(day),
    number: `F${line}`,
    transaction: `42${voucher}`,
    voucher,
    words: "提现",
    amount: minorUnits(-amount),
    balance: minorUnits(balance),
    note: "",
    isJoined: false,
  };
}

/** A credit in the provider's name, and the matching after it. */
async function credited(amount: number, text: string, on = "2026-11-21", at = next): Promise<void> {
  await shop.database
    .insertInto("bank_line")
    .values({
      store: bank.store,
      bank: bank.id,
      id: `${text} ${amount}`,
      day: on,
      time: "",
      amount,
      balance: null,
      counterparty: "财付通支付科技有限公司",
      text,
      reference: "",
      statement: "s",
    })
    .execute();
  await match(at);
}

const match = (at = next) => matchBank(shop.database, bank, [{ ...account, words: payerWords["wechat"] ?? [] }], at);

const posted = () => shop.database.selectFrom("ledger_transfer").select("posting").execute();

async function brought(): Promise<readonly string[]> {
  const rows = await shop.database.selectFrom("bank_match").selectAll().orderBy("payout").execute();
  return rows.map(({ line, payout: number }) => `${line} → ${number}`);
}

it("takes a line that names a payout which has come already for no other payout", async () => {
  await credited(5616, "提现 PAYOUT-0001");
  await credited(8027, "提现 PAYOUT-0001");
  expect(await brought()).toEqual(["提现 PAYOUT-0001 5616 → PAYOUT-0001"]);
  expect(await shop.open()).toEqual(["break creditUnknown 8027"]);
});

it("takes a line that names a payout of another amount for that one", async () => {
  await credited(800, "提现 PAYOUT-0001");
  expect(await brought()).toEqual(["提现 PAYOUT-0001 800 → PAYOUT-0001"]);
  expect(await shop.open()).toEqual(["break settlementShort -4816"]);
});

it("does not guess at a line that names a number which no flow has told of yet", async () => {
  await credited(5616, "提现 PAYOUT-0001");
  await credited(800, "提现 PAYOUT-0003");
  expect(await brought()).toHaveLength(1);
  expect(await shop.open()).toEqual([]);
});

it("waits no longer for a flow that never comes when a line's own reference looks like a payout's number", async () => {
  await credited(5616, "提现 SERIAL-9999");
  await credited(800, "提现 SERIAL-9998");
  for (const later of ["2026-11-22", "2026-12-01"]) {
    await shop.flow(later, [], next);
    await match();
    expect([await brought(), await shop.open()]).toEqual([[], []]);
  }
  await shop.flow("2026-12-02", [], next);
  await match();
  expect(await brought()).toEqual(["提现 SERIAL-9999 5616 → PAYOUT-0001"]);
  expect(await shop.open()).toEqual(["break creditUnknown 800"]);
});

it("gives a payout that was guessed to the line that names it, and the guess to what it is", async () => {
  await credited(5616, "提现");
  await credited(3000, "提现");
  expect(await shop.open()).toEqual(["break settlementOver 2100"]);
  await credited(900, "提现 PAYOUT-0002");
  expect(await brought()).toEqual(["提现 5616 → PAYOUT-0001", "提现 PAYOUT-0002 900 → PAYOUT-0002"]);
  expect(await shop.open()).toEqual(["break creditUnknown 3000"]);
  expect(await shop.balance(accounts.bank("icbc"))).toBe(6516);
  expect(await shop.balance(accounts.payoutInTransit(account.id))).toBe(0);
});

it("gives it to the line that names it also where another may mean it, and what that names has another amount", async () => {
  await credited(3000, "提现");
  await credited(890, "提现 PAYOUT-0002");
  expect(await brought()).toEqual(["提现 3000 → PAYOUT-0001", "提现 PAYOUT-0002 890 → PAYOUT-0002"]);
  await credited(5600, "提现 PAYOUT-0001");
  expect(await brought()).toEqual(["提现 PAYOUT-0001 5600 → PAYOUT-0001", "提现 PAYOUT-0002 890 → PAYOUT-0002"]);
  const open = ["break creditUnknown 3000", "break settlementShort -10", "break settlementShort -16"];
  expect((await shop.open()).toSorted()).toEqual(open);
});

it.each([
  ["names it after its five days", "提现", "提现 PAYOUT-0001 100 → PAYOUT-0001"],
  ["names it beside one of its amount that names another", "提现 SERIAL-9999", "提现 PAYOUT-0001 100 → PAYOUT-0001"],
])("takes no payout away again and again from one line for another that %s", async (_, text, after) => {
  const amount = text === "提现" ? 3000 : 5616;
  await shop.flow("2026-12-02", [], next);
  await credited(900, "提现 PAYOUT-0002");
  await credited(amount, text);
  expect(await brought()).toContain(`${text} ${amount} → PAYOUT-0001`);
  await credited(100, "提现 PAYOUT-0001", "2026-11-28", noon("2026-11-29"));
  const before = await posted();
  await match(noon("2026-11-29"));
  expect(await posted()).toEqual(before);
  expect(await brought()).toContain(after);
});

it("leaves a payout to the line that was taken for it where what names it is from before it left", async () => {
  await credited(900, "提现 PAYOUT-0002");
  await credited(3000, "提现");
  await credited(100, "提现 PAYOUT-0001", "2026-11-19");
  const before = await posted();
  await match();
  expect(await posted()).toEqual(before);
  expect(await brought()).toContain("提现 3000 → PAYOUT-0001");
});

it("leaves what two people said of a credit while an older flow makes it wait for those between", async () => {
  await credited(3000, "提现");
  expect(await shop.open()).toEqual(["break creditUnknown 3000"]);
  expect(await openMender(shop, next).mend("notOurs")).toEqual({ state: "done", failed: [] });
  const states = () =>
    shop.database.selectFrom("difference").select(["state", "round"]).where("class", "=", "creditUnknown").execute();
  const stands = [{ state: "mended", round: 1 }];
  await shop.flow("2026-11-17", [], next);
  await match();
  expect(await states()).toEqual(stands);
  for (const between of ["2026-11-18", "2026-11-19"]) await shop.flow(between, [], next);
  await match();
  expect(await states()).toEqual(stands);
});

it("is not held against every payout there ever was", async () => {
  await sql`
    insert into payout (store, account, number, day, at, amount, fee, currency, state, arrived_on)
    select ${account.homeStore}, ${account.id}, 'OLD-' || lpad(i::text, 8, '0'), '2025-01-01', 0, 100, 0, 'CNY', 'arrived', '2025-01-02'
    from generate_series(1, 20000) i
  `.execute(shop.database);
  await sql`analyze payout`.execute(owner);
  await credited(30, "货款 OLD-99999999 OLD-00000007");
  const read = await shop.database.transaction().execute(async (step) => {
    await matchBank(step, bank, [{ ...account, words: payerWords["wechat"] ?? [] }], next);
    const { rows } = await sql<{ read: number }>`
      select (seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as read from pg_stat_xact_user_tables
      where relname = 'payout'
    `.execute(step);
    return rows[0]?.read ?? 0;
  });
  expect(read).toBeLessThan(100);
});
