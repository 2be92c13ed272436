import { afterAll, beforeAll, expect, it } from "vitest";
import type { StoreId } from "../../../src/domain/identifier.ts";
import { money } from "../../../src/domain/money.ts";
import { post } from "../../../src/gateway/books/post.ts";
import { invite } from "../../../src/gateway/office/invite.ts";
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

it("which month is asked about is said, and what was refused is over: nobody is told to wait on", async () => {
  for (const day of ["2026-02-07", "2026-03-09"]) await sold(day, true);
  const { parts } = books.shop;
  const invited = await parts.database.transaction().execute((step) => invite(step, parts, "staff-5"));
  if (!invited.ok) throw new Error(invited.refusal);
  await books.page.context().clearCookies();
  await books.page.goto("about:blank");
  await books.go(`invited=${invited.value.code}`);
  await at("invited-password").fill("a long password");
  await at("invited-go").click();
  await at("office-nav-close").click();
  await at("books-store").selectOption({ value: store });
  await at("close-months").click();
  const lock = books.page.locator('[data-testid="month-row"]', { hasText: "2026-03" }).locator("button");
  await lock.click();
  await lock.click();
  await at("ask-secret").waitFor();
  expect(await at("month-asked").innerText()).toContain("2026-03");
  await books.shot("months-asked");
  await parts.database.updateTable("approval").set({ state: "refused" }).where("act", "=", "lockMonth").execute();
  await at("ask-ended").waitFor();
  expect(await at("ask-secret").count()).toBe(0);
  await books.shot("months-refused");
  expect.soft(await books.wrong()).toEqual([]);
  await at("ask-leave").click();
  await at("ask-second").waitFor({ state: "detached" });
});

it("without an answer nobody is told that a month is not locked", async () => {
  const lock = books.page.locator('[data-testid="month-row"]', { hasText: "2026-03" }).locator("button");
  await books.page.route("**/v1/office/**", (route) =>
    route.request().method() === "GET" ? route.continue() : route.abort(),
  );
  await lock.click();
  await at("month-failed").waitFor();
  expect(await at("month-failed").innerText()).toContain("not known yet");
  await books.page.unroute("**/v1/office/**");
});
