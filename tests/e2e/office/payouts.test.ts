import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { plusDays } from "../../../src/domain/local-time.ts";
import { keepBank } from "../../../src/gateway/office/settlement/banks.ts";
import { BooksPage } from "./books-page.ts";

let books: BooksPage;
const folder = mkdtempSync(join(tmpdir(), "kuantai-payouts-"));
beforeAll(async () => {
  books = await BooksPage.open();
  const { database, clock } = books.shop.parts;
  const [first, second] = await database.selectFrom("store").select("id").orderBy("id").execute();
  await keepBank(database, { id: "icbc-main", store: first!.id, name: "工商银行 基本户" }, clock.now());
  await keepBank(database, { id: "ccb", store: second!.id, name: "建设银行" }, clock.now());
});
beforeEach(() => {
  books.faults = [];
  return () => expect(books.faults).toEqual([]);
});
afterAll(async () => {
  await books?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function lines(): Promise<number> {
  const rows = await books.shop.parts.database.selectFrom("bank_line").select("id").execute();
  return rows.length;
}

/** A file of the bank's, chosen and read. */
async function choose(name: string, cells: readonly (readonly string[])[]): Promise<void> {
  const file = join(folder, name);
  writeFileSync(file, cells.map((line) => line.join(",")).join("\r\n"));
  await books.at("statement-file").setInputFiles(file);
}

const head = ["交易日期", "收入", "支出", "余额", "对方户名", "摘要"];
const paid = () => [books.today(), "128.41", "", "1128.41", "财付通支付科技有限公司", "微信支付结算"];
const spent = () => [books.today(), "", "20.00", "1108.41", "电信", "话费"];

it("the store of a new bank account is the form's own, and that of the page can be chosen there", async () => {
  await books.go("settlement");
  await books.at("bank-add").click();
  await books.at("bank-store").selectOption({ index: 1 });
  expect(await books.at("bank").count()).toBe(2);
  expect(await books.at("books-store").inputValue()).toBe("");
  await books.at("bank-name").fill("招商银行");
  await books.at("bank-id").fill("cmb");
  await books.at("bank-save").click();
  await books.page.locator('[data-testid="bank"]', { hasText: "招商银行" }).waitFor();
  expect(await books.at("bank").count()).toBe(3);
  await books.at("books-store").selectOption({ index: 1 });
  await expect.poll(() => books.at("bank").count()).toBeLessThan(3);
  await books.at("books-store").selectOption("");
});

it("payouts and what they come to fit every screen", async () => {
  const { database } = books.shop.parts;
  const states = ["sent", "arrived", "arrived", "returned"] as const;
  for (const account of ["wechat-sandbox", "alipay-sandbox"])
    for (const [nth, state] of states.entries()) {
      const day = plusDays(books.today(), -3 * nth - 1);
      const number = `33${day.replaceAll("-", "")}080000000000${nth}`;
      const stands = { state, arrived_on: state === "arrived" ? plusDays(day, 1) : null };
      await database
        .insertInto("payout")
        .values({ store: "heping", account, number, day, at: 0, amount: 802_797, fee: 0, currency: "CNY", ...stands })
        .execute();
    }
  await books.go("cash");
  await books.go("settlement");
  await books.at("settlement-payout").first().waitFor();
  expect(await books.at("settlement-total").first().innerText()).toBe("32,111.88");
  await books.shot("payouts");
  expect.soft(await books.wrong()).toEqual([]);
});

it("a file that is no statement is refused with why", async () => {
  await books.go("settlement");
  await books.at("statement-bank").selectOption("icbc-main");
  for (const [cells, why] of [
    [[[""]], "empty"],
    [[["<html><table><tr><td>余额</td></tr></table></html>"]], "web page"],
    [[paid(), spent()], "names the columns"],
  ] as const) {
    await choose("空.csv", cells);
    await books.page.locator('[data-testid="statement-failed"]', { hasText: why }).waitFor();
    await books.page.locator('[data-testid="statement-failed"] .plain').click();
  }
});

it("of heads that nobody knows nothing is guessed", async () => {
  await choose("别的.csv", [
    ["Jour", "Plus", "Reste"],
    [books.today(), "5.00", "15.00"],
    [books.today(), "6.00", "21.00"],
  ]);
  await books.at("statement-unchosen").waitFor();
  expect(await books.at("column-moneyIn").inputValue()).toBe("");
  await books.at("column-day").selectOption("Jour");
  await books.at("column-moneyIn").selectOption("Plus");
  await books.at("statement-lines").waitFor();
  expect(await books.at("statement-lines").innerText()).toContain("11.00");
  await books.at("statement-again").click();
});

it("amounts that do not lead from balance to balance are refused, or said twice; a balance is no amount", async () => {
  await choose("流水.csv", [head, paid(), spent()]);
  await books.at("statement-first").waitFor();
  expect(await books.at("statement-first").innerText()).toContain("财付通支付科技有限公司 · 微信支付结算");
  await books.at("column-moneyIn").selectOption("余额");
  await books.page.locator('[data-testid="statement-troubles"]', { hasText: "余额" }).waitFor();
  expect(await books.at("statement-take").isDisabled()).toBe(true);
  await books.at("column-moneyIn").selectOption("支出");
  await books.at("column-moneyOut").selectOption("收入");
  await books.at("statement-broken").waitFor();
  expect(await books.at("statement-take").isDisabled()).toBe(true);
  await books.shot("statement-broken");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("statement-despite").check();
  await books.at("statement-take").click();
  await books.page.locator('[data-testid="statement-shown"][data-kind="taken"]').waitFor();
  expect(await lines()).toBe(2);
});

it("a statement that was handed in is taken back with its reason, and the same file comes again", async () => {
  await books.page.locator('[data-testid="bank-open"]', { hasText: "工商银行" }).click();
  await books.at("bank-line").first().waitFor();
  await books.page.locator('[data-testid="statements"] summary').click();
  await books.at("statement-back").click();
  expect(await books.at("statement-back-go").isDisabled()).toBe(true);
  await books.at("statement-back-reason").fill("In and out were changed");
  await books.shot("statement-back");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("statement-back-go").click();
  const gone = books.page.locator('[data-testid="statement"][data-over="true"]', {
    hasText: "In and out were changed",
  });
  await gone.waitFor();
  expect(await lines()).toBe(0);
  await books.shot("statement-gone");
  expect.soft(await books.wrong()).toEqual([]);
  // the box does not go on saying that its lines are taken
  await books.at("statement-shown").waitFor({ state: "detached" });
  await books.at("bank-back").click();
  await choose("流水.csv", [head, paid(), spent()]);
  await books.at("statement-take").click();
  await books.page.locator('[data-testid="statement-shown"][data-kind="taken"]').waitFor();
  expect(await lines()).toBe(2);
});

it("what a provider's flow has otherwise than our books is named, with the way to it", async () => {
  await books.trade();
  await books.askFor("wechat-sandbox");
  await books.go("settlement");
  const why = books.page.locator('[data-account="wechat-sandbox"] [data-testid="settlement-why"]');
  await why.first().waitFor();
  expect(await why.getAttribute("data-kind")).toBe("items");
  expect(await why.innerText()).toMatch(/more with the provider: \d+ items? differs?/u);
  await books.shot("payouts-why");
  expect.soft(await books.wrong()).toEqual([]);
  await why.click();
  await books.at("items-table").waitFor();
});
