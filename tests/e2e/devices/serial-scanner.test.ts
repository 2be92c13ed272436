import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import type { BrowserContext } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Bench, type BenchDevice } from "../../device-bench/bench.ts";
import { launchChromium } from "../../device-bench/chromium.ts";
import { VirtualPrinter } from "../../device-bench/virtual-printer.ts";
import { openShop, type Shop } from "../story/shop.ts";
import { TillPage } from "../story/till-page.ts";

const printerIds = { vendorId: 0x0416, productId: 0x5011, name: "Receipt Printer" };
const scannerIds = { vendorId: 0x0c2e, productId: 0x0caa, name: "Barcode Scanner" };
const cashier = "王芳";
const profile = mkdtempSync(join(tmpdir(), "profile-"));
const printer = new VirtualPrinter({ columns: 48 });
let shop: Shop;
let bench: Bench;
let scanner: BenchDevice;
let context: BrowserContext;
let till: TillPage;
let goods: readonly string[];

beforeAll(async () => {
  shop = await openShop();
  bench = await Bench.open();
  const printing = bench.addSerial(printerIds);
  printing.connectPrinter(printer);
  scanner = bench.addSerial(scannerIds);
  // the scanner first: what is granted first is not always the printer
  bench.plug(scanner);
  bench.plug(printing);
  const found = await sql<{ barcode: string }>`select body->'barcodes'->>0 as barcode from product
    where body->>'unit' = 'piece' order by id limit 20`.execute(shop.database);
  goods = found.rows.map((row) => row.barcode);
  await start();
  await till.see("till");
  await till.signOn(cashier, pin());
}, 120_000);

afterAll(async () => {
  await context?.close();
  await bench?.close();
  await shop?.stop();
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

const pin = (): string => shop.pins.find((each) => each.name === cashier)?.pin ?? "";

/** Chromium on the till's profile; its chooser gives the scanner's port, as a person would. */
async function start(): Promise<void> {
  context = await launchChromium({ bench, userDataDir: profile });
  await context.addInitScript((vendor) => {
    navigator.serial.requestPort = async () => {
      const port = (await navigator.serial.getPorts()).find((each) => each.getInfo().usbVendorId === vendor);
      if (port === undefined) throw new DOMException("No port selected by the user.", "NotFoundError");
      return port;
    };
  }, scannerIds.vendorId);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${shop.address}/#activate=${shop.activationCode}`);
  till = new TillPage(context, page);
}

async function scan(text: string): Promise<void> {
  await expect.poll(() => scanner.isOpen(), { timeout: 20_000 }).toBe(true);
  // the port's reader stands a moment after the port is open
  await till.page.waitForTimeout(300);
  scanner.send(new TextEncoder().encode(`${text}\r`));
}

const names = (): Promise<readonly string[]> =>
  till.page
    .locator('.lines li[data-testid^="line-"]')
    .evaluateAll((lines) => lines.map((line) => line.textContent ?? ""));

test("a serial scanner is chosen once, sells beside the printer, and is found again after a replug and a restart", async () => {
  await till.press("strip-more");
  await till.press("pair-scanner-serial");
  // the policy of the bench grants all ports, so that the printer had this one first; connected, it is not offered any more
  await till.at("pair-scanner-serial").waitFor({ state: "detached", timeout: 10_000 });
  await scan(goods[0] ?? "");
  await expect.poll(() => till.lineCount()).toBe(1);
  bench.unplug(scanner);
  await expect.poll(() => scanner.isOpen()).toBe(false);
  bench.plug(scanner);
  await scan(goods[1] ?? "");
  await expect.poll(() => till.lineCount()).toBe(2);
  await till.payCash();
  const receipt = await till.done();
  await expect.poll(() => printer.text().some((line) => line.includes(receipt)), { timeout: 30_000 }).toBe(true);
  await context.close();
  await start();
  await till.signOn(cashier, pin());
  await till.see("scan-box");
  await scan(goods[2] ?? "");
  await expect.poll(names).toHaveLength(1);
});

test("what it scans goes to the window in front", async () => {
  const before = await till.lineCount();
  // headless Chromium calls every page focused; a person's window behind another is not
  await till.page.evaluate(() => {
    document.hasFocus = () => false;
  });
  const other = new TillPage(context, await context.newPage());
  await other.page.goto(shop.address);
  await other.signOn(cashier, pin());
  await other.page.bringToFront();
  await scan(goods[3] ?? "");
  await expect.poll(() => other.lineCount()).toBe(1);
  expect(await till.lineCount()).toBe(before);
});
