import { browserCamera, createCameraScanner, type CameraScanner } from "../../../../src/devices/scanners/camera.ts";
import { browserClock } from "./browser-clock.ts";

type Seen = {
  readonly scans: readonly string[];
  readonly firstScanMs: number | null;
  readonly frames: number;
  readonly frameMs: readonly number[];
  readonly sizes: readonly string[];
  readonly longTasksMs: readonly number[];
};

const scans: string[] = [];
const frameMs: number[] = [];
const sizes = new Set<string>();
const longTasksMs: number[] = [];
let scanner: CameraScanner;
let startedAt = 0;
let firstScanMs: number | null = null;
let watching = false;

/** Turns the camera on; `way` can pretend that the browser cannot stream frames. Gives the state it ended in. */
export async function start(way: "stream" | "video"): Promise<string> {
  const access = browserCamera(
    () => new Worker(new URL("../../../../workers/barcode.worker.ts", import.meta.url), { type: "module" }),
  );
  startedAt = performance.now();
  scanner = createCameraScanner({
    access: way === "video" ? { ...access, frameStream: null } : access,
    clock: browserClock,
    onScan: ({ text }) => {
      firstScanMs ??= performance.now() - startedAt;
      scans.push(text);
    },
    onReport: (report) => {
      frameMs.push(report.frameMs);
      sizes.add(`${report.width}x${report.height}`);
    },
  });
  const state = await scanner.start();
  if (!watching) watchPage();
  return state.kind;
}

/** How long the page is kept from its own work: gaps between timer turns, beyond the 4 ms a browser keeps between them. */
function watchPage(): void {
  watching = true;
  const channel = new MessageChannel();
  let last = performance.now();
  channel.port1.addEventListener("message", () => {
    const now = performance.now();
    longTasksMs.push(now - last);
    last = now;
    channel.port2.postMessage(null);
  });
  channel.port1.start();
  channel.port2.postMessage(null);
}

export function stop(): string {
  scanner.stop();
  return scanner.state().kind;
}

/** Forgets the figures so far, so that what follows is measured without the start. */
export function measureAnew(): void {
  frameMs.length = 0;
  longTasksMs.length = 0;
}

export function seen(): Seen {
  return {
    scans,
    firstScanMs,
    frames: frameMs.length,
    frameMs: frameMs.toSorted((a, b) => a - b),
    sizes: [...sizes],
    longTasksMs: longTasksMs.toSorted((a, b) => b - a).slice(0, 5),
  };
}
