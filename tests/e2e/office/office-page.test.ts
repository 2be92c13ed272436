import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { SaleId } from "../../../src/domain/identifier.ts";
import { businessDateOf } from "../../../src/domain/till-session.ts";
import { launchChromium } from "../../device-bench/chromium.ts";
import { bringAxe } from "../look/axe.ts";
import { faultsOf } from "../look/faults.ts";
import { newId, sampleSale } from "../../fakes/sample-sale.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import { chargeAt, plays, quickTimings, untilState } from "../../integration/office/office-stage.ts";
import { openOfficeShop, type OfficeShop } from "./office-shop.ts";

const landscape = { width: 1280, height: 800 };
const chosen = "eleven plus one";
let shop: OfficeShop;
let till: SigningTill;
let browser: BrowserContext;
let page: Page;
let faults: string[] = [];

beforeAll(async () => {
  // nobody answers the payer's phone in these tests before they look
  shop = await openOfficeShop({ ...quickTimings, queryAfterMs: [60_000], reverseAfterMs: 120_000 });
  till = await shop.till("till-a1");
  browser = await launchChromium({ userDataDir: join(shop.folder, "profile") });
  await bringAxe(browser);
  page = await browser.newPage();
  await page.setViewportSize(landscape);
  page.on("pageerror", (fault) => void faults.push(fault.message));
  page.on("console", (message) => {
    // the browser itself reports refused and failed requests; the page must report nothing
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      faults.push(message.text());
  });
});
beforeEach(() => {
  faults = [];
  return () => expect(faults).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await shop.stop();
});

const at = (id: string) => page.locator(`[data-testid="${id}"]`);

/** What breaks a rule of accessibility on the page as it is, or does not fit in a language and size. */
const wrong = (): Promise<readonly string[]> =>
  faultsOf(page, { sizes: [{ width: 800, height: 1280 }, landscape], least: 36, languageChoice: "office-language" });

/** A cash sale of `fen`, now, delivered. */
async function sell(fen: number): Promise<SaleId> {
  const sale = newId<SaleId>(till.answer.settings.tag);
  await deliver(sampleSale(sale, fen));
  return sale;
}
async function deliver(body: ReturnType<typeof sampleSale>): Promise<void> {
  const now = shop.parts.clock.now();
  const businessDate = businessDateOf(now, { zone: "Asia/Shanghai", cutMinute: 240 });
  const text = till.write({ kind: "saleCompleted", body }, { at: now, businessDate });
  expect((await till.drain([text])).statusCode).toBe(200);
}

it("the one-time password opens the office only together with a new one, and the session outlives a reload", async () => {
  const once = await shop.password();
  await page.goto(shop.office);
  await at("office-language").selectOption("en");
  await at("sign-in-password").fill("wrong");
  await at("sign-in-go").click();
  await at("sign-in-fault").waitFor();
  expect.soft(await wrong()).toEqual([]);
  await at("sign-in-password").fill(once);
  await at("sign-in-password").press("Enter");
  await at("sign-in-new-password").fill("too short");
  await at("sign-in-again").fill("too short");
  await at("sign-in-go").click();
  await at("sign-in-fault").waitFor();
  expect.soft(await wrong()).toEqual([]);
  await at("sign-in-new-password").fill(chosen);
  await at("sign-in-again").fill(chosen);
  await at("sign-in-go").click();
  await at("office-nav-sales").waitFor();
  await page.reload();
  await at("office-nav-sales").waitFor();
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

it("a sale made at a till shows by itself and opens with its goods, its payment and its whole story", async () => {
  const paid = await chargeAt(till, shop.parts.clock, 11_300, plays.pays);
  await deliver(paid.completed);
  await at("sale-row").filter({ hasText: "113.00" }).click();
  expect(await at("sale-lines").innerText()).toContain("Linghe milk");
  const steps = await at("story-step").evaluateAll((rows) =>
    rows.map((row) => `${(row as HTMLElement).dataset["source"]} ${(row as HTMLElement).dataset["what"]}`),
  );
  expect(steps).toEqual([
    "till paymentAttempted",
    "gateway submitted",
    "provider captured",
    "books captured",
    "till saleCompleted",
    "books saleCompleted",
  ]);
  expect(await at("story").innerText()).toContain(paid.body.capture?.providerTransactionId);
  await page.goBack();
  await at("sale-panel").waitFor({ state: "detached" });
});

it("rows that come while one reads wait behind a button, and nothing moves until it is pressed", async () => {
  await at("sale-row").first().click();
  await at("sale-panel").waitFor();
  const before = await at("sale-row").first().boundingBox();
  await sell(700);
  await at("office-new-rows").waitFor();
  expect(await at("sale-row").first().boundingBox()).toEqual(before);
  expect(await at("sales-sum").innerText()).toBe("¥120.00");
  await at("office-new-rows").click();
  expect(await at("sale-row").first().innerText()).toContain("7.00");
});

it("the language changes at once and keeps what is open", async () => {
  await at("office-language").selectOption("zh-CN");
  expect(await at("story").innerText()).toContain("怎么回事");
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("zh-CN");
  await at("office-language").selectOption("ja");
  expect(await at("story").innerText()).toContain("経緯");
  await at("office-language").selectOption("en");
});

it("by keyboard alone a row is found, opened and closed", async () => {
  await page.keyboard.press("Escape");
  await at("sale-panel").waitFor({ state: "detached" });
  await at("sale-row").first().locator("button").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await at("sale-panel").waitFor();
  expect(await at("sale-row").nth(1).locator("button").getAttribute("aria-expanded")).toBe("true");
  await page.keyboard.press("Escape");
  await at("sale-panel").waitFor({ state: "detached" });
});

it("a search by the provider's number finds the one sale, whatever the date", async () => {
  const paid = await chargeAt(till, shop.parts.clock, 555, plays.pays);
  await deliver(paid.completed);
  await at("office-search").fill(paid.body.capture?.providerTransactionId ?? "");
  await page.waitForFunction(() => document.querySelectorAll('[data-testid="sale-row"]').length === 1);
  expect(await at("sale-row").innerText()).toContain("5.55");
  await at("office-search").press("Escape");
  await page.waitForFunction(() => document.querySelectorAll('[data-testid="sale-row"]').length === 3);
});

it("a payment nobody knows the end of looks like neither paid nor failed, and says so in a word", async () => {
  const silent = await chargeAt(till, shop.parts.clock, 900, plays.cutNotPaid);
  await untilState(till, silent.attempt, "unknown");
  await at("office-nav-payments").click();
  const state = page.locator('[data-testid="payment-state"][data-state="unknown"]');
  await state.waitFor();
  const colour = (selector: string): Promise<string> =>
    page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).color);
  const colours = [
    await colour('[data-state="unknown"]'),
    await colour('[data-state="captured"]'),
    await colour("td.soft"),
  ];
  expect(new Set(colours).size).toBe(3);
  expect(await state.innerText()).toBe("In doubt");
});

