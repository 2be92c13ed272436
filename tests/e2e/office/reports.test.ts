import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { SaleId } from "../../../src/domain/identifier.ts";
import { businessDateOf } from "../../../src/domain/till-session.ts";
import { launchChromium } from "../../device-bench/chromium.ts";
import { newId, sampleSale } from "../../fakes/sample-sale.ts";
import type { SigningTill } from "../../fakes/signing-till.ts";
import { chargeAt, plays } from "../../integration/office/office-stage.ts";
import { bringAxe } from "../look/axe.ts";
import { faultsOf } from "../look/faults.ts";
import { openOfficeShop, type OfficeShop } from "./office-shop.ts";

const landscape = { width: 1280, height: 800 };
let shop: OfficeShop;
let tills: SigningTill[];
let browser: BrowserContext;
let page: Page;
let faults: string[] = [];
let paid: Awaited<ReturnType<typeof chargeAt>>;

beforeAll(async () => {
  shop = await openOfficeShop();
  tills = [await shop.till("till-a1"), await shop.till("till-b1")];
  for (const fen of [1_250, 2_000, 7_400]) await deliver(tills[0]!, sampleSale(newSale(tills[0]!), fen));
  await deliver(tills[1]!, sampleSale(newSale(tills[1]!), 5_000));
  paid = await chargeAt(tills[0]!, shop.parts.clock, 11_300, plays.pays);
  await deliver(tills[0]!, paid.completed);
  browser = await launchChromium({ userDataDir: join(shop.folder, "profile") });
  await bringAxe(browser);
  page = await browser.newPage();
  await page.setViewportSize(landscape);
  page.on("pageerror", (fault) => void faults.push(fault.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      faults.push(message.text());
  });
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (violation) => console.error(`policy: ${violation.violatedDirective}`));
    // the browser's own dialogue would wait for a person
    Object.assign(globalThis, { print: () => (globalThis as { onPrinted?: () => void }).onPrinted?.() });
  });
  await signIn();
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
const newSale = (till: SigningTill) => newId<SaleId>(till.answer.settings.tag);
const wrong = (): Promise<readonly string[]> =>
  faultsOf(page, { sizes: [{ width: 800, height: 1280 }, landscape], least: 36, languageChoice: "office-language" });
const row = (key: string) => page.locator(`[data-testid="report-row"][data-key="${key}"]`);
const total = (word: string) => at(`report-total-${word}`).innerText();

async function deliver(till: SigningTill, body: ReturnType<typeof sampleSale>): Promise<void> {
  const now = shop.parts.clock.now();
  const businessDate = businessDateOf(now, { zone: "Asia/Shanghai", cutMinute: 240 });
  const answer = await till.drain([till.write({ kind: "saleCompleted", body }, { at: now, businessDate })]);
  expect(answer.statusCode).toBe(200);
}

async function signIn(): Promise<void> {
  await page.goto(shop.office);
  await at("office-language").selectOption("en");
  await at("sign-in-password").fill(await shop.password());
  await at("sign-in-password").press("Enter");
  await at("sign-in-new-password").fill("eleven plus one");
  await at("sign-in-again").fill("eleven plus one");
  await at("sign-in-go").click();
  await at("office-nav-reports").click();
  await at("report-totals").waitFor();
}

it("sales made at the tills stand in today's report, with their total and a chart that words tell", async () => {
  expect(await total("sales")).toBe("5");
  expect(await total("total")).toBe("269.50");
  expect(await at("report-chart").getAttribute("aria-label")).toMatch(/Sales over time\. \d+ bars/);
  expect(await page.locator(".chart canvas").count()).toBe(1);
  expect.soft(await wrong()).toEqual([]);
});

it("told by till each has its own, in the order that a head is pressed for", async () => {
  await at("report-by").selectOption("till");
  await at("report-grain").selectOption("none");
  await row("till-b1").waitFor();
  expect(await row("till-b1").innerText()).toContain("50.00");
  expect(await row("till-a1").innerText()).toContain("219.50");
  const keys = () => at("report-row").evaluateAll((rows) => rows.map((each) => (each as HTMLElement).dataset["key"]));
  expect(await keys()).toEqual(["till-a1", "till-b1"]);
  await at("report-sort-total").click();
  await at("report-sort-total").click();
  await page.waitForFunction(
    () => document.querySelector<HTMLElement>('[data-testid="report-row"]')?.dataset["key"] === "till-b1",
  );
  expect(await keys()).toEqual(["till-b1", "till-a1"]);
});

