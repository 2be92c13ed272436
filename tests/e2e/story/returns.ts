import { expect } from "vitest";
import type { Counter } from "./counter.ts";
import { keys } from "./prices.ts";

/** Opens a past sale by its receipt's number. */
async function find(counter: Counter, receipt: string): Promise<void> {
  await counter.page.page.keyboard.press("F8");
  await counter.page.see("find-box");
  await counter.page.at("find-box").fill(receipt);
  await counter.page.page.keyboard.press("Enter");
  await counter.page.see("return-lines");
}

/** Puts what was chosen on the ticket and asks for the money; the manager agrees. */
async function ask(counter: Counter): Promise<void> {
  await counter.page.press("return-add");
  await counter.page.page.keyboard.press("F9");
  await counter.agree();
}

async function giveBack(counter: Counter): Promise<void> {
  await counter.page.press("give-back-go");
  await counter.finish();
}

/** Everything of a sale comes back. */
export async function returnWhole(counter: Counter, receipt: string): Promise<void> {
  await find(counter, receipt);
  await counter.page.press("return-whole");
  await ask(counter);
  await giveBack(counter);
}

/** One piece of the sale's first line comes back. */
export async function returnOnePiece(counter: Counter, receipt: string): Promise<void> {
  await find(counter, receipt);
  await counter.page.press("take-more");
  await ask(counter);
  await giveBack(counter);
}

/** Ten fen of the first line's price go back, the goods stay with the customer. */
export async function returnMoney(counter: Counter, receipt: string): Promise<void> {
  await find(counter, receipt);
  await counter.page.press("take-money");
  await keys(counter, "0.1");
  await counter.page.press("money-go");
  await ask(counter);
  await giveBack(counter);
}

/** Everything comes back and dearer goods go out: only the difference is paid. */
export async function exchange(counter: Counter, receipt: string): Promise<void> {
  await find(counter, receipt);
  await counter.page.press("return-whole");
  await counter.page.press("return-add");
  await counter.take(4);
  await counter.page.page.keyboard.press("F9");
  await counter.agree();
  await counter.page.press("method-cash");
  await counter.page.press("exact");
  await counter.finish();
}

/**
 * Both tills want the same sale back at the same moment: one gets it, the other is told that nothing is left.
 *
 * @returns whether this till got it
 */
export async function wantBack(counter: Counter, receipt: string): Promise<boolean> {
  const { page } = counter;
  await find(counter, receipt);
  await page.press("return-whole");
  await page.press("return-add");
  await counter.day.meet("both have it on the ticket");
  await page.page.keyboard.press("F9");
  await counter.agree();
  await page.page.locator('[data-testid="give-back-go"], [data-notice="refused"]').first().waitFor({ timeout: 20_000 });
  if ((await page.at("give-back-go").count()) > 0) {
    await giveBack(counter);
    return true;
  }
  await page.press("void");
  await page.press("void");
  await expect.poll(() => page.lineCount(), { timeout: 10_000 }).toBe(0);
  return false;
}
