import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { sql } from "kysely";
import type { BrowserContext, Page } from "playwright-core";
import { launchChromium } from "../device-bench/chromium.ts";
import { typeAsPerson, typeAsScanner } from "../device-bench/keyboard.ts";
import { openShop, type Shop } from "../e2e/story/shop.ts";
import { paintDrawings } from "./drawings.ts";

const root = resolve(import.meta.dirname, "../..");
const cashier = "王芳";
/** Small enough for a store's page, sharp enough to read. */
const qualityPercent = 82;
const wide = { width: 1280, height: 800 };
const narrow = { width: 390, height: 844 };
const customer = { width: 1024, height: 600 };

/** One till's page in a picture's hands. */
type Scene = { readonly page: Page; readonly barcodes: readonly string[]; readonly receipts: string[] };

/** A picture (the README's in English, a store's page in the manifest's own language): where it is written, how large the window is, and what leads to it from the goods. */
type Picture = {
  readonly path: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly stage: (scene: Scene) => Promise<void>;
};

const at = (page: Page, name: string) => page.locator(`[data-testid="${name}"]`).first();
const see = (page: Page, name: string): Promise<void> => at(page, name).waitFor({ timeout: 20_000 });
const press = (page: Page, name: string): Promise<void> => at(page, name).click({ timeout: 20_000 });

async function scan({ page, barcodes }: Scene, from: number, count: number): Promise<void> {
  const before = await page.locator('[data-testid^="line-"]').count();
  for (const barcode of barcodes.slice(from, from + count)) await typeAsScanner(page, barcode);
  await page
    .locator('[data-testid^="line-"]')
    .nth(before + count - 1)
    .waitFor({ timeout: 20_000 });
}

async function sellForCash(scene: Scene, from: number, count: number): Promise<void> {
  const { page } = scene;
  await scan(scene, from, count);
  await page.keyboard.press("F9");
  await press(page, "method-cash");
  await press(page, "exact");
  await see(page, "done");
  scene.receipts.push((await at(page, "done").getAttribute("data-receipt")) ?? "");
  await press(page, "next");
  await see(page, "scan-box");
}

async function showCode({ page }: Scene): Promise<void> {
  await page.keyboard.press("F9");
  await press(page, "method-shown");
  await press(page, "show-wechat");
  await see(page, "shown-code");
}

/** In this order: each begins where the one before ended. */
const pictures: readonly Picture[] = [
  { path: "docs/till.webp", size: wide, stage: (scene) => scan(scene, 0, 5) },
  { path: "public/screenshots/till-wide.webp", size: wide, stage: async () => undefined },
  { path: "public/screenshots/till-narrow.webp", size: narrow, stage: async () => undefined },
  { path: "docs/code.webp", size: wide, stage: showCode },
  { path: "public/screenshots/code-wide.webp", size: wide, stage: async () => undefined },
  { path: "public/screenshots/code-narrow.webp", size: narrow, stage: async () => undefined },
];

/** After the code was closed: lists of a day with some sales in it. */
const lists: readonly Picture[] = [
  {
    path: "docs/return.webp",
    size: wide,
    stage: async ({ page, receipts }) => {
      await press(page, "return-open");
      await at(page, "find-box").fill(receipts[0] ?? "");
      await press(page, "find-go");
      await see(page, "return");
    },
  },
  {
    path: "docs/held.webp",
    size: wide,
    stage: async (scene) => {
      const { page } = scene;
      await press(page, "return-back");
      for (const from of [20, 24]) {
        await scan(scene, from, 3);
        await page.keyboard.press("F6");
        await see(page, "ticket-empty");
      }
      await page.keyboard.press("F6");
      await see(page, "held-mine");
    },
  },
  {
    path: "docs/shift.webp",
    size: wide,
    stage: async ({ page }) => {
      await press(page, "held-back");
      await press(page, "open-shift-page");
      await see(page, "shift-figures");
    },
  },
  { path: "public/screenshots/shift-wide.webp", size: wide, stage: async () => undefined },
];

async function take(picture: Picture, scene: Scene): Promise<void> {
  const { page } = scene;
  await page.setViewportSize(wide);
  await picture.stage(scene);
  await press(page, "strip-more");
  await at(page, "language").selectOption(picture.path.startsWith("docs/") ? "en" : "zh-CN");
  const notice = page.locator('[data-testid="notice"] button');
  if ((await notice.count()) > 0) await notice.click();
  await page.setViewportSize(picture.size);
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
  });
  await write(page, picture.path);
}

/** The browser's promise to keep the data, as an installed app has it: a warning is not the usual picture. */
function promiseStorage(): void {
  const promised = async (): Promise<boolean> => true;
  Object.defineProperties(navigator.storage, { persist: { value: promised }, persisted: { value: promised } });
}

/** What the window shows once it stands still, as WebP. */
async function write(page: Page, path: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(600);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: qualityPercent });
  await session.detach();
  const bytes = Buffer.from(data, "base64");
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), bytes);
  console.log(`${path}  ${(bytes.length / 1000).toFixed(0)} kB`);
}

async function signOn(page: Page, shop: Shop): Promise<void> {
  await page.locator(".person", { hasText: cashier }).click({ timeout: 20_000 });
  await typeAsPerson(page, shop.pins.find(({ name }) => name === cashier)?.pin ?? "");
  await page.keyboard.press("Enter");
  await press(page, "open-shift-go");
  await page.locator('[data-testid^="tile-"]').first().waitFor({ timeout: 20_000 });
  await at(page, "catalog-coverage").waitFor({ state: "detached", timeout: 20_000 });
}

/** Sells through a morning and takes the pictures on the way. */
async function takePictures(shop: Shop, context: BrowserContext): Promise<void> {
  const found = await sql<{ barcode: string }>`select body->'barcodes'->>0 as barcode from product
    where body->>'unit' = 'piece' and (body->>'price')::int < 9000 order by id limit 40`.execute(shop.database);
  await context.addInitScript(promiseStorage);
  const page = await context.newPage();
  await page.setViewportSize(wide);
  await page.goto(`${shop.address}/#activate=${shop.activationCode}`);
  await signOn(page, shop);
  const scene: Scene = { page, barcodes: found.rows.map(({ barcode }) => barcode), receipts: [] };
  for (const [from, count] of [
    [6, 3],
    [10, 1],
    [12, 5],
  ] as const)
    await sellForCash(scene, from, count);
  const opening = context.waitForEvent("page");
  await press(page, "strip-more");
  await press(page, "open-display");
  const display = await opening;
  await display.setViewportSize(customer);
  for (const picture of pictures) await take(picture, scene);
  await display.bringToFront();
  await write(display, "docs/display.webp");
  await page.bringToFront();
  await page.setViewportSize(wide);
  await press(page, "abandon");
  await see(page, "declined");
  await page.keyboard.press("Escape");
  await press(page, "void");
  await press(page, "void");
  for (const picture of lists) await take(picture, scene);
}

const shop = await openShop();
const profile = mkdtempSync(join(tmpdir(), "kuantai-pictures-"));
const context = await launchChromium({ userDataDir: profile });
try {
  await takePictures(shop, context);
  await paintDrawings(context, root);
} finally {
  await context.close();
  await shop.stop();
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}
