import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { breakClasses } from "../../../src/contract/item-classes.ts";
import { reviewKind } from "../../../src/gateway/bills/bills-work.ts";
import { json } from "../../../src/gateway/store/database.ts";
import { BooksPage, fen, sum, type Sold } from "./books-page.ts";

let books: BooksPage;
let lost: Sold;
beforeAll(async () => {
  books = await BooksPage.open();
});
beforeEach(() => {
  books.faults = [];
  return () => expect(books.faults).toEqual([]);
});
afterAll(() => books?.stop());

async function openDay(account: string): Promise<void> {
  await books.go(`reconciliation/${books.today()}/${account}`);
  await books.at("items-table").waitFor();
}

it("a shop without payments is told what brings the first day, bill and posting", async () => {
  for (const view of ["reconciliation", "bills", "ledger"]) {
    await books.at(`office-nav-${view}`).click();
    await books.page.locator(".empty").waitFor();
    await books.shot(`empty-${view}`);
    expect.soft(await books.wrong()).toEqual([]);
  }
  await books.go(`reconciliation/open/breaks`);
  await books.page.locator(".empty.good").waitFor();
  expect.soft(await books.wrong()).toEqual([]);
});

it("payments wait without red until their bill is asked for", async () => {
  lost = await books.trade();
  await books.at("office-nav-reconciliation").click();
  await books.at("day-row").first().waitFor();
  expect(await books.at("day-row").count()).toBe(2);
  expect(await books.page.locator('[data-testid="day-row"].has-breaks').count()).toBe(0);
  await books.shot("days-waiting");
  await books.askFor("wechat-sandbox");
  await books.askFor("alipay-sandbox");
  await books.at("bill-row").nth(4).waitFor();
  await books.shot("bills");
  expect.soft(await books.wrong()).toEqual([]);
});

it("a payment that the bill lacks is red in the days, in its day and beside the view's name", async () => {
  await books.at("office-nav-reconciliation").click();
  const broken = books.page.locator('[data-testid="day-row"].has-breaks');
  await broken.waitFor();
  await books.at("office-nav-reconciliation").locator(".badge").waitFor();
  await books.shot("days");
  expect.soft(await books.wrong()).toEqual([]);
  expect(await broken.locator('[data-testid="day-breaks"]').innerText()).toMatch(/1\s+88\.00/);
  for (const nth of [4, 5, 6, 7])
    expect(await books.column("days-table", "days-total", nth)).toEqual([
      sum(await books.column("days-table", "day-row", nth)),
    ]);
  await broken.click();
  await books.at("bridge-unexplained").waitFor();
  await books.shot("day");
  expect.soft(await books.wrong()).toEqual([]);
  expect(await books.row("A1-1-8800").getAttribute("class")).toContain("in-danger");
  expect(await books.page.locator('[data-testid="item-row"].in-danger').count()).toBe(1);
  expect(await books.at("bridge-unexplained").innerText()).toContain("0.00");
});

it("the totals below are the sums of the rows, whatever they are narrowed to", async () => {
  await openDay("wechat-sandbox");
  const agree = async (): Promise<void> => {
    for (const [nth, total] of [
      [4, "items-ours"],
      [5, "items-theirs"],
      [6, "items-fee"],
    ] as const)
      expect(fen(await books.at(total).innerText())).toBe(sum(await books.column("items-table", "item-row", nth)));
  };
  const narrowed = async (count: number): Promise<void> => {
    await books.page.waitForFunction(
      (wanted) => document.querySelectorAll('[data-testid="item-row"]').length === wanted,
      count,
    );
    if (count > 0) await agree();
  };
  await narrowed(6);
  expect(fen(await books.at("items-ours").innerText())).toBe(12_841 + 5_600 + 8_800 + 4_590 + 2_350);
  await books.at("items-result").selectOption("matched");
  await narrowed(3);
  await books.at("items-result").selectOption("other");
  await narrowed(1);
  await books.at("items-result").selectOption("");
  await books.at("items-class").selectOption("withUsNotWithThem");
  await narrowed(1);
  // who comes back from an item finds the list as it was
  await books.at("item-row").click();
  await books.at("item-back").click();
  await narrowed(1);
  expect(await books.at("items-class").inputValue()).toBe("withUsNotWithThem");
  await books.at("items-class").selectOption("captureUnknown");
  await narrowed(0);
  await books.page.locator(".empty").waitFor();
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("items-class").selectOption("");
  await books.at("items-search").fill("56.00");
  await narrowed(1);
  await books.at("items-search").fill(books.paid[0]!.completed.receipt);
  await narrowed(1);
  await books.at("items-search").fill(books.paid[3]!.attempt);
  await narrowed(1);
  await books.at("items-search").press("Escape");
  await narrowed(6);
});

it("an item opens with both sides and what it means, and the browser's Back leads out again", async () => {
  await openDay("wechat-sandbox");
  await books.row("A1-1-8800").click();
  await books.page.waitForFunction(() => document.activeElement?.getAttribute("data-testid") === "item-title");
  await books.at("bridge").waitFor();
  expect(await books.at("our-side").innerText()).toContain("¥88.00");
  expect(await books.at("their-side").innerText()).toContain("Not with them");
  expect(await books.at("item-meaning").innerText()).toContain("What to do");
  expect(await books.at("story").innerText()).toContain("¥88.00");
  await books.shot("item");
  expect.soft(await books.wrong()).toEqual([]);
  await books.page.goBack();
  await books.at("items-table").waitFor();
  await books.page.waitForFunction(
    () => document.activeElement?.closest("tr")?.textContent?.includes("A1-1-8800") === true,
  );
  await books.page.locator('[data-result="matched"]').first().click();
  expect(await books.at("their-side").innerText()).toContain("SUCCESS");
  await books.page.keyboard.press("Escape");
  await books.page.locator('[data-result="other"]').click();
  expect(await books.at("our-side").innerText()).toContain("Not with us");
  await books.shot("item-other");
  expect.soft(await books.wrong()).toEqual([]);
  await books.page.keyboard.press("Escape");
  await books.at("items-table").waitFor();
  await books.page.keyboard.press("Escape");
  await books.at("days-table").waitFor();
});

