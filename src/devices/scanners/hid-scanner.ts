import type { Cancel, Clock } from "../../domain/clock.ts";
import { createHidDecoder, scannerPage, scanReports, type HidCollection, type HidDecoder } from "./decoders/hid-pos.ts";
import type { Scan } from "./scan.ts";

/** A report of an open device. */
export type HidInput = { readonly reportId: number; readonly data: DataView };

/** The part of `HIDDevice` that is used. */
export type HidDeviceAccess = {
  readonly opened: boolean;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
  close(): Promise<void>;
  addEventListener(type: "inputreport", listener: (event: HidInput) => void): void;
  removeEventListener(type: "inputreport", listener: (event: HidInput) => void): void;
};

/** The part of `navigator.hid` that is used. */
export type HidAccess = {
  getDevices(): Promise<readonly HidDeviceAccess[]>;
  requestDevice(options: { filters: { usagePage: number }[] }): Promise<readonly HidDeviceAccess[]>;
  addEventListener(
    type: "connect" | "disconnect",
    listener: (event: { readonly device: HidDeviceAccess }) => void,
  ): void;
};

export type HidScanner = {
  /** Lets the person choose a scanner; only on a click. False when none was chosen or it cannot be opened. */
  pair(): Promise<boolean>;
  /** Scanners that are open now. */
  connected(): number;
  /** Calls `listener` when a scanner comes or goes. */
  subscribe(listener: () => void): Cancel;
};

type Listener = (event: HidInput) => void;

/**
 * Every scanner granted to this page, opened by itself at the start and whenever one is plugged in. A replugged device is a new
 * object to the browser; the old one is let go. `isInFront` keeps a hidden window from selling what another one scans:
 * the browser tells every window that has the device open.
 */
export function listenToHidScanners(
  hid: HidAccess,
  clock: Clock,
  isInFront: () => boolean,
  onScan: (scan: Scan) => void,
): HidScanner {
  /** Open, or being opened. */
  const attached = new Map<HidDeviceAccess, Listener>();
  const listening = new Set<HidDeviceAccess>();
  const listeners = new Set<() => void>();
  const changed = (): void => listeners.forEach((listener) => listener());
  const attach = async (device: HidDeviceAccess): Promise<boolean> => {
    if (attached.has(device)) return true;
    const reports = scanReports(device.collections);
    if (reports.size === 0) return false;
    const listener = listenerOf(createHidDecoder(reports), clock, isInFront, onScan);
    attached.set(device, listener);
    const isOpen = await isOpened(device);
    // Unplugged while it was being opened: it has been let go already.
    if (attached.get(device) !== listener) return false;
    if (!isOpen) return !attached.delete(device);
    device.addEventListener("inputreport", listener);
    listening.add(device);
    changed();
    return true;
  };
  const detach = (device: HidDeviceAccess): void => {
    const listener = attached.get(device);
    if (listener === undefined) return;
    attached.delete(device);
    listening.delete(device);
    device.removeEventListener("inputreport", listener);
    // A device that is gone still counts as opened (measured in Chromium 156: nothing sent to it ever settles).
    void device.close().then(null, () => undefined);
    changed();
  };
  hid.addEventListener("connect", ({ device }) => void attach(device));
  hid.addEventListener("disconnect", ({ device }) => detach(device));
  void hid.getDevices().then(
    (devices) => devices.forEach((device) => void attach(device)),
    () => undefined,
  );
  return {
    pair: async () => {
      const chosen = await hid.requestDevice({ filters: [{ usagePage: scannerPage }] }).then(null, () => []);
      return (await Promise.all(chosen.map(attach))).includes(true);
    },
    connected: () => listening.size,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function listenerOf(
  decoder: HidDecoder,
  clock: Clock,
  isInFront: () => boolean,
  onScan: (scan: Scan) => void,
): Listener {
  return ({ reportId, data }) => {
    const at = clock.now();
    const scan = decoder.push(reportId, data, at);
    if (scan === null || !isInFront()) return;
    const { text, symbology } = scan;
    onScan({ text, source: "hid", at, ...(symbology === null ? {} : { symbology }) });
  };
}

/** Whether the device is open now. Unplugged meanwhile, or taken by another program (NotAllowedError for both): it is not. */
async function isOpened(device: HidDeviceAccess): Promise<boolean> {
  if (device.opened) return true;
  return device.open().then(
    () => true,
    () => false,
  );
}
