import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { launchChromium } from "../../device-bench/chromium.ts";
import { servePage, type TestPage } from "../../device-bench/page-server.ts";
import { typeAsPerson, typeAsScanner } from "../../device-bench/keyboard.ts";

type WedgePage = typeof import("./pages/wedge-page.ts");

const profile = mkdtempSync(join(tmpdir(), "profile-"));
let served: TestPage;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  served = await servePage(join(import.meta.dirname, "pages/wedge-page.ts"));
  context = await launchChromium({ userDataDir: profile });
  page = await context.newPage();
});

beforeEach(async () => {
  await page.goto(served.url);
});

afterAll(async () => {
  await context.close();
  await served.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

const seen = (): Promise<ReturnType<WedgePage["seen"]>> =>
  page.evaluate(() => (globalThis as unknown as { bench: WedgePage }).bench.seen());
const code = "6901234567892";

describe("a wedge scanner in Chromium", () => {
  test("is read when nothing has the focus", async () => {
    await typeAsScanner(page, code);
    expect(await seen()).toMatchObject({ scans: [code], events: [] });
  });

  test("leaves a focused field as it was, its selection too, and sends no form", async () => {
    await page.focus("#search");
    await page.evaluate(() => (document.querySelector("#search") as HTMLInputElement).setSelectionRange(1, 1));
    await typeAsScanner(page, code);
    expect(await seen()).toMatchObject({ scans: [code], search: "牛奶", focus: "search" });
    expect((await seen()).events.filter((event) => event !== "input")).toEqual([]);
    expect(await page.evaluate(() => (document.querySelector("#search") as HTMLInputElement).selectionStart)).toBe(1);
  });

  test("leaves selected text and a text area as they were", async () => {
    await page.focus("#note");
    await page.evaluate(() => (document.querySelector("#note") as HTMLTextAreaElement).select());
    await typeAsScanner(page, code, "Tab");
    expect(await seen()).toMatchObject({ scans: [code], note: "已有", focus: "note" });
  });

  test("presses no focused button, not even with a space in its code", async () => {
    await page.focus("#void");
    await typeAsScanner(page, "AB 12 34 56");
    expect(await seen()).toMatchObject({ scans: ["AB 12 34 56"], events: [] });
  });

  test("does not turn a focused list", async () => {
    await page.focus("#unit");
    await typeAsScanner(page, "9999999999");
    expect(await seen()).toMatchObject({ scans: ["9999999999"], unit: 0 });
  });

  test("typing arrives unchanged, and its Enter sends the form", async () => {
    await page.focus("#search");
    await page.keyboard.press("End");
    await typeAsPerson(page, "1234567 abc");
    await page.keyboard.press("Enter");
    const after = await seen();
    expect(after).toMatchObject({ scans: [], search: "牛奶1234567 abc" });
    expect(after.events).toContain("submit");
  });

  test("a person may go on typing where they were when somebody scans in between", async () => {
    await page.focus("#search");
    await page.keyboard.press("End");
    await typeAsPerson(page, "ab");
    await page.waitForTimeout(100);
    await typeAsScanner(page, code);
    await page.waitForTimeout(100);
    await typeAsPerson(page, "cd");
    expect(await seen()).toMatchObject({ scans: [code], search: "牛奶abcd" });
  });

  test("is read through an input method that hides the keys and composes their text", async () => {
    await page.focus("#search");
    const session = await page.context().newCDPSession(page);
    let timestamp = Date.now() / 1_000;
    for (const [at, digit] of [...code].entries()) {
      timestamp += 0.008;
      const key = { key: "Process", code: `Digit${digit}`, windowsVirtualKeyCode: 229, timestamp };
      await session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key });
      const text = code.slice(0, at + 1);
      await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
      await session.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
    }
    timestamp += 0.008;
    await session.send("Input.dispatchKeyEvent", {
      type: "rawKeyDown",
      key: "Enter",
      code: "Enter",
      windowsVirtualKeyCode: 13,
      timestamp,
    });
    await page.waitForTimeout(100);
    expect(await seen()).toMatchObject({ scans: [code], search: "牛奶", focus: "search" });
  });

  test("a space typed on a button still presses it", async () => {
    await page.focus("#void");
    await page.keyboard.press("Space");
    expect(await seen()).toMatchObject({ scans: [], events: ["click void"] });
  });
});
