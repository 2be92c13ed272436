import { beforeEach, describe, expect, test } from "vitest";
import { silenceMs } from "../../../src/devices/scanners/decoders/serial-lines.ts";
import { generic80 } from "../../../src/devices/printers/models/generic-80.ts";
import { createReceiptPrinter } from "../../../src/devices/receipt-printer.ts";
import { listenToSerialScanner, type SerialScanner } from "../../../src/devices/scanners/serial-scanner.ts";
import { shareScans } from "../../../src/devices/scanners/shared-scans.ts";
import { createFakeLocks } from "../../device-bench/fake-locks.ts";
import { createFakeSerial, fakeSerialScanner, type FakeSerial } from "../../device-bench/fake-serial.ts";
import { freshPortRoles } from "../../device-bench/port-roles.ts";
import { createVirtualClock, type VirtualClock } from "../../device-bench/virtual-clock.ts";
import { VirtualPrinter } from "../../device-bench/virtual-printer.ts";
import { longReceipt, receipt } from "./print-jobs.ts";

const ids = { usbVendorId: 0x0c2e, usbProductId: 0x0caa };
let clock: VirtualClock;
let fake: FakeSerial;
let kept: Map<string, string>;
let scans: string[];

beforeEach(() => {
  clock = createVirtualClock();
  fake = createFakeSerial();
  kept = new Map();
  scans = [];
});

/** A window's scanner, given the time to find its port. */
async function listening(locks = createFakeLocks(), roles = freshPortRoles(kept)): Promise<SerialScanner> {
  const onScan = ({ text }: { readonly text: string }): void => void scans.push(text);
  const scanner = listenToSerialScanner({ serial: fake.serial, roles, clock, locks, onScan });
  await clock.advance(100);
  return scanner;
}

/** A window's printer, given the time to find its port and hear it. */
async function printing(roles = freshPortRoles(kept)) {
  const printer = createReceiptPrinter({
    serial: fake.serial,
    roles,
    clock,
    locks: createFakeLocks(),
    model: () => generic80,
  });
  await clock.advance(600);
  return printer;
}

describe("a scanner on a serial line", () => {
  test("is read after a person chose its port, and by itself after the next start", async () => {
    const device = fakeSerialScanner();
    const port = fake.plug(device, { ids, granted: false });
    const scanner = await listening();
    expect(scanner.isConnected()).toBe(false);
    await scanner.pair();
    await clock.advance(100);
    expect(scanner.isConnected()).toBe(true);
    device.send("6901234567892\r");
    await clock.advance(10);
    fake.unplug(port);
    await clock.advance(10);
    expect(scanner.isConnected()).toBe(false);
    fake.plug(device, { ids });
    await clock.advance(100);
    device.send("6901234567908\r");
    await clock.advance(10);
    expect(scans).toEqual(["6901234567892", "6901234567908"]);
    // a new start finds it by what is kept
    fake = createFakeSerial();
    fake.plug(device, { ids });
    expect((await listening()).isConnected()).toBe(true);
    device.send("6901234567915\r");
    await clock.advance(10);
    expect(scans.at(-1)).toBe("6901234567915");
  });

  test("that sends no terminator is read after its silence", async () => {
    const device = fakeSerialScanner();
    fake.plug(device, { ids });
    await (await listening()).pair();
    await clock.advance(100);
    device.send("69012");
    await clock.advance(silenceMs - 10);
    device.send("34567892");
    await clock.advance(silenceMs - 10);
    expect(scans).toEqual([]);
    await clock.advance(20);
    expect(scans).toEqual(["6901234567892"]);
  });

  test("no port is taken for a scanner that nobody chose", async () => {
    fake.plug(fakeSerialScanner(), { ids });
    expect((await listening()).isConnected()).toBe(false);
  });
});

