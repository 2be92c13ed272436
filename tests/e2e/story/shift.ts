import { expect } from "vitest";
import { typeAsPerson } from "../../device-bench/keyboard.ts";
import { manager, type Counter } from "./counter.ts";
import { keys } from "./prices.ts";

/** Change from the safe goes in, a supplier is paid (the manager agrees), the drawer is opened to look into it, and the shift so far is printed. */
export async function moveCash(counter: Counter): Promise<void> {
  const { page } = counter;
  await page.press("open-shift-page");
  await page.press("paid-in");
  await page.see("cash-move");
  await keys(counter, "50.5");
  await page.press("reason-change");
  await page.at("move-slip").fill("JZ-7");
  await page.press("move-go");
  await page.see("shift");
  await page.press("paid-out");
  await page.press("reason-supplier");
  await keys(counter, "30");
  await page.press("move-go");
  await counter.agree();
  await page.see("shift");
  await page.press("open-drawer");
  await page.press("drawer-checkCash");
  await counter.agree();
  await expect.poll(() => page.at("shift-drawer-opened").count()).toBe(1);
  await page.press("report-shift");
  const printed = (word: string): number => counter.printer.text().filter((line) => line.includes(word)).length;
  await expect.poll(() => printed("X 报表"), { timeout: 20_000 }).toBe(1);
  expect(printed("钱箱应有")).toBe(0); // the count to come is blind
  await page.press("shift-back");
  await page.see("scan-box");
}

/** Counts blind what lies in the drawer (fen) and closes on it; a first count that is wrong is done again by two. */
export async function closeShift(counter: Counter, counted: number, firstCount = counted): Promise<void> {
  const { page } = counter;
  await page.press("open-shift-page");
  await page.press("begin-count");
  await count(counter, firstCount);
  if (firstCount !== counted) {
    await page.see("count-result");
    await page.press("recount");
    await count(counter, counted);
    await page.secondPerson(manager, counter.day.pinOf(manager));
  }
  await page.see("count-result");
  await page.press("close-shift");
  await page.see("sign-on");
}

async function count(counter: Counter, fen: number): Promise<void> {
  await counter.page.see("count");
  await counter.page.press("count-by-total");
  await typeAsPerson(counter.page.page, (fen / 100).toFixed(2));
  await counter.page.press("count-done");
}
