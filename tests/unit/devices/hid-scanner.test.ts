import { expect, test } from "vitest";
import type { HidAccess, HidDeviceAccess, HidInput } from "../../../src/devices/scanners/hid-scanner.ts";
import { listenToHidScanners } from "../../../src/devices/scanners/hid-scanner.ts";
import { instant } from "../../../src/domain/clock.ts";
import { virtualClock } from "../../conformance/providers/virtual-clock.ts";

type Fake = HidDeviceAccess & { say(text: string): void; readonly log: string[] };

/** A scanner whose descriptor has 16 bytes of decoded data and nothing else. */
function fakeScanner(page = 0x8c, opens = true): Fake {
  const listeners = new Set<(event: HidInput) => void>();
  const log: string[] = [];
  let opened = false;
  return {
    log,
    get opened() {
      return opened;
    },
    collections: [
      {
        usagePage: page,
        inputReports: [{ reportId: 0, items: [{ usages: [page * 65_536 + 0xfe], reportSize: 8, reportCount: 16 }] }],
      },
    ],
    open: async () => {
      log.push("open");
      if (!opens) throw new DOMException("Failed to open the device.", "NotAllowedError");
      opened = true;
    },
    close: async () => void log.push("close"),
    addEventListener: (_type, listener) => void listeners.add(listener),
    removeEventListener: (_type, listener) => void listeners.delete(listener),
    say: (text) => {
      const bytes = new Uint8Array(16);
      bytes.set(new TextEncoder().encode(text));
      for (const listener of listeners) listener({ reportId: 0, data: new DataView(bytes.buffer) });
    },
  };
}

function setUp(granted: readonly Fake[], chosen: readonly Fake[] = []) {
  const hears = new Map<string, (event: { device: HidDeviceAccess }) => void>();
  const hid: HidAccess = {
    getDevices: async () => granted,
    requestDevice: async () => chosen,
    addEventListener: (type, listener) => void hears.set(type, listener),
  };
  const scans: string[] = [];
  const front = { is: true };
  const clock = virtualClock(instant(0));
  const scanner = listenToHidScanners(
    hid,
    clock,
    () => front.is,
    ({ text, source }) => void scans.push(`${source} ${text}`),
  );
  const settle = (): Promise<void> => new Promise((done) => setTimeout(done));
  return { scanner, scans, front, settle, fire: (type: string, device: Fake) => hears.get(type)?.({ device }) };
}

test("a granted scanner is opened by itself and its codes come through the door", async () => {
  const device = fakeScanner();
  const { scanner, scans, settle } = setUp([device]);
  await settle();
  device.say("6901234567892");
  expect([scans, scanner.connected()]).toEqual([["hid 6901234567892"], 1]);
});

test("a replugged scanner is another object, and the old one is let go", async () => {
  const [old, anew] = [fakeScanner(), fakeScanner()];
  const { scanner, scans, fire, settle } = setUp([old]);
  await settle();
  fire("disconnect", old);
  expect(scanner.connected()).toBe(0);
  fire("connect", anew);
  await settle();
  old.say("OLD");
  anew.say("NEW");
  expect([scans, old.log, scanner.connected()]).toEqual([["hid NEW"], ["open", "close"], 1]);
});

test("a chosen scanner works at once; a device that is none, or cannot be opened, is not taken", async () => {
  const [good, scale, taken] = [fakeScanner(), fakeScanner(0x8d), fakeScanner(0x8c, false)];
  const paired = async (device: Fake): Promise<boolean> => setUp([], [device]).scanner.pair();
  expect([await paired(good), await paired(scale), await paired(taken)]).toEqual([true, false, false]);
  expect(scale.log).toEqual([]);
});

test("a window that is not in front sells nothing of what is scanned", async () => {
  const device = fakeScanner();
  const { scans, front, settle } = setUp([device]);
  await settle();
  front.is = false;
  device.say("6901234567892");
  front.is = true;
  device.say("6901234567908");
  expect(scans).toEqual(["hid 6901234567908"]);
});

test("a scanner counts as connected once it is open, not while it is being opened", async () => {
  const device = fakeScanner();
  const { scanner, settle, fire } = setUp([]);
  fire("connect", device);
  expect(scanner.connected()).toBe(0);
  await settle();
  expect(scanner.connected()).toBe(1);
});

test("a scanner unplugged while it was being opened is not listened to", async () => {
  const device = fakeScanner();
  const { scanner, scans, settle, fire } = setUp([]);
  fire("connect", device);
  fire("disconnect", device);
  await settle();
  device.say("6901234567892");
  expect([scans, scanner.connected()]).toEqual([[], 0]);
});
