import { createSignal, type Accessor } from "solid-js";
import { browserClock, browserRandom } from "./browser.ts";
import type { CameraScanner } from "../devices/scanners/camera.ts";
import type { HidAccess } from "../devices/scanners/hid-scanner.ts";
import { randomCrockford } from "../domain/identifier.ts";
import type { Register } from "../register/register.ts";
import type { CameraView, Shell } from "../ui/till.ts";

/** Scanners over WebHID. Their code comes after the first screen, and only where the browser has WebHID. */
export function hidScanners(register: Register, painted: Promise<void>): Shell["scanner"] {
  const hid = (navigator as { readonly hid?: HidAccess }).hid;
  const [connected, setConnected] = createSignal(0);
  if (hid === undefined) return { isOffered: () => false, pair: () => undefined };
  const parts = () =>
    Promise.all([import("../devices/scanners/hid-scanner.ts"), import("../devices/scanners/front-window.ts")]);
  const listening = painted.then(parts).then(([{ listenToHidScanners }, { frontWindow, windowPlace }]) => {
    const isInFront = frontWindow(randomCrockford(browserRandom, 8), windowPlace(document, window), localStorage);
    const scanner = listenToHidScanners(hid, browserClock, isInFront, (scan) => void register.scan(scan.text));
    scanner.subscribe(() => setConnected(scanner.connected()));
    return scanner;
  });
  return {
    isOffered: () => connected() === 0,
    pair: () => void listening.then((scanner) => scanner.pair()),
  };
}

/** The camera's code is fetched (from the precache, offline too) when it is first turned on: most tills have a scanner. */
export function cameraOnDemand(
  register: Register,
  view: Accessor<CameraView>,
  setView: (view: CameraView) => void,
): Shell["camera"] {
  let camera: CameraScanner | null = null;
  const load = async (): Promise<CameraScanner> => {
    const { browserCamera, createCameraScanner } = await import("../devices/scanners/camera.ts");
    const made = createCameraScanner({
      access: browserCamera(
        () => new Worker(new URL("../../workers/barcode.worker.ts", import.meta.url), { type: "module" }),
      ),
      clock: browserClock,
      onScan: (scan) => void register.scan(scan.text),
    });
    made.subscribe(setView);
    return made;
  };
  return {
    view,
    start: () =>
      void (async () => {
        camera ??= await load();
        await camera.start();
      })(),
    stop: () => camera?.stop(),
  };
}
