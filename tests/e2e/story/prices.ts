import { expect } from "vitest";
import { writeLabel } from "../../../src/domain/label.ts";
import { typeAsScanner } from "../../device-bench/keyboard.ts";
import type { Counter } from "./counter.ts";

/** Presses the keypad's keys. */
export async function keys(counter: Counter, text: string): Promise<void> {
  for (const key of text) await counter.page.press(key === "." ? "key-left" : `key-${key}`);
}

/** Goods by weight: their number is scanned, the weight is typed. */
export async function weigh(counter: Counter, kilograms: string): Promise<void> {
  const before = await counter.page.lineCount();
  await counter.page.at("scan-box").fill(counter.day.byWeight.plu);
  await counter.page.page.keyboard.press("Enter");
  await counter.page.see("weigh");
  await keys(counter, kilograms);
  await counter.page.press("weigh-add");
  await expect.poll(() => counter.page.lineCount(), { timeout: 10_000 }).toBe(before + 1);
}

/** A label of the shop's own scale: number and amount (fen) in 13 digits. */
export async function scanLabel(counter: Counter, amount: number): Promise<void> {
  const { plu } = counter.day.byWeight;
  const before = await counter.page.lineCount();
  await typeAsScanner(counter.page.page, writeLabel("21PPPPPAAAAAC", { plu, amount, weight: null, count: null }));
  await expect.poll(() => counter.page.lineCount(), { timeout: 10_000 }).toBe(before + 1);
}

/** A drink in a bottle, whose deposit comes along by itself, and an empty that the customer brought: a line that gives money. */
export async function bottleForEmpty(counter: Counter): Promise<void> {
  const { drink, empty } = counter.day.bottle;
  await typeAsScanner(counter.page.page, drink);
  await expect.poll(() => counter.page.lineCount(), { timeout: 10_000 }).toBe(2);
  await typeAsScanner(counter.page.page, empty);
  await expect.poll(() => counter.page.lineCount(), { timeout: 10_000 }).toBe(3);
}

/** Takes so much off the whole ticket; above the cashier's own limit the manager stands beside. */
export async function discountSale(counter: Counter, percent: number, needsManager: boolean): Promise<void> {
  await counter.page.page.keyboard.press("F7");
  await counter.page.press(`percent-${percent}`);
  if (needsManager) await counter.agree();
  await counter.page.see("sale-discount-row");
}

/** The whole ticket for this amount, as typed. */
export async function targetPrice(counter: Counter, amount: string): Promise<void> {
  await counter.page.press("sale-discount");
  await counter.page.press("price-target");
  await keys(counter, amount);
  await counter.page.press("price-take");
  // a target is likely above the cashier's limit
  await counter.page.page.locator('[data-testid="second-person"], [data-testid="scan-box"]').first().waitFor();
  if ((await counter.page.at("second-person").count()) > 0) await counter.agree();
  await counter.page.see("sale-discount-row");
}

/** Takes so much off the ticket's first line. */
export async function discountLine(counter: Counter, percent: number): Promise<void> {
  await counter.page.press("open-line");
  await counter.page.press(`percent-${percent}`);
  await counter.page.at("price-sheet").waitFor({ state: "detached" });
}

/** Another price for the first line: it is damaged, and the manager agrees. */
export async function overridePrice(counter: Counter, amount: string): Promise<void> {
  await counter.page.press("open-line");
  await counter.page.press("price-price");
  await counter.page.press("reason-damaged");
  await keys(counter, amount);
  await counter.page.press("price-take");
  await counter.agree();
  await counter.page.at("price-sheet").waitFor({ state: "detached" });
}
