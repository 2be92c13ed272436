import type { Cancel, Clock } from "../../domain/clock.ts";
import { createDeviceLink, type DeviceLink, type LockAccess } from "../device-link.ts";
import { portsFor, type PortRoles } from "../transports/port-roles.ts";
import { webSerialSource, type SerialAccess } from "../transports/web-serial.ts";
import { createSerialLines, silenceMs, type SerialScan } from "./decoders/serial-lines.ts";
import type { Scan } from "./scan.ts";

/** What the usual scanner is set to on a real serial line; one with a USB plug takes any. */
const lineSettings = { baudRate: 9_600, flowControl: "none" } as const;

/** The name of the lock that makes one window of the till the owner of the scanner's line. */
export const serialScannerLockName = "kuantai:serial-scanner";

export type SerialScanner = {
  /** Lets the person choose the scanner's port; only on a click. */
  pair(): Promise<void>;
  /** Whether this window reads the scanner now, or another one does. */
  isConnected(): boolean;
  /** Calls `listener` when the scanner comes or goes. */
  subscribe(listener: () => void): Cancel;
};

/**
 * A scanner on a serial line (a real one, or one that a USB or Bluetooth scanner makes), found again by itself at the start and
 * after a replug. One window reads the line: `onScan` has to hand a scan on to the window that it is meant for.
 */
export function listenToSerialScanner(parts: {
  readonly serial: SerialAccess;
  readonly roles: PortRoles;
  readonly clock: Clock;
  readonly locks: LockAccess;
  readonly onScan: (scan: Scan) => void;
}): SerialScanner {
  const { serial, roles, clock, locks, onScan } = parts;
  const listeners = new Set<() => void>();
  const line = createLineReader(clock, onScan);
  const link: DeviceLink = createDeviceLink({
    name: serialScannerLockName,
    source: portsFor("scanner", webSerialSource(serial, lineSettings), roles),
    clock,
    locks,
    onBytes: line.read,
    onConnection: ({ state }) => {
      // another scanner may hang there: what it ends its codes with is learned anew
      if (state === "opening") line.forget();
      for (const listener of listeners) listener();
    },
  });
  let isChoosing = false;
  roles.subscribe(() => {
    // another window was given a scanner, which this one reads when that one is gone
    if (roles.scanner() !== null && !isChoosing) void link.start();
  });
  void link.start();
  return {
    pair: async () => {
      isChoosing = true;
      await link.pair().finally(() => {
        isChoosing = false;
      });
    },
    isConnected: () => {
      const connection = link.connection();
      return connection.state === "idle" || (connection.state === "error" && connection.fault === "otherWindow");
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** Scans out of what comes over the line, the ones without a terminator after their silence. */
function createLineReader(
  clock: Clock,
  onScan: (scan: Scan) => void,
): { readonly read: (bytes: Uint8Array) => void; readonly forget: () => void } {
  let lines = createSerialLines();
  let silence: Cancel = () => undefined;
  const tell = ({ text, symbology }: SerialScan): void =>
    onScan({ text, source: "serial", at: clock.now(), ...(symbology === null ? {} : { symbology }) });
  return {
    read: (bytes) => {
      silence();
      lines.push(bytes).forEach(tell);
      if (!lines.waits()) return;
      silence = clock.after(silenceMs, () => {
        const scan = lines.silent();
        if (scan !== null) tell(scan);
      });
    },
    forget: () => {
      silence();
      lines = createSerialLines();
    },
  };
}
