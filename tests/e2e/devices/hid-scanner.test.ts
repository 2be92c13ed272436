import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { Bench, type BenchDevice } from "../../device-bench/bench.ts";
import { launchChromium } from "../../device-bench/chromium.ts";
import { scannerModels, withIdentifier, type ScannerModel } from "../../device-bench/hid-descriptors.ts";
import { servePage, type TestPage } from "../../device-bench/page-server.ts";

type Seen = ReturnType<typeof import("./pages/hid-page.ts").seen>;

const profile = mkdtempSync(join(tmpdir(), "profile-"));
let bench: Bench;
let served: TestPage;
let context: BrowserContext;
let page: Page;
let device: BenchDevice | null = null;

beforeAll(async () => {
  bench = await Bench.open();
  served = await servePage(join(import.meta.dirname, "pages/hid-page.ts"));
  context = await launchChromium({ bench, userDataDir: profile });
});

afterEach(async () => {
  await page.close();
  if (device !== null) bench.unplug(device);
  device = null;
});

afterAll(async () => {
  await context.close();
  await served.close();
  await bench.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

async function openPage(): Promise<void> {
  page = await context.newPage();
  await page.goto(served.url);
  await page.waitForFunction(() => "bench" in globalThis);
}

function plug(model: ScannerModel): BenchDevice {
  device = bench.addHid(model);
  bench.plug(device);
  return device;
}

const seen = (): Promise<Seen> =>
  page.evaluate(() => (globalThis as unknown as { readonly bench: { seen(): Seen } }).bench.seen());

async function untilConnected(count: number): Promise<void> {
  await vi.waitFor(async () => expect((await seen()).connected).toBe(count), { timeout: 10_000, interval: 50 });
}

async function scan(model: ScannerModel, text: string, symbology: string): Promise<void> {
  for (const report of model.reports(text, symbology)) device?.send(report);
}

async function untilScanned(texts: readonly string[]): Promise<Seen["scans"]> {
  await vi.waitFor(async () => expect((await seen()).scans.map(({ text }) => text)).toEqual(texts), {
    timeout: 10_000,
    interval: 50,
  });
  return (await seen()).scans;
}

test.each(scannerModels)("Chromium's own reading of the descriptor finds the fields of: $name", async (model) => {
  plug(model);
  await openPage();
  await untilConnected(1);
  await scan(model, "6901234567892", "]E0");
  await scan(model, "134567890123456789", "]C0");
  await untilScanned(["6901234567892", "134567890123456789"]);
});

test("a long code over several reports is one scan, with its AIM identifier", async () => {
  plug(withIdentifier);
  await openPage();
  await untilConnected(1);
  const text = `https://receipt.example/${"a1B2".repeat(30)}`;
  await scan(withIdentifier, text, "]Q1");
  expect(await untilScanned([text])).toEqual([{ text, symbology: "]Q1" }]);
});

test("a scanner that is unplugged and plugged in again reads on by itself", async () => {
  await openPage();
  const first = plug(withIdentifier);
  await untilConnected(1);
  await scan(withIdentifier, "6901234567892", "]E0");
  await untilScanned(["6901234567892"]);
  bench.unplug(first);
  await untilConnected(0);
  plug(withIdentifier);
  await untilConnected(1);
  await scan(withIdentifier, "6901234567908", "]E0");
  await untilScanned(["6901234567892", "6901234567908"]);
});
