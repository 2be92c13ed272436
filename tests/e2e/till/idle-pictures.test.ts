import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pictureShownMs } from "../../../src/display/picture-turns.ts";
import { pictureBytes } from "../../fakes/picture-bytes.ts";
import type { TillPage } from "../story/till-page.ts";
import { openStage, untilInstalled, type Goods, type Stage } from "./stage.ts";

const cashier = "王芳";
const listPath = "/v1/display/pictures";
/** The gateway looks at its folder again after this. */
const lookedAgainMs = 2_500;
/** Pictures hang a quarter of their time here; nothing else of the pages is hurried. */
const turnMs = pictureShownMs / 4;
let stage: Stage;
let till: TillPage;
let display: Page;
let folder: string;

beforeAll(async () => {
  stage = await openStage();
  folder = join(stage.shop.folder, "pictures");
  await stage.context.addInitScript(hurryTurns, { shown: pictureShownMs, instead: turnMs });
  till = await stage.open(`/#activate=${stage.shop.activationCode}`);
  await till.see("till");
  await till.signOn(cashier, stage.pinOf(cashier));
}, 120_000);

afterAll(() => stage?.close());

/** Runs in every page. */
function hurryTurns({ shown, instead }: { readonly shown: number; readonly instead: number }): void {
  const later = globalThis.setTimeout.bind(globalThis) as (work: () => void, ms?: number) => number;
  Object.assign(globalThis, {
    setTimeout: (work: () => void, ms?: number) => later(work, ms === shown ? instead : ms),
  });
}

const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
/** Paths of the folder's pictures by name. */
const paths = (): readonly string[] =>
  readdirSync(folder)
    .toSorted()
    .map((name) => `${listPath}/${hashOf(readFileSync(join(folder, name)))}`);
/** The picture on top; null where none hangs. */
const top = (): Promise<string | null> =>
  display.evaluate(() => document.querySelector(".hung img:last-child")?.getAttribute("src") ?? null);
const untilTop = (wanted: string | null, timeout = 15_000): Promise<void> =>
  expect.poll(top, { timeout, interval: 50 }).toBe(wanted);
const words = (): Promise<readonly string[]> => display.locator("main :is(h1, p)").allInnerTexts();
const stored = (): Promise<readonly string[]> =>
  display.evaluate(async () => {
    const pictures = await caches.open("kuantai-display-pictures");
    return (await pictures.keys()).map(({ url }) => new URL(url).pathname).toSorted();
  });
const untilStored = (wanted: readonly string[]): Promise<void> =>
  expect.poll(stored, { timeout: 15_000 }).toEqual([listPath, ...wanted].toSorted());
const barcode = (nth: number): string => (stage.goods[nth] as Goods).barcode;
const clearTicket = async (): Promise<void> => {
  await till.page.locator('[data-testid="less"]').first().click();
  await till.see("ticket-empty");
};

test("the sample shop's pictures take turns in the order of their names, the welcome and the shop's name under each", async () => {
  await till.online();
  await untilInstalled(till);
  const opening = stage.context.waitForEvent("page");
  await till.press("strip-more");
  await till.press("open-display");
  display = await opening;
  await display.setViewportSize({ width: 1024, height: 600 });
  const [first = "", second = "", third = ""] = paths();
  await untilTop(first);
  const [welcome = "", shop = ""] = await words();
  expect(welcome).toBe("欢迎光临");
  expect(shop).not.toBe("");
  await untilTop(second);
  // the new one comes over the old one, which stays under it
  expect(await display.locator(".hung img").count()).toBe(2);
  await untilTop(third);
  await untilTop(first);
  expect(await words()).toEqual([welcome, shop]);
  expect(stage.violations).toEqual([]);
}, 60_000);

test("with less motion wished for, a picture takes the other's place at once", async () => {
  const moves = (): Promise<number> =>
    display.evaluate(() => document.querySelector(".hung .comes")?.getAnimations().length ?? -1);
  await expect.poll(moves, { timeout: 15_000, interval: 50 }).toBe(1);
  await display.emulateMedia({ reducedMotion: "reduce" });
  const before = await top();
  await expect.poll(top, { timeout: 15_000, interval: 20 }).not.toBe(before);
  expect(await moves()).toBe(0);
  await display.emulateMedia({ reducedMotion: null });
}, 60_000);

/** Runs in the display: counts every moment in which a picture stood beside something of a sale. */
function watchForBoth(): void {
  Object.assign(globalThis, { both: 0 });
  new MutationObserver(() => {
    if (document.querySelector(".hung") !== null && document.querySelector('[data-testid^="display-"]') !== null)
      (globalThis as unknown as { both: number }).both++;
  }).observe(document.body, { childList: true, subtree: true });
}

