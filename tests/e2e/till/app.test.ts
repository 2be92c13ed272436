import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TillPage } from "../story/till-page.ts";
import { openStage, untilInstalled, type Stage } from "./stage.ts";

const cashier = "王芳";
const worker = join(import.meta.dirname, "../../../dist/page/service-worker.js");
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
  await till.at("activation-code").fill(await stage.activationCode("till-a1"));
  await till.press("activate");
  await till.signOn(cashier, stage.pinOf(cashier));
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

  const shipped = readFileSync(worker);
  try {
    appendFileSync(worker, "\n// another version\n");
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
  } finally {
    writeFileSync(worker, shipped);
  }
});

test("nothing in till, customer's window or office went against the content policy", () => {
  expect(stage.violations).toEqual([]);
});

async function isWaiting(at: TillPage, expected: boolean): Promise<void> {
  const found = (): Promise<boolean> =>
    at.page.evaluate(async () => ((await navigator.serviceWorker.getRegistration())?.waiting ?? null) !== null);
  await expect.poll(found).toBe(expected);
}
