import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { plusDays } from "../../../src/domain/local-time.ts";
import { money } from "../../../src/domain/money.ts";
import { accounts } from "../../../src/gateway/books/ledger.ts";
import { post } from "../../../src/gateway/books/post.ts";
import { BooksPage } from "./books-page.ts";

/** On no page of days that begins with today. */
const longAgo = "2026-10-01";

let books: BooksPage;
beforeAll(async () => {
  books = await BooksPage.open();
  await books.trade();
});
beforeEach(() => {
  books.faults = [];
  return () => expect(books.faults).toEqual([]);
});
afterAll(() => books?.stop());

/** Something posted on a day. */
async function postOn(businessDate: string): Promise<void> {
  const transfers = [{ debit: accounts.drawer("till-a1"), credit: accounts.suspense, amount: money(100, "CNY") }];
  const posting = `test/${businessDate}`;
  const of = { store: "heping" as StoreId, posting, event: "test", subject: posting, businessDate, transfers };
  await post(books.shop.parts.database, of, books.shop.parts.clock.now());
}

const closedDays = async () =>
  (await books.shop.parts.database.selectFrom("store_day").select("day").orderBy("day").execute()).map(
    ({ day }) => day,
  );

it("a day that is over is closed with its reason, and has a voucher", async () => {
  const lately = plusDays(books.today(), -2);
  for (const day of [longAgo, lately]) await postOn(day);
  await books.at("office-nav-close").click();
  await books.shot("close-no-store");
  expect.soft(await books.wrong()).toEqual([]);
  const chooser = books.at("books-store");
  if ((await chooser.count()) > 0) await chooser.selectOption({ index: 1 });
  await books.at("close-days").waitFor();
  await books.shot("close-days");
  await books.at("close-files").click();
  await books.at("close-none-closed").waitFor();
  expect(await books.at("close-file-u8").count()).toBe(0);
  await books.shot("close-none-closed");
  expect.soft(await books.wrong()).toEqual([]);
  // days close in order: a later one says which comes first, and leads there, wherever it is
  const days = books.page.locator('[data-testid="close-day"]');
  const toLately = () => days.filter({ hasText: lately }).click();
  await toLately();
  await books.at("close-earlier").waitFor();
  expect(await books.at("close-go").count()).toBe(0);
  await books.shot("close-earlier");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("close-earlier").click();
  await books.at("close-panel").locator("h3", { hasText: longAgo }).waitFor();
  await books.at("close-go").click();
  await books.at("close-by").waitFor();
  expect(await closedDays()).toEqual([longAgo]);
  await books.go("sales");
  await books.go("close");
  await toLately();
  // the shop's own sales are of a day of their own
  await books.at("close-earlier").click();
  await books.at("close-go").click();
  await books.at("close-by").waitFor();
  await books.go("sales");
  await books.go("close");
  await toLately();
  await books.at("close-go").waitFor();
  await books.shot("close-panel");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("close-reason").fill("A quiet day");
  await books.at("close-go").click();
  await books.at("close-by").waitFor();
  expect(await closedDays()).toHaveLength(3);
  await books.shot("close-closed");
  await books.at("close-files").click();
  await books.shot("close-files");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("close-map").click();
  await books.at("map-table").waitFor();
  await books.shot("close-map");
  expect.soft(await books.wrong()).toEqual([]);
});

it("an account may ask for a department, a customer, a cash flow item; nothing is exported before it has them", async () => {
  const row = (pattern: string) => books.page.locator(`[data-testid="map-row-${pattern}"]`);
  await books.at("map-suggest").click();
  await books.at("map-unsaved").waitFor();
  await row("suspense").locator('[data-testid="map-code"]').fill("1001;<x>");
  await books.at("map-save").click();
  expect(await books.at("map-told").innerText()).toContain("letters, figures");
  await books.shot("map-wrong-code");
  await row("suspense").locator('[data-testid="map-code"]').fill("224101");
  await row("suspense").locator('[data-testid="map-asks-customer"]').check();
  await row("suspense").locator('[data-testid="map-asks-cashFlow"]').check();
  await row("suspense").locator('[data-testid="map-cashFlow"]').fill("0101");
  await books.at("map-missing").waitFor();
  expect(await books.at("map-missing").innerText()).toContain("1 still missing");
  const own = await books.at("map-own").locator("option").nth(1).getAttribute("value");
  await books.at("map-own").selectOption(own);
  await row(own ?? "").waitFor();
  await books.shot("map-asks");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("map-save").click();
  await books.at("map-told").waitFor();
  const kept = () => books.shop.parts.database.selectFrom("account_map").selectAll().execute();
  expect((await kept()).find(({ pattern }) => pattern === "suspense")).toMatchObject({
    asks: ["customer", "cashFlow"],
    customer: "",
    cash_flow: "0101",
  });
  await books.go("close/files");
  await books.page.locator('[data-testid="close-files-panel"] .fault').waitFor();
  await books.at("close-map").click();
  await books.at("map-only-missing").check();
  await row("drawer").waitFor({ state: "detached" });
  await row("suspense").locator('[data-testid="map-customer"]').fill("C001");
  await books.at("map-unsaved").waitFor();
  await books.at("map-only-missing").uncheck();
  await row(own ?? "")
    .locator('[data-testid="map-remove"]')
    .click();
  await books.at("map-save").click();
  await books.at("map-told").waitFor();
  expect((await kept()).some(({ pattern }) => pattern === own)).toBe(false);
  await books.go("close/files");
  const file = books.page.waitForEvent("download");
  await books.at("close-file-json").click();
  const text = readFileSync(await (await file).path(), "utf8");
  expect(text).toContain('"customer":"C001","cashFlow":"0101"');
});