it("a row opens to its sales, and a sale to the receipt as it was printed", async () => {
  await at("report-by").selectOption("tender");
  await row("wechat").click();
  await at("drill-sale").first().waitFor();
  expect(await at("drill-sale").count()).toBe(1);
  expect.soft(await wrong()).toEqual([]);
  await at("drill-sale").first().click();
  const paper = await at("receipt-paper").innerText();
  expect(paper).toContain(paid.completed.receipt);
  expect(paper).toContain(paid.attempt);
  // in the language of the shop's paper, whatever the office speaks
  expect(paper).toContain("岭上便利 和平路店");
  expect(paper).toContain("岭禾纯牛奶");
  expect.soft(await wrong()).toEqual([]);
  await at("drill-back").click();
  await at("drill-sale").first().waitFor();
  await at("drill-least").fill("500");
  await at("drill-least").press("Enter");
  await at("drill-sale").first().waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await at("report-drill").waitFor({ state: "detached" });
});

it("only one row's report stays when it is asked for, and its filter can be taken away again", async () => {
  await at("report-by").selectOption("product");
  await row("100001").click();
  await at("report-only").click();
  await at("report-filter-product").waitFor();
  expect(await total("sales")).toBe("5");
  expect(await total("total")).toBe("269.50");
  await at("report-filter-product").click();
  await at("report-filter-product").waitFor({ state: "detached" });
  await at("panel-close").click();
});

it("a view that was saved brings the same report back after a reload, and is removed again", async () => {
  await at("report-by").selectOption("cashier");
  await at("report-grain").selectOption("month");
  await at("report-range").selectOption("thisMonth");
  await at("report-save").click();
  await at("report-view-name").fill("按人看本月");
  await at("report-view-save").click();
  await at("report-views").waitFor();
  expect.soft(await wrong()).toEqual([]);
  await page.reload();
  await at("report-views").selectOption("按人看本月");
  await page.waitForFunction(
    () => document.querySelector<HTMLSelectElement>('[data-testid="report-by"]')?.value === "cashier",
  );
  expect(await at("report-range").inputValue()).toBe("thisMonth");
  await at("report-remove-view").click();
  await at("report-views").waitFor({ state: "detached" });
});

it("a file holds what the page shows", async () => {
  await at("report-by").selectOption("store");
  await at("report-grain").selectOption("none");
  await at("report-range").selectOption("today");
  await row("heping").waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), at("report-csv").click()]);
  expect(download.suggestedFilename()).toMatch(/^store-none_\d{4}-\d{2}-\d{2}\.csv$/);
  const text = readFileSync(await download.path(), "utf8");
  expect(text.split("\r\n")[1]).toContain("岭上便利 和平路店,4,0,4,0,219.50,");
});

it("paper has the shop, the range and every row, and nothing to press", async () => {
  await at("report-by").selectOption("none");
  await at("report-grain").selectOption("hour");
  await at("report-row").first().waitFor();
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".print-head").innerText()).toContain("岭上便利");
  expect(await page.locator("nav").isVisible()).toBe(false);
  expect(await at("report-print").isVisible()).toBe(false);
  await page.emulateMedia({ media: "screen" });
  const printed = page.evaluate(
    () => new Promise<void>((done) => Object.assign(globalThis, { onPrinted: () => done() })),
  );
  await at("report-print").click();
  await printed;
});

it("a range without sales says what to do, one that is too long too", async () => {
  await at("report-range").selectOption("lastMonth");
  await page.locator(".empty").waitFor();
  expect.soft(await wrong()).toEqual([]);
  await at("report-by").selectOption("product");
  await at("report-grain").selectOption("day");
  await at("report-range").selectOption("own");
  await at("report-from").fill("2026-01-01");
  await page.waitForFunction(() => document.querySelector(".empty b")?.textContent?.includes("too long"));
});
