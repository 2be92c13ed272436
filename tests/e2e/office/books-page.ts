import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { businessDateOf } from "../../../src/domain/till-session.ts";
import { sampleDay } from "../../../src/gateway/sample-shop/shop.ts";
import { launchChromium } from "../../device-bench/chromium.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import { bringAxe } from "../look/axe.ts";
import { faultsOf } from "../look/faults.ts";
import { awayFromMidnight } from "./away-from-midnight.ts";
import { beforeMinutes, openBooksShop, sellAt, type BooksShop } from "./books-shop.ts";

const landscape = { width: 1280, height: 800 };
/** Looked at by a person when `SHOTS` names a folder. */
const looks = [
  ["zh-CN", "light", 1280, 800],
  ["zh-CN", "dark", 800, 1280],
  ["en", "light", 800, 1280],
  ["ja", "dark", 1280, 800],
  ["zh-CN", "light", 390, 844],
  ["ja", "light", 390, 844],
] as const;

export type Sold = Awaited<ReturnType<typeof sellAt>>;

/** The office's books in a browser: a shop with both wallets, its owner signed in. */
export class BooksPage {
  readonly shop: BooksShop;
  readonly till: SigningTill;
  readonly page: Page;
  /** What the page threw, logged as an error or was forbidden by its policy since it was last asked. */
  faults: string[] = [];
  readonly paid: Sold[] = [];
  private readonly close: () => Promise<void>;
  private shots = 0;

  private constructor(shop: BooksShop, till: SigningTill, page: Page, close: () => Promise<void>) {
    this.shop = shop;
    this.till = till;
    this.page = page;
    this.close = close;
    page.on("pageerror", (fault) => void this.faults.push(fault.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
        this.faults.push(message.text());
    });
  }

  static async open(): Promise<BooksPage> {
    const profile = mkdtempSync(join(tmpdir(), "kuantai-books-"));
    const browser = await launchChromium({ userDataDir: profile });
    const clockAsItWas = await awayFromMidnight(browser);
    const shop = await openBooksShop();
    const till = await shop.till("till-a1");
    await bringAxe(browser);
    const page = await browser.newPage();
    await page.setViewportSize(landscape);
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (violation) =>
        console.error(`policy: ${violation.violatedDirective}`),
      );
    });
    const books = new BooksPage(shop, till, page, async () => {
      await browser.close();
      clockAsItWas();
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    });
    await books.signIn();
    return books;
  }

  async stop(): Promise<void> {
    await this.close();
    await this.shop.stop();
  }

  at(id: string): Locator {
    return this.page.locator(`[data-testid="${id}"]`);
  }

  /** The row of an item that holds this text. */
  row(text: string): Locator {
    return this.page.locator('[data-testid="item-row"]', { hasText: text });
  }

  wrong(): Promise<readonly string[]> {
    const sizes = [{ width: 800, height: 1280 }, landscape];
    return faultsOf(this.page, { sizes, least: 36, languageChoice: "office-language" });
  }

  go(hash: string): Promise<unknown> {
    return this.page.goto(`${this.shop.office}/#${hash}`);
  }

  /** The providers' day, which is the calendar's. */
  today(): string {
    return new Date(this.shop.parts.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  }

  /** The day that the stores' sales are of: the calendar's last one until four in the morning. */
  businessDay(): string {
    return businessDateOf(this.shop.parts.clock.now(), sampleDay);
  }

  /** Sells with both wallets; one payment is left without a receipt, one is missing in the bill, one is somebody else's. */
  async trade(): Promise<Sold> {
    for (const amount of [12_841, 5_600, 8_800, 4_590]) this.paid.push(await sellAt(this.till, amount, "wechat"));
    for (const amount of [31_000, 7_620]) await sellAt(this.till, amount, "alipay");
    const lost = await sellAt(this.till, 2_350, "wechat", false);
    const missing = this.paid[2]!.attempt;
    await this.shop.control("plants", { kind: "paymentMissing", provider: "wechat", order: missing });
    const at = beforeMinutes();
    await this.shop.control("plants", { kind: "foreignPayment", provider: "wechat", amount: 3_000, at });
    return lost;
  }

  /** What an account is to cost, in parts per million. */
  async agreeOn(account: string, rate: number): Promise<void> {
    await this.shop.parts.database
      .insertInto("fee_rate")
      .values({ account, since: "2026-01-01", rate, gives_back: true, set_by: "owner", set_at: 0 })
      .execute();
  }

  /** Asks the provider for today's bills by the page's button. */
  async askFor(account: string): Promise<void> {
    await this.at("office-nav-bills").click();
    await this.at("ask-day").fill(this.today());
    await this.at("ask-account").selectOption(account);
    await this.at("ask-go").click();
    await this.at("ask-told").waitFor();
    expect(await this.at("ask-told").innerText()).toContain("are here");
  }

  /** The bills that the gateway has, whatever became of them. */
  async bills(): Promise<number> {
    const counted = await this.shop.parts.database
      .selectFrom("bill")
      .select(({ fn }) => fn.countAll().as("count"))
      .executeTakeFirstOrThrow();
    return Number(counted.count);
  }

  /** The column `nth` of a table's rows, in fen. */
  async column(table: string, row: string, nth: number): Promise<number[]> {
    const cells = `[data-testid="${table}"] [data-testid="${row}"] td:nth-child(${nth})`;
    return (await this.page.locator(cells).allInnerTexts()).map(fen);
  }

  /** Pictures for a person to look at; none in a usual run. */
  async shot(name: string): Promise<void> {
    const folder = process.env["SHOTS"];
    if (folder === undefined) return;
    this.shots += 1;
    const choice = this.at("office-language");
    const spoken = await choice.inputValue();
    for (const [language, theme, width, height] of looks) {
      // on a phone the choice is folded away
      await this.page.setViewportSize(landscape);
      await choice.selectOption(language);
      await this.page.emulateMedia({ colorScheme: theme });
      await this.page.setViewportSize({ width, height });
      await this.page.waitForTimeout(150);
      const file = `${String(this.shots).padStart(2, "0")}-${name}-${language}-${theme}-${width}.png`;
      await this.page.screenshot({ path: join(folder, file) });
    }
    await this.page.emulateMedia({ colorScheme: "light" });
    await this.page.setViewportSize(landscape);
    await choice.selectOption(spoken);
  }

  private async signIn(): Promise<void> {
    await this.page.goto(this.shop.office);
    await this.at("office-language").selectOption("en");
    await this.at("sign-in-password").fill(await this.shop.password());
    await this.at("sign-in-password").press("Enter");
    await this.at("sign-in-new-password").fill("eleven plus one");
    await this.at("sign-in-again").fill("eleven plus one");
    await this.at("sign-in-go").click();
    await this.at("office-nav-reconciliation").waitFor();
  }
}

/** An amount as a table writes it, in fen; a dash is nothing. */
export function fen(text: string): number {
  const plain = text.trim();
  return plain === "—" ? 0 : Math.round(Number(plain.replace("−", "-").replaceAll(",", "")) * 100);
}

export function sum(all: readonly number[]): number {
  return all.reduce((total, each) => total + each, 0);
}