test("the first line of a ticket takes the picture away at once, and the idle shop brings it back", async () => {
  await display.evaluate(watchForBoth);
  const last = await top();
  await expect.poll(top, { timeout: 15_000, interval: 50 }).not.toBe(last);
  const hung = await top();
  await till.scanGoods([barcode(30)]);
  await display.locator('[data-testid="display-due"]').waitFor({ timeout: 10_000 });
  expect(await display.locator(".hung").count()).toBe(0);
  // longer than a turn: none comes over the ticket
  await till.page.waitForTimeout(turnMs + 1_000);
  expect([await top(), await display.locator('[data-testid="display-due"]').count()]).toEqual([null, 1]);
  await clearTicket();
  // none was fetched for nobody: the one that hung is back
  await untilTop(hung, 5_000);
  expect(await display.evaluate(() => (globalThis as unknown as { both: number }).both)).toBe(0);
}, 60_000);

test("without a network the display starts with the pictures that it has seen named, all of them", async () => {
  const all = paths();
  await untilStored(all);
  stage.shop.network.cut();
  await till.offline();
  await display.reload();
  for (const path of all) await untilTop(path);
  expect(
    await display
      .locator(".hung img")
      .last()
      .evaluate((image: HTMLImageElement) => image.naturalWidth),
  ).toBe(1_600);
  stage.shop.network.mend();
  await till.online();
}, 120_000);

test("the service worker keeps no picture that the shop no longer shows, and none of another answer", async () => {
  renameSync(join(folder, "3-breakfast.webp"), join(stage.shop.folder, "3-breakfast.webp"));
  // a real photograph's format, and a file that is no picture
  writeFileSync(join(folder, "0-counter.jpg"), await till.page.screenshot({ type: "jpeg" }));
  await till.page.waitForTimeout(lookedAgainMs);
  const all = paths();
  writeFileSync(join(folder, "4-menu.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
  await till.page.waitForTimeout(lookedAgainMs);
  await display.reload();
  await untilTop(all[0] ?? "");
  await untilStored(all);
  const logs = readdirSync(join(stage.shop.folder, "logs")).map((name) =>
    readFileSync(join(stage.shop.folder, "logs", name), "utf8"),
  );
  expect(logs.join("")).toContain('"file":"4-menu.svg"');
}, 60_000);

test("a picture asked for as a page runs nothing and is no way around the gateway", async () => {
  const page = await stage.context.newPage();
  const answer = await page.goto(stage.shop.address + (paths()[0] ?? ""));
  expect(answer?.headers()).toMatchObject({
    "content-type": "image/jpeg",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
  });
  expect(answer?.fromServiceWorker()).toBe(false);
  await page.close();
});

test("the till itself asks for none of it", async () => {
  const asked: string[] = [];
  const till2 = await stage.context.newPage();
  till2.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await till2.goto(stage.shop.address);
  await till2.locator('[data-testid="till"]').waitFor();
  await till2.waitForTimeout(1_000);
  await till2.close();
  expect(asked.filter((path) => /\/display|pictures/.test(path))).toEqual([]);
});

test("a picture that cannot be seen is passed over, and with a full disk pictures give way to sales", async () => {
  const [first = "", second = ""] = paths();
  const unseen = Buffer.concat([pictureBytes.png(1_600, 900), randomBytes(1_500_000)]);
  writeFileSync(join(folder, "0a-unseen.png"), unseen);
  await till.page.waitForTimeout(lookedAgainMs);
  const session = await stage.context.newCDPSession(display);
  const origin = stage.shop.address;
  const { usage } = await session.send("Storage.getUsageAndQuota", { origin });
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: usage + 1_000_000 });
  await display.reload();
  await expect
    .poll(() => display.evaluate(() => caches.has("kuantai-display-pictures")), { timeout: 15_000 })
    .toBe(false);
  await untilTop(first);
  await untilTop(second);
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await session.detach();
}, 60_000);

test("a shop without pictures greets with words only, and nothing of old ones is kept", async () => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  await till.page.waitForTimeout(lookedAgainMs);
  await display.reload();
  await display.locator('[data-view="idle"] .idle h1').waitFor();
  await untilStored([]);
  expect(await top()).toBeNull();
  expect((await words())[0]).toBe("欢迎光临");
  expect(stage.violations).toEqual([]);
}, 60_000);