describe("two serial devices on one counter", () => {
  test("each keeps its own, in whichever order they are plugged in", async () => {
    const device = fakeSerialScanner();
    const paper = new VirtualPrinter({ columns: 48 });
    const port = fake.plug(device, { ids });
    await (await listening()).pair();
    await clock.advance(100);
    fake.plug(paper);
    const printer = await printing();
    expect(printer.status()).toEqual({ kind: "ready" });
    const printed = printer.print("r1", receipt("牛奶"));
    await clock.advance(2_000);
    expect(await printed).toMatchObject({ kind: "printed" });
    fake.unplug(port);
    await clock.advance(100);
    fake.plug(device, { ids });
    await clock.advance(100);
    device.send("6901234567892\r");
    await clock.advance(10);
    expect([scans, printer.status()]).toEqual([["6901234567892"], { kind: "ready" }]);
  });

  test("a printer does not take the scanner's port when that is all there is", async () => {
    fake.plug(fakeSerialScanner(), { ids });
    await (await listening()).pair();
    await clock.advance(100);
    expect((await printing()).status()).toEqual({ kind: "notPaired" });
  });

  test("a port that the printer had taken is the scanner's once a person chose it, and the printer finds its own", async () => {
    const device = fakeSerialScanner();
    const port = fake.plug(device, { ids });
    const roles = freshPortRoles(kept);
    const printer = await printing(roles);
    expect(port.readable).not.toBeNull();
    fake.plug(new VirtualPrinter({ columns: 48 }));
    const scanner = await listening(createFakeLocks(), roles);
    await scanner.pair();
    await clock.advance(5_000);
    device.send("6901234567892\r");
    await clock.advance(10);
    expect([scanner.isConnected(), printer.status(), scans]).toEqual([true, { kind: "ready" }, ["6901234567892"]]);
  });

  test("a port that prints is given away after the receipt, not within it", async () => {
    const paper = new VirtualPrinter({ columns: 48, bufferBytes: 1_024 });
    fake.plug(paper);
    const roles = freshPortRoles(kept);
    const printer = await printing(roles);
    paper.setStuck(true);
    const printed = printer.print("r1", longReceipt(200));
    await clock.advance(50);
    const scanner = await listening(createFakeLocks(), roles);
    await scanner.pair();
    await clock.advance(1_000);
    expect([scanner.isConnected(), printer.queueLength()]).toEqual([false, 1]);
    paper.setStuck(false);
    await clock.advance(2_000);
    expect(await printed).toMatchObject({ kind: "printed" });
    await clock.advance(5_000);
    expect([scanner.isConnected(), printer.status()]).toEqual([true, { kind: "notPaired" }]);
  });

  test("a port that was taken for the scanner's by mistake is given to the printer by choosing it there", async () => {
    const paper = new VirtualPrinter({ columns: 48 });
    fake.plug(paper);
    const roles = freshPortRoles(kept);
    const scanner = await listening(createFakeLocks(), roles);
    await scanner.pair();
    await clock.advance(100);
    expect(scanner.isConnected()).toBe(true);
    const printer = await printing(roles);
    expect(printer.status()).toEqual({ kind: "notPaired" });
    await printer.pair();
    await clock.advance(5_000);
    expect([scanner.isConnected(), printer.status()]).toEqual([false, { kind: "ready" }]);
  });

  test("two equal adapters are one for each", async () => {
    const device = fakeSerialScanner();
    const first = fake.plug(device, { ids });
    fake.plug(new VirtualPrinter({ columns: 48 }), { ids });
    fake.pick(first);
    await (await listening()).pair();
    await clock.advance(100);
    const printer = await printing();
    device.send("6901234567892\r");
    await clock.advance(10);
    expect([scans, printer.status()]).toEqual([["6901234567892"], { kind: "ready" }]);
  });
});

describe("two windows of one till", () => {
  test("one reads the scanner, and the one in front gets the scan", async () => {
    const device = fakeSerialScanner();
    fake.plug(device, { ids });
    const taken: string[] = [];
    const heard: ((text: string) => void)[] = [];
    const channelOf = (own: number) => ({
      post: (text: string) => heard.forEach((hear, n) => (n === own ? undefined : hear(text))),
      listen: (hear: (text: string) => void) => void (heard[own] = hear),
    });
    let front = 1;
    const locks = createFakeLocks();
    const windows: SerialScanner[] = [];
    for (const own of [0, 1]) {
      const onScan = shareScans(
        channelOf(own),
        () => front === own,
        (text) => taken.push(`${own} ${text}`),
      );
      const parts = { serial: fake.serial, roles: freshPortRoles(kept), clock, locks, onScan };
      windows.push(listenToSerialScanner(parts));
      if (own === 0) await windows[0]?.pair();
      await clock.advance(100);
    }
    expect(windows.map((each) => each.isConnected())).toEqual([true, true]);
    device.send("6901234567892\r");
    await clock.advance(10);
    front = 0;
    device.send("6901234567908\r");
    await clock.advance(10);
    expect(taken).toEqual(["1 6901234567892", "0 6901234567908"]);
  });
});
