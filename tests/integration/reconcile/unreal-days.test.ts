import { sql } from "kysely";
import { beforeEach, expect, it } from "vitest";
import { plusDays, isDate } from "../../../src/domain/local-time.ts";
import { minorUnits } from "../../../src/domain/money.ts";
import { payerWords } from "../../../src/domain/settlement/match-payouts.ts";
import { matchBank } from "../../../src/gateway/settlement/match-bank.ts";
import { isRealDay } from "../../../src/gateway/settlement/real-days.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { openMatchedShop, type MatchedShop } from "../../fakes/matched-shop.ts";
import { account, noon } from "../../fakes/matched-stores.ts";
import { freshDatabase } from "../fresh-database.ts";

const day = "2026-11-20";
const next = noon("2026-11-21");
const bank = { store: "heping", id: "icbc" };

let shop: MatchedShop;
beforeEach(async () => {
  shop = await openMatchedShop((await freshDatabase()).open());
  await shop.database
    .insertInto("bank_account")
    .values({ ...bank, name: "工行", columns: json({}), made_at: 0 })
    .execute();
  await shop.bill(day, [], next);
  const names = { number: "F1", transaction: "42P", voucher: "PAYOUT-0001" };
  const amounts = { amount: minorUnits(-5616), balance: minorUnits(1000) };
  const row = { line: 1, kind: "payout", at: noon(day), words: "提现", note: "", isJoined: false } as const;
  await shop.flow(day, [{ ...row, ...names, ...amounts }], next);
});

/** A credit in the provider's name, as an earlier build took it, whatever its day. */
const stored = (on: string, amount: number) =>
  shop.database
    .insertInto("bank_line")
    .values({
      store: bank.store,
      bank: bank.id,
      id: on,
      day: on,
      time: "",
      amount,
      balance: null,
      counterparty: "财付通",
      text: "提现",
      reference: "",
      statement: "s",
    })
    .execute();

it.each(["2026-13-45", "2026-02-31", "2026-11-23", "20.11.26"])(
  "a line stored with the day %s neither stops the bank's matching nor is matched",
  async (on) => {
    const match = () => matchBank(shop.database, bank, [{ ...account, words: payerWords["wechat"] ?? [] }], next);
    const matched = () => shop.database.selectFrom("bank_match").select("line").execute();
    await stored(on, 5616);
    await match();
    expect([await matched(), await shop.open()]).toEqual([[], []]);
    await stored("2026-11-21", 5616);
    await match();
    expect([await matched(), await shop.open()]).toEqual([[{ line: "2026-11-21" }], []]);
  },
);

it("a stored day is real where the calendar has it", async () => {
  const days = ["1900", "2000", "2023", "2024", "2100"].flatMap((year) =>
    Array.from({ length: 14 * 33 }, (_, n) =>
      [year, Math.floor(n / 33), n % 33].map((part) => `${part}`.padStart(2, "0")),
    ),
  );
  const written = [...days.map((parts) => parts.join("-")), "", plusDays(day, 1), `${day}x`];
  const { rows } = await sql<{ day: string }>`
    select day from unnest(${written}::text[]) as t (day) where ${isRealDay(sql`day`, null)}
  `.execute(shop.database);
  expect(rows.map((row) => row.day)).toEqual(written.filter(isDate));
});
