import { afterAll, beforeAll, expect, it } from "vitest";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { post } from "../../../src/gateway/books/post.ts";
import { BooksPage } from "./books-page.ts";

let books: BooksPage;
beforeAll(async () => {
  books = await BooksPage.open();
});
afterAll(() => books?.stop());

const at = (id: string) => books.at(id);
const month = "2026-01";
const store = "heping" as StoreId;

/** A sale of a month long over, and whether its day is closed. */
async function sold(day: string, isClosed: boolean): Promise<void> {
  const { database, clock } = books.shop.parts;
  const transfers = [{ debit: "drawer/till-a1", credit: "revenue/1300", amount: money(11_300, "CNY") }];
  const posting = { store, posting: `S/${day}`, event: "saleCompleted", subject: day, businessDate: day, transfers };
  await post(database, posting as Parameters<typeof post>[1], clock.now());
  if (!isClosed) return;
  await books.shop.parts.database
    .insertInto("store_day")
    .values({
      store,
      day,
      state: "closed",
      closed_by: "owner",
      second_person: null,
      asked_at: clock.now(),
      closed_at: clock.now(),
      next_day: "2026-01-06",
      left_open: "{}",
      reason: "",
      xid: 0,
    })
    .execute();
}

it("a month whose days are all closed is locked, and stands there with who did it", async () => {
  await sold(`${month}-05`, true);
  await sold("2026-02-07", false);
  await at("office-nav-close").click();
  const chooser = at("books-store");
  await chooser.waitFor();
  await chooser.selectOption({ value: store });
  await at("close-months").click();
  const row = (of: string) => books.page.locator('[data-testid="month-row"]', { hasText: of });
  await row(month).waitFor();
  expect(await row("2026-02").getAttribute("data-state")).toBe("open");
  expect(await row("2026-02").locator("button").count()).toBe(0);
  await books.shot("months");
  expect.soft(await books.wrong()).toEqual([]);
  await row(month).locator('[data-testid="month-lock"]').click();
  expect(await row(month).getAttribute("data-state")).toBe("ready");
  await row(month).locator('[data-testid="month-lock"]').click();
  await books.page.locator(`[data-testid="month-row"][data-state="locked"]`).waitFor();
  expect(await row(month).innerText()).toContain("店主");
  await books.shot("months-locked");
  expect.soft(await books.wrong()).toEqual([]);
  expect(books.faults).toEqual([]);
});
