import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "../../device-bench/chromium.ts";
import type { TillPage } from "../story/till-page.ts";
import { openStage, type Stage } from "./stage.ts";

const cashier = "王芳";
let stage: Stage;
let till: TillPage;

beforeAll(async () => {
  stage = await openStage();
  till = await stage.open(`/#activate=${stage.shop.activationCode}`);
  await till.see("till");
  await till.signOn(cashier, stage.pinOf(cashier));
}, 120_000);

afterAll(() => stage?.close());

test("a display opened by its printed address alone follows the till", async () => {
  await till.online();
  const display = await stage.open("/display");
  const view = (): Promise<string | null> => display.at("display").getAttribute("data-view");
  await expect.poll(view, { timeout: 10_000 }).toBe("idle");
  const [goods] = stage.goods;
  await till.page.bringToFront();
  await till.scanGoods([goods?.barcode ?? ""]);
  await expect.poll(view, { timeout: 10_000 }).toBe("selling");
  expect(await display.at("display-due").innerText()).toBe(await till.at("due").innerText());
  await till.payCash();
  await till.done();
  await expect.poll(view, { timeout: 10_000 }).toBe("paid");
});

test("a till whose place another browser has taken says so and sells nothing more", async () => {
  const code = await stage.activationCode("till-a1");
  const profile = mkdtempSync(join(tmpdir(), "kuantai-other-"));
  const other = await launchChromium({ userDataDir: profile });
  const page = await other.newPage();
  await page.goto(`${stage.shop.address}/#activate=${code}`);
  await page.locator('[data-phase="signOn"]').waitFor({ timeout: 20_000 });
  await expect.poll(() => till.at("till").getAttribute("data-phase"), { timeout: 30_000 }).toBe("broken");
  await till.see("broken");
  await other.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});
