import { browserClock, windowChannel } from "./browser.ts";
import { portRoles } from "./port-roles.ts";
import { scanMessage, scansChannelName } from "../contract/windows.ts";
import { listenToSerialScanner, type SerialScanner } from "../devices/scanners/serial-scanner.ts";
import { shareScans } from "../devices/scanners/shared-scans.ts";

/** The serial scanner of this page, or of another window of the till that hands its scans on. */
export function serialScannerOfPage(
  serial: Serial,
  isInFront: () => boolean,
  take: (text: string) => void,
): SerialScanner {
  const windows = windowChannel(scansChannelName);
  const channel = {
    post: (text: string): void => windows.post({ v: 1, text }),
    listen: (listener: (text: string) => void): void => {
      windows.listen((message) => {
        const parsed = scanMessage.safeParse(message);
        if (parsed.success) listener(parsed.data.text);
      });
    },
  };
  return listenToSerialScanner({
    serial,
    roles: portRoles,
    clock: browserClock,
    locks: navigator.locks,
    onScan: shareScans(channel, isInFront, take),
  });
}
