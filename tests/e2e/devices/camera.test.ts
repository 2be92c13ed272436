import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { launchChromium } from "../../device-bench/chromium.ts";
import { writeCodeClip } from "../../device-bench/code-clip.ts";
import { tracePageTasks } from "../../device-bench/page-tasks.ts";
import { servePage, type TestPage } from "../../device-bench/page-server.ts";

type CameraPage = typeof import("./pages/camera-page.ts");

const room = mkdtempSync(join(tmpdir(), "camera-"));
const clip = (name: string): string => join(import.meta.dirname, "../../fixtures/codes", name);
let served: TestPage;
const browsers = new Map<string, BrowserContext>();
let page: Page;
let requested: string[] = [];

beforeAll(async () => {
  served = await servePage(join(import.meta.dirname, "pages/camera-page.ts"));
});

afterEach(() => page.close());

afterAll(async () => {
  for (const browser of browsers.values()) await browser.close();
  await served.close();
  rmSync(room, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

/** Opens the page in the browser whose camera plays `fakeCamera`; one browser a clip, because the clip is a matter of its start. */
async function open(fakeCamera: string | null, args: readonly string[] = []): Promise<void> {
  const name = `${fakeCamera ?? ""} ${args.join(" ")}`;
  const context =
    browsers.get(name) ??
    (await launchChromium({
      userDataDir: mkdtempSync(join(room, "profile-")),
      args,
      ...(fakeCamera === null ? {} : { fakeCamera }),
    }));
  browsers.set(name, context);
  page = await context.newPage();
  requested = [];
  page.on("request", (request) => requested.push(request.url()));
  await page.goto(served.url);
}

type Globals = { bench: CameraPage };
const start = (way: "stream" | "video" = "stream"): Promise<string> =>
  page.evaluate((how) => (globalThis as unknown as Globals).bench.start(how), way);
const seen = (): Promise<ReturnType<CameraPage["seen"]>> =>
  page.evaluate(() => (globalThis as unknown as Globals).bench.seen());
const untilScans = (texts: readonly string[]): Promise<void> =>
  vi.waitFor(async () => expect((await seen()).scans).toEqual(texts), { timeout: 20_000, interval: 50 });

describe("the camera in Chromium", () => {
  test.each([
    ["a photographed EAN-13", "ean13-photograph.mjpeg", "8413000065504"],
    ["a payment code as QR", "payment-qr.mjpeg", "124733778574525702"],
    ["a payment code as Code 128", "payment-code128.mjpeg", "109654425721751325"],
  ])("reads %s once, however long it stays in view", async (_title, name, text) => {
    await open(clip(name));
    expect(await start()).toBe("running");
    await untilScans([text]);
    await page.waitForTimeout(2_000);
    const after = await seen();
    expect(after.scans).toEqual([text]);
    expect(after.sizes).toEqual(["1280x720"]);
  });

  test("reads a basket of goods one after another, then the payment code", async () => {
    const file = join(room, "basket.y4m");
    const goods = ["6901234567892", "4006381333931", "96385074"];
    await writeCodeClip(file, [
      { text: goods[0]!, format: "EAN13", frames: 25 },
      { text: goods[1]!, format: "EAN13", frames: 25 },
      { text: goods[2]!, format: "EAN8", frames: 25 },
      { text: "134567890123456789", format: "QRCode", frames: 25 },
    ]);
    await open(file);
    await start();
    await vi.waitFor(async () => expect((await seen()).scans.length).toBeGreaterThanOrEqual(5), {
      timeout: 20_000,
      interval: 50,
    });
    const { scans } = await seen();
    const order = [...goods, "134567890123456789"];
    const first = order.indexOf(scans[0]!);
    expect(scans).toEqual(scans.map((_text, n) => order[(first + n) % order.length]));
  });

  test("leaves the page free and asks nobody outside", async () => {
    await open(clip("ean13-photograph.mjpeg"));
    await start();
    await untilScans(["8413000065504"]);
    await page.evaluate(() => (globalThis as unknown as Globals).bench.measureAnew());
    const tasks = await tracePageTasks(page, () => page.waitForTimeout(3_000));
    const { frameMs, firstScanMs } = await seen();
    const at = (part: number): number => frameMs[Math.floor(frameMs.length * part)]!;
    console.log(
      `camera: ${frameMs.length} frames in 3 s, ${at(0.5).toFixed(1)} ms median, ${at(0.95).toFixed(1)} ms p95, ` +
        `first scan after ${firstScanMs!.toFixed(0)} ms, longest task of the page ${tasks.longestMs.toFixed(1)} ms (${tasks.longestCpuMs.toFixed(1)} ms on the processor)`,
    );
    expect(frameMs.length).toBeGreaterThan(10);
    expect(at(0.5)).toBeLessThan(100);
    expect(tasks.longestCpuMs).toBeLessThan(50);
    expect(requested.filter((url) => !url.startsWith(served.url))).toEqual([]);
  });

  test("reads without a frame stream, by a video element", async () => {
    await open(clip("payment-qr.mjpeg"));
    expect(await start("video")).toBe("running");
    await untilScans(["124733778574525702"]);
  });

  test("stops, lets go of the camera and starts again", async () => {
    await open(clip("payment-qr.mjpeg"));
    await start();
    await untilScans(["124733778574525702"]);
    expect(await page.evaluate(() => (globalThis as unknown as Globals).bench.stop())).toBe("off");
    const { frames } = await seen();
    await page.waitForTimeout(500);
    expect((await seen()).frames).toBe(frames);
    expect(await start()).toBe("running");
    await expect.poll(async () => (await seen()).frames).toBeGreaterThan(frames);
  });

  test("says that there is no camera", async () => {
    await open(null, ["--use-fake-ui-for-media-stream"]);
    expect(await start()).toBe("noCamera");
  });

  test("says that the person refused", async () => {
    await open(null, ["--use-fake-device-for-media-stream", "--deny-permission-prompts"]);
    expect(await start()).toBe("refused");
  });
});
