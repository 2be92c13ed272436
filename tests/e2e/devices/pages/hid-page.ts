import { listenToHidScanners, type HidAccess } from "../../../../src/devices/scanners/hid-scanner.ts";
import { browserClock } from "./browser-clock.ts";

const scans: { readonly text: string; readonly symbology: string | null }[] = [];
const { hid } = navigator as unknown as { readonly hid: HidAccess };
const scanner = listenToHidScanners(
  hid,
  browserClock,
  () => true,
  ({ text, symbology }) => void scans.push({ text, symbology: symbology ?? null }),
);

export function seen(): { readonly scans: typeof scans; readonly connected: number } {
  return { scans, connected: scanner.connected() };
}
