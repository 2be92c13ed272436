import type { BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import { typeAsPerson, typeAsScanner } from "../../device-bench/keyboard.ts";

/** A cashier's hands and eyes at the till: everything through the screen and the scanner. */
export class TillPage {
  readonly context: BrowserContext;
  readonly page: Page;
  constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
  }

  at = (name: string) => this.page.locator(`[data-testid="${name}"]`);

  async see(name: string, timeout = 20_000): Promise<void> {
    await this.at(name).first().waitFor({ timeout });
  }

  async press(name: string): Promise<void> {
    await this.at(name).first().click({ timeout: 20_000 });
  }

  async signOn(name: string, pin: string): Promise<void> {
    await this.page.locator(".person", { hasText: name }).click();
    await typeAsPerson(this.page, pin);
    await this.page.keyboard.press("Enter");
    await this.openShift();
  }

  /** Opens the shift with the float that is offered, unless one is open already. */
  async openShift(): Promise<void> {
    await this.page.locator('[data-testid="open-shift-go"], [data-testid="scan-box"]').waitFor({ timeout: 20_000 });
    if ((await this.at("open-shift-go").count()) > 0) await this.press("open-shift-go");
    await this.see("scan-box");
  }

  async secondPerson(name: string, pin: string): Promise<void> {
    await this.see("second-person");
    await this.page.locator(`[data-testid^="approver-"]`, { hasText: name }).click();
    for (const digit of pin) await this.press(`key-${digit}`);
    await this.press("second-agree");
  }

  /** Scans goods with the wedge; waits until the ticket has a line for each, beside the `before` that it had. */
  async scanGoods(barcodes: readonly string[], before = 0): Promise<void> {
    for (const barcode of barcodes) await typeAsScanner(this.page, barcode);
    const lines = before + new Set(barcodes).size;
    await expect.poll(() => this.lineCount(), { timeout: 10_000 }).toBe(lines);
  }

  lineCount(): Promise<number> {
    return this.page.locator(`.lines li[data-testid^="line-"]`).count();
  }

  async payCode(code: string): Promise<void> {
    await this.page.keyboard.press("F9");
    await this.see("scan-code");
    await typeAsScanner(this.page, code);
  }

  async payCash(): Promise<void> {
    await this.page.keyboard.press("F9");
    await this.press("method-cash");
    await this.press("exact");
  }

  /** Waits for the result and the paper; gives the receipt's number. */
  async done(timeout = 30_000): Promise<string> {
    await this.see("done", timeout);
    return (await this.at("done").getAttribute("data-receipt")) ?? "";
  }

  /** Waits for a payment's end, either way. */
  async settled(timeout: number): Promise<"done" | "declined"> {
    await this.page.locator('[data-testid="done"], [data-testid="declined"]').first().waitFor({ timeout });
    return (await this.at("done").count()) > 0 ? "done" : "declined";
  }

  async printed(): Promise<void> {
    await expect.poll(() => this.at("print-outcome").getAttribute("data-print"), { timeout: 20_000 }).toBe("printed");
  }

  async next(): Promise<void> {
    await this.press("next");
    await this.see("scan-box");
  }

  async online(): Promise<void> {
    await expect.poll(() => this.at("strip").getAttribute("data-online"), { timeout: 70_000 }).toBe("true");
  }

  /** An answer that was on its way may still say "online": then the stream's silence tells, after `streamSilentMaxMs`. */
  async offline(): Promise<void> {
    await expect.poll(() => this.at("strip").getAttribute("data-online"), { timeout: 60_000 }).toBe("false");
  }

  async unsent(count: number): Promise<void> {
    await expect.poll(() => this.at("strip").getAttribute("data-unsent"), { timeout: 70_000 }).toBe(String(count));
  }
}
