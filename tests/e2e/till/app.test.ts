import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TillPage } from "../story/till-page.ts";
import { openStage, untilInstalled, type Stage } from "./stage.ts";

const cashier = "王芳";
const shippedPage = join(import.meta.dirname, "../../../dist/page");
const worker = join(shippedPage, "service-worker.js");
const html = join(shippedPage, "index.html");
let stage: Stage;
let till: TillPage;

beforeAll(async () => {
  stage = await openStage();
}, 120_000);

afterAll(() => stage?.close());

/** Ids that a page's registered workers have; none where nothing was registered. */
const registrations = (page: TillPage["page"]): Promise<number> =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);

/** Marks the document, so that a reload shows. */
const mark = (at: TillPage): Promise<void> => at.page.evaluate(() => void Object.assign(globalThis, { marked: true }));
const isMarked = (at: TillPage): Promise<boolean> => at.page.evaluate(() => "marked" in globalThis);

test("the customer's window and the office register no service worker, not even where no till is", async () => {
  const display = await stage.open("/display?till=NOTILL");
  await display.see("display");
  await display.page.waitForTimeout(500);
  expect(await registrations(display.page)).toBe(0);
  await display.page.close();
  const office = await stage.context.newPage();
  await office.goto(stage.shop.address.replace("127.0.0.1", "localhost"));
  await office.waitForSelector("[data-testid]");
  await office.waitForTimeout(500);
  expect(await registrations(office)).toBe(0);
  await office.close();
});

test("a wrong activation code is refused in words, and the right one still activates", async () => {
  till = await stage.open();
  await till.see("activation-code");
  await till.at("activation-code").fill("0000000000");
  await till.press("activate");
  await expect.poll(() => till.at("activation-refusal").innerText(), { timeout: 10_000 }).not.toBe("");
  expect(await till.at("till").getAttribute("data-phase")).toBe("activation");
  const told = await till.at("activation-refusal").innerText();
  await till.at("language").selectOption("ja");
  await expect.poll(() => till.at("activation-refusal").innerText()).not.toBe(told);
  await till.at("language").selectOption("en");
  await expect.poll(() => till.at("activation-refusal").innerText()).toBe(told);
  await till.at("activation-code").fill(await stage.activationCode("till-a1"));
  await till.press("activate");
  await till.signOn(cashier, stage.pinOf(cashier));
});

test("the clock on the strip is the shop's, whatever zone the machine is in", async () => {
  const now = (): string =>
    new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" }).format();
  // it turns within the minute, not to the second
  const isRight = async (): Promise<boolean> => (await till.page.locator(".strip .clock").innerText()) === now();
  await expect.poll(isRight, { timeout: 30_000 }).toBe(true);
});

test("Chromium finds the till installable, with an id of its own", async () => {
  await untilInstalled(till);
  const session = await stage.context.newCDPSession(till.page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  expect(installabilityErrors).toEqual([]);
  const manifest = JSON.parse((await session.send("Page.getAppManifest")).data ?? "{}") as { readonly id?: string };
  expect(manifest.id).toBe("/");
});

test("a new version waits while a sale is open in any window, whoever asks, and takes over once the till is empty", async () => {
  const other = await stage.open();
  await other.signOn(cashier, stage.pinOf(cashier));
  await other.scanGoods([stage.goods[12]?.barcode ?? ""]);
  const opening = stage.context.waitForEvent("page");
  await till.press("strip-more");
  await till.press("open-display");
  const display = await opening;
  await display.waitForSelector('[data-testid="display"]');

  const shipped = [worker, html].map((path) => ({ path, bytes: readFileSync(path) }));
  try {
    appendFileSync(html, "<!-- another version -->");
    writeFileSync(
      worker,
      readFileSync(worker, "utf8").replace(/[0-9a-f]{32}(?=","url":"index\.html")/, "0".repeat(32)),
    );
    await Promise.all([mark(till), mark(other)]);
    // the customer's window may ask for it: nothing but the asking happens
    await display.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
    await till.see("update");
    await till.press("update");
    await till.page.waitForTimeout(1_000);
    expect([await isMarked(till), await isMarked(other)]).toEqual([true, true]);
    expect(await other.lineCount()).toBe(1);
    await isWaiting(till, true);

    // the window with the sale goes: its ticket stays in the till's storage, and the till is empty
    await other.page.waitForTimeout(400);
    await other.page.close();
    await till.press("update");
    await expect.poll(() => isMarked(till).catch(() => true), { timeout: 10_000 }).toBe(false);
    await isWaiting(till, false);
    await till.signOn(cashier, stage.pinOf(cashier));
    await expect.poll(() => till.lineCount()).toBe(1);
    expect(await startOf(till)).toEqual({ version: " another version ", wokeWorker: false, stores: 1 });
  } finally {
    for (const { path, bytes } of shipped) writeFileSync(path, bytes);
  }
});

test("the till starts without waking its service worker, from the version in charge and no older one", async () => {
  stage.shop.network.cut();
  await till.page.reload();
  await expect.poll(() => till.at("till").getAttribute("data-phase")).toBe("signOn");
  expect(await startOf(till)).toEqual({ version: " another version ", wokeWorker: false, stores: 1 });
  stage.shop.network.mend();
});

test("nothing in till, customer's window or office went against the content policy", () => {
  expect(stage.violations).toEqual([]);
});

async function isWaiting(at: TillPage, expected: boolean): Promise<void> {
  const found = (): Promise<boolean> =>
    at.page.evaluate(async () => ((await navigator.serviceWorker.getRegistration())?.waiting ?? null) !== null);
  await expect.poll(found).toBe(expected);
}

/** Where the page came from: which version it is, whether the worker had to be started for it, how many versions are kept. */
function startOf(at: TillPage): Promise<{ version: string | null; wokeWorker: boolean; stores: number }> {
  return at.page.evaluate(async () => ({
    version: document.lastChild?.nodeType === Node.COMMENT_NODE ? document.lastChild.nodeValue : null,
    wokeWorker: (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming).workerStart > 0,
    stores: (await caches.keys()).filter((name) => name.startsWith("kuantai-page-")).length,
  }));
}