it("no page, list or panel breaks a rule of accessibility, or does not fit, in any theme, language or size", async () => {
  await at("payment-state").first().click();
  await at("story").waitFor();
  expect.soft(await wrong()).toEqual([]);
  for (const view of ["exceptions", "tills", "sales"]) {
    await at(`office-nav-${view}`).click();
    await page.waitForTimeout(300);
    expect.soft(await wrong()).toEqual([]);
  }
  await at("sale-row").first().click();
  await at("sale-panel").waitFor();
  expect.soft(await wrong()).toEqual([]);
  await page.keyboard.press("Escape");
  await at("office-search").fill("nothing like it");
  await page.waitForFunction(() => document.querySelectorAll('[data-testid="sale-row"]').length === 0);
  expect.soft(await wrong()).toEqual([]);
  await at("office-search").press("Escape");
});

it("an activation code made here makes another window that till, on the till's own origin", async () => {
  await at("office-nav-tills").click();
  await at("till-code-A2").click();
  const code = (await at("activation-code").innerText()).trim();
  expect.soft(await wrong()).toEqual([]);
  const address = (await at("activation-address").locator(".digits").innerText()).trim();
  expect(address).toBe(`${shop.tillAddress}/#activate=${code}`);
  const tillPage = await browser.newPage();
  await tillPage.goto(address);
  await tillPage.locator('[data-testid^="person-"], [data-testid^="sign-on"]').first().waitFor();
  await page.waitForFunction(
    () =>
      (document.querySelector('[data-testid="till-row-A2"]')?.textContent ?? "").includes("A2") &&
      !(document.querySelector('[data-testid="till-row-A2"]')?.textContent ?? "").includes("—"),
  );
  await tillPage.close();
});

it("while the gateway is silent the page says from when it is, and goes on by itself afterwards", async () => {
  await at("office-nav-sales").click();
  await at("sale-row").first().waitFor();
  shop.silence(true);
  await page.locator(".stale").first().waitFor();
  expect(await at("sale-row").count()).toBe(3);
  shop.silence(false);
  await page.locator(".stale").first().waitFor({ state: "detached" });
});

it("signing out ends the session for good, and says so only when the gateway has", async () => {
  shop.silence(true);
  await at("office-sign-out").click();
  await at("office-still-in").waitFor();
  expect(await at("sign-in-password").count()).toBe(0);
  shop.silence(false);
  // the first press may have been heard, only its answer not: then the page finds out by itself
  await at("office-sign-out")
    .click({ timeout: 3_000 })
    .catch(() => undefined);
  await at("sign-in-password").waitFor();
  await page.reload();
  await at("sign-in-password").waitFor();
});