it("what is open over all days has its breaks and what waits apart", async () => {
  await books.at("reconciliation-open").click();
  await books.row("A1-1-8800").waitFor();
  expect(await books.at("item-row").count()).toBe(1);
  await books.shot("open");
  expect.soft(await books.wrong()).toEqual([]);
  await books.at("open-waiting").click();
  await books.page.locator('[data-result="waiting"]').waitFor();
  expect(await books.page.locator(".in-danger").count()).toBe(0);
  expect(await books.at("item-row").innerText()).toContain("Sale still open");
  await books.at("item-row").click();
  await books.at("our-side").waitFor();
  expect(await books.at("our-side").innerText()).toContain(lost.attempt);
  expect.soft(await books.wrong()).toEqual([]);
});

it("every class of break fits its row and its page in words, and a missing bill says where to get it", async () => {
  await breakEveryClass();
  await books.go("reconciliation/open/breaks");
  await books.page.waitForFunction(
    (wanted) => document.querySelectorAll('[data-testid="item-row"]').length === wanted,
    breakClasses.length + 1,
  );
  await books.shot("every-class");
  expect.soft(await books.wrong()).toEqual([]);
  const told = await books.at("item-result").allInnerTexts();
  expect(new Set(told.map((text) => text.split("\n")[0])).size).toBe(breakClasses.length);
  for (const type of ["billMissing", "paidAfterGivingUp", "creditUnknown"]) {
    await books.page.locator(`[data-class="${type}"]`).click();
    await books.at("item-meaning").waitFor();
    await books.shot(type);
    expect.soft(await books.wrong()).toEqual([]);
    await books.page.keyboard.press("Escape");
    await books.at("items-table").waitFor();
  }
  await books.go("reconciliation");
  const missing = books.page.locator('[data-testid="bill-state"][data-state="missing"]').first();
  await missing.waitFor();
  await books.shot("days-missing");
  expect.soft(await books.wrong()).toEqual([]);
  await missing.locator("a").click();
  await books.at("ask-day").waitFor();
  expect(await books.at("ask-day").inputValue()).toBe(daysAgo(3));
  await expect.poll(() => books.at("ask-account").inputValue()).toBe("wechat-sandbox");
});

it("while the gateway is silent the pages say from when they are, and a first look says why there is nothing", async () => {
  await books.at("office-nav-reconciliation").click();
  await books.at("days-table").waitFor();
  books.shop.silence(true);
  await books.page.locator('[data-testid="day-row"].has-breaks').first().click();
  await books.at("office-trouble").first().waitFor();
  await books.shot("trouble");
  expect.soft(await books.wrong()).toEqual([]);
  books.shop.silence(false);
  await books.at("office-trouble").locator("button").first().click();
  await books.at("items-table").waitFor();
});

const daysAgo = (days: number): string =>
  new Date(books.shop.parts.clock.now() + (8 - 24 * days) * 3_600_000).toISOString().slice(0, 10);

/** Writes a break of each class into the tables, on a day whose bill never came. */
async function breakEveryClass(): Promise<void> {
  // nothing stands behind these breaks, and the review that comes by every so often would close them for it
  await books.shop.parts.database.deleteFrom("job").where("kind", "=", reviewKind).execute();
  const at = books.shop.parts.clock.now() - 3 * 86_400_000;
  for (const [nth, type] of breakClasses.entries()) {
    const side = sideOf[type] ?? "payment";
    const number = side === "bill" ? `trade/${type}` : `${String(nth).padStart(4, "0")}-${type}`;
    await books.shop.parts.database
      .insertInto("difference")
      .values({
        store: "heping",
        id: `wechat-sandbox/${side}/${number}/${type}`,
        account: "wechat-sandbox",
        side,
        number,
        class: type,
        state: "break",
        until: null,
        cause: "",
        amount: nth % 2 === 0 ? 123_456 : -8_800,
        currency: "CNY",
        day: daysAgo(3),
        business_date: daysAgo(3),
        attempt: null,
        sale: null,
        till: null,
        staff: null,
        channel: "wechat",
        bill: null,
        detail: json({}),
        posting: "",
        round: 1,
        opened_at: at,
        seen_at: at,
        closed_at: null,
        closed_by: null,
      })
      .execute();
  }
}

const sideOf: { readonly [C in (typeof breakClasses)[number]]?: string } = {
  footerDiffers: "bill",
  billMissing: "bill",
  flowMissing: "bill",
  balanceDiffers: "bill",
  refundStuck: "refund",
  refundOutside: "refund",
  unprovenTender: "tender",
  settlementLate: "payout",
  settlementShort: "payout",
  settlementOver: "payout",
  payoutReturned: "payout",
  creditUnknown: "credit",
  drawerOver: "drawer",
  drawerShort: "drawer",
  safeOver: "safe",
  safeShort: "safe",
  depositMissing: "deposit",
  depositShort: "deposit",
  depositOver: "deposit",
};
