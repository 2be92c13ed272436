import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { ReceiptDocument } from "../../../src/domain/receipt.ts";
import { goldenReceipt } from "../../conformance/printers/golden-receipt.ts";
import { Bench, type BenchDevice } from "../../device-bench/bench.ts";
import { chooseFirstPort, launchChromium } from "../../device-bench/chromium.ts";
import { servePage, type TestPage } from "../../device-bench/page-server.ts";
import { VirtualPrinter } from "../../device-bench/virtual-printer.ts";
import { longReceipt, receipt } from "../../unit/devices/print-jobs.ts";

type Globals = { readonly bench: typeof import("./pages/printer-page.ts") };

const profile = mkdtempSync(join(tmpdir(), "profile-"));
let bench: Bench;
let served: TestPage;
let context: BrowserContext;
let page: Page;
let device: BenchDevice | null = null;

beforeAll(async () => {
  bench = await Bench.open();
  served = await servePage(join(import.meta.dirname, "pages/printer-page.ts"));
  context = await launchChromium({ bench, userDataDir: profile });
  await chooseFirstPort(context);
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

/** Plugs a printer in, as a USB adapter that Chromium knows by its ids. */
function plug(printer: VirtualPrinter): BenchDevice {
  const plugged = bench.addSerial({ vendorId: 0x0416, productId: 0x5011, name: "Receipt Printer" });
  plugged.connectPrinter(printer);
  bench.plug(plugged);
  device = plugged;
  return plugged;
}

async function openPage(): Promise<void> {
  page = await context.newPage();
  await page.goto(served.url);
}

async function startPrinter(modelId: string): Promise<void> {
  await openPage();
  await page.evaluate((id) => (globalThis as unknown as Globals).bench.start(id), modelId);
}

const print = (id: string, document: ReceiptDocument, kick = false): Promise<void> =>
  page.evaluate(([jobId, paper, opens]) => (globalThis as unknown as Globals).bench.print(jobId, paper, opens), [
    id,
    document,
    kick,
  ] as const);
const status = (): Promise<string> => page.evaluate(() => (globalThis as unknown as Globals).bench.statusNow());
const outcome = (id: string): Promise<unknown> =>
  page.evaluate((jobId) => (globalThis as unknown as Globals).bench.outcomeOf(jobId), id);
const until = (what: () => Promise<unknown>, expected: unknown): Promise<void> =>
  vi.waitFor(async () => expect(await what()).toEqual(expected), { timeout: 15_000, interval: 20 });

describe("the bench", () => {
  test("Chromium lists the one port, opens it, and every byte value passes both ways", async () => {
    const echo = bench.addSerial({ vendorId: 0x0416, productId: 0x5011 });
    const speeds: number[] = [];
    echo.on("data", (bytes) => echo.send(bytes));
    echo.on("line", ({ baud }) => speeds.push(baud));
    bench.plug(echo);
    device = echo;
    await openPage();
    const seen = await page.evaluate(async () => {
      const ports = await navigator.serial.getPorts();
      const [port] = ports;
      if (port === undefined) return { ports: 0 };
      await port.open({ baudRate: 19_200 });
      const sent = Uint8Array.from({ length: 1_024 }, (_, n) => n % 256);
      const writer = port.writable!.getWriter();
      const reader = port.readable!.getReader();
      const writing = writer.write(sent);
      const got: number[] = [];
      while (got.length < sent.length) got.push(...((await reader.read()).value ?? []));
      await writing;
      writer.releaseLock();
      reader.releaseLock();
      await port.close();
      return { ports: ports.length, info: port.getInfo(), isSame: got.every((byte, n) => byte === sent[n]) };
    });
    expect(seen).toEqual({ ports: 1, info: { usbVendorId: 0x0416, usbProductId: 0x5011 }, isSame: true });
    expect(speeds).toContain(19_200);
  });
});

describe.each([
  ["generic-58", 32],
  ["generic-80", 48],
] as const)("a receipt through Chromium on %s", (modelId, columns) => {
  test("prints in Chinese with its code and cut, after the drawer opened", async () => {
    const printer = new VirtualPrinter({ columns });
    plug(printer);
    await startPrinter(modelId);
    await until(status, "ready");
    await print("r1", goldenReceipt, true);
    await until(() => outcome("r1"), { kind: "printed", drawer: { kind: "printed" } });
    expect(printer.faults).toEqual([]);
    expect(printer.text()[0]?.trim()).toBe("款台示范店");
    expect(printer.papers()[0]?.items.filter(({ kind }) => kind === "qr")).toMatchObject([
      { text: "01JD9YQ0A1T7K3M5ABCDEFGHJK" },
    ]);
    expect(printer.papers()[0]?.cut).toBe(modelId === "generic-58" ? null : "partial");
    expect(printer.kicks).toEqual([{ pin: 2, onMs: 100, offMs: 200 }]);
  });
});

describe("a receipt printer in Chromium", () => {
  test("waits for paper and prints when it is there", async () => {
    const printer = new VirtualPrinter({ columns: 48 });
    plug(printer);
    await startPrinter("generic-80");
    await until(status, "ready");
    printer.setPaper("out");
    await until(status, "paperOut");
    await print("r1", receipt("牛奶"));
    expect(await outcome("r1")).toBeNull();
    printer.setPaper("ok");
    await until(() => outcome("r1"), { kind: "printed", drawer: null });
    expect(printer.text()).toEqual(["牛奶"]);
  });

  test("tells an open cover, and goes on by itself in the middle of a long receipt", async () => {
    const printer = new VirtualPrinter({ columns: 48, bufferBytes: 2_048 });
    plug(printer);
    await startPrinter("generic-80");
    await until(status, "ready");
    printer.setCover("open");
    await until(status, "coverOpen");
    printer.setCover("closed");
    await until(status, "ready");
    const feed = printer.feed.bind(printer);
    printer.feed = (bytes) => {
      feed(bytes);
      if (printer.text().length > 20) printer.setCover("open");
    };
    await print("r1", longReceipt(2_000));
    await until(status, "coverOpen");
    expect(await outcome("r1")).toBeNull();
    printer.feed = feed;
    printer.setCover("closed");
    await until(() => outcome("r1"), { kind: "printed", drawer: null });
    expect(printer.text()).toHaveLength(2_000);
    expect(printer.faults).toEqual([]);
  });

  test("unplugged under way: that receipt is uncertain, the next prints once after the replug", async () => {
    const printer = new VirtualPrinter({ columns: 48, bufferBytes: 2_048 });
    const plugged = plug(printer);
    await startPrinter("generic-80");
    await until(status, "ready");
    printer.setStuck(true);
    await print("r1", longReceipt(500));
    await print("r2", receipt("下一位"));
    await expect.poll(() => printer.hasRoom()).toBe(false);
    bench.unplug(plugged);
    device = null;
    await until(status, "unplugged");
    await until(() => outcome("r1"), { kind: "uncertain", reason: "linkLost", drawer: null });
    expect(await outcome("r2")).toBeNull();
    const replugged = new VirtualPrinter({ columns: 48 });
    plug(replugged);
    await until(() => outcome("r2"), { kind: "printed", drawer: null });
    expect(replugged.text()).toEqual(["下一位"]);
  });

  test("a dead line without an unplug is opened again by itself", async () => {
    const printer = new VirtualPrinter({ columns: 48 });
    const plugged = plug(printer);
    await startPrinter("generic-80");
    await until(status, "ready");
    plugged.hangUp();
    await until(status, "error lost");
    await until(status, "ready");
    await print("r1", receipt("又来了"));
    await until(() => outcome("r1"), { kind: "printed", drawer: null });
  });

  test("a printer that never answers is unknown and its receipt uncertain, though it printed", async () => {
    const printer = new VirtualPrinter({ columns: 48, silent: true });
    plug(printer);
    await startPrinter("generic-80");
    await print("r1", receipt("牛奶"));
    await until(() => outcome("r1"), { kind: "uncertain", reason: "neverAnswers", drawer: null });
    expect(await status()).toBe("unknown");
    expect(printer.text()).toEqual(["牛奶"]);
  });

  test("is paired by a person's choice and belongs to one window at a time", async () => {
    await startPrinter("generic-80");
    await until(status, "notPaired");
    expect(await page.evaluate(() => (globalThis as unknown as Globals).bench.pair())).toBe("cancelled");
    const printer = new VirtualPrinter({ columns: 48 });
    plug(printer);
    await until(status, "ready");
    const first = page;
    await startPrinter("generic-80");
    await until(status, "error otherWindow");
    await first.close();
    await until(status, "ready");
    await print("r1", receipt("第二个窗口"));
    await until(() => outcome("r1"), { kind: "printed", drawer: null });
    expect(printer.text()).toEqual(["第二个窗口"]);
  });

  test("the last receipt is whole on paper when the page lets go of the printer right after it", async () => {
    const printer = new VirtualPrinter({ columns: 48 });
    plug(printer);
    await startPrinter("generic-80");
    await until(status, "ready");
    await print("r1", longReceipt(100));
    await until(() => outcome("r1"), { kind: "printed", drawer: null });
    await page.evaluate(() => (globalThis as unknown as Globals).bench.close());
    expect(printer.text()).toHaveLength(100);
    expect(printer.papers()[0]?.cut).toBe("partial");
  });
});
