import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { chromium, type BrowserContext } from "playwright-core";
import type { Bench } from "./bench.ts";

/** Where a system Chromium may be; the first that exists is used. CHROMIUM_PATH goes before all. */
const usualPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

/**
 * Ports that end-to-end tests serve their pages on: Chromium's policy grants serial ports to whole origins, port included,
 * and knows no wildcard for it.
 */
export const testPorts: readonly number[] = Array.from({ length: 20 }, (_, n) => 47_810 + n);

const policyFolder = "/etc/chromium/policies/managed";
const policyFile = `${policyFolder}/kuantai-test.json`;

/** The Chromium to test with; throws when there is none. */
export function chromiumPath(): string {
  const path = [process.env["CHROMIUM_PATH"] ?? "", ...usualPlaces].find((place) => place !== "" && existsSync(place));
  if (path === undefined)
    throw new Error(`No Chromium found in ${usualPlaces.join(", ")}: install it, or name it in CHROMIUM_PATH.`);
  return path;
}

/**
 * Grants the test origins every serial port and HID device, through Chromium's policy file, read at its start. Writing it takes root, once;
 * false when it is not there and cannot be written.
 */
export function grantDevices(): boolean {
  const urls = testPorts.flatMap((port) => [`http://127.0.0.1:${port}`, `http://localhost:${port}`]);
  const policy = JSON.stringify({ SerialAllowAllPortsForUrls: urls, WebHidAllowAllDevicesForUrls: urls });
  if (existsSync(policyFile) && readFileSync(policyFile, "utf8") === policy) return true;
  if (process.getuid?.() !== 0) return false;
  mkdirSync(policyFolder, { recursive: true });
  writeFileSync(policyFile, policy);
  return true;
}

/** What a test asks of its browser. `fakeCamera` is a .mjpeg or .y4m clip that plays in a loop as the only camera. */
export type LaunchOptions = {
  readonly userDataDir: string;
  readonly bench?: Bench;
  readonly fakeCamera?: string;
  /** False shows the window; needs a display. */
  readonly headless?: boolean;
  readonly args?: readonly string[];
};

/** A real Chromium with a profile of its own, its devices on the bench. Close the context when done. */
export async function launchChromium(options: LaunchOptions): Promise<BrowserContext> {
  if (options.bench !== undefined && !grantDevices())
    throw new Error(`${policyFile} is missing and only root can write it: run the device tests once as root.`);
  const camera =
    options.fakeCamera === undefined
      ? []
      : [
          "--use-fake-device-for-media-stream",
          "--use-fake-ui-for-media-stream",
          `--use-file-for-fake-video-capture=${options.fakeCamera}`,
        ];
  return chromium.launchPersistentContext(options.userDataDir, {
    executablePath: chromiumPath(),
    headless: options.headless ?? true,
    chromiumSandbox: process.getuid?.() !== 0,
    env: { ...(process.env as Record<string, string>), ...options.bench?.environment() },
    args: [
      "--disable-gpu", // no GPU where tests run
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...camera,
      ...(options.args ?? []),
    ],
  });
}

/**
 * Lets `requestPort` pick the first really granted port that matches: headless Chromium would show its chooser for ever.
 * An init script, put on the context before the page loads; without a port it rejects as a closed chooser does.
 */
export async function chooseFirstPort(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    if (!("serial" in navigator)) return;
    navigator.serial.requestPort = async () => {
      const [port] = await navigator.serial.getPorts();
      if (port === undefined) throw new DOMException("No port selected by the user.", "NotFoundError");
      return port;
    };
  });
}
