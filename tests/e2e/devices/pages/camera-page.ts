import { browserCamera, createCameraScanner, type CameraScanner } from "../../../../src/devices/scanners/camera.ts";
import { browserClock } from "./browser-clock.ts";

type Seen = {
  readonly scans: readonly string[];
  readonly firstScanMs: number | null;
  readonly frames: number;
  readonly frameMs: readonly number[];
  readonly sizes: readonly string[];
};

const scans: string[] = [];
const frameMs: number[] = [];
const sizes = new Set<string>();
let scanner: CameraScanner;
let startedAt = 0;
let firstScanMs: number | null = null;

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
  return state.kind;
}

export function stop(): string {
  scanner.stop();
  return scanner.state().kind;
}

/** Forgets the figures so far, so that what follows is measured without the start. */
export function measureAnew(): void {
  frameMs.length = 0;
}

export function seen(): Seen {
  return {
    scans,
    firstScanMs,
    frames: frameMs.length,
    frameMs: frameMs.toSorted((a, b) => a - b),
    sizes: [...sizes],
  };
}
