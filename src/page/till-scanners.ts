import { createSignal, type Accessor } from "solid-js";
import { browserClock, browserRandom } from "./browser.ts";
import type { CameraScanner } from "../devices/scanners/camera.ts";
import type { HidAccess } from "../devices/scanners/hid-scanner.ts";
import { randomCrockford } from "../domain/identifier.ts";
import type { Register } from "../register/register.ts";
import type { CameraView, Shell } from "../ui/till.ts";

/** Scanners over WebHID and on a serial line. Their code comes after the first screen, and only where the browser has either. */
export function pluggedScanners(register: Register, painted: Promise<void>): Shell["scanners"] {
  const take = (text: string): void => void register.scan(text);
  const front = painted.then(async () => {
    const { frontWindow, windowPlace } = await import("../devices/scanners/front-window.ts");
    return frontWindow(randomCrockford(browserRandom, 8), windowPlace(document, window), localStorage);
  });
  return { hid: hidScanners(front, take), serial: serialScanner(front, take) };
}

type Offer = Shell["scanners"]["hid"];
type Front = Promise<() => boolean>;
type Take = (text: string) => void;

const notOffered: Offer = { isOffered: () => false, pair: () => undefined };

function hidScanners(front: Front, take: Take): Offer {
  const hid = (navigator as { readonly hid?: HidAccess }).hid;
  const [connected, setConnected] = createSignal(0);
  if (hid === undefined) return notOffered;
  const listening = front.then(async (isInFront) => {
    const { listenToHidScanners } = await import("../devices/scanners/hid-scanner.ts");
    const scanner = listenToHidScanners(hid, browserClock, isInFront, (scan) => take(scan.text));
    scanner.subscribe(() => setConnected(scanner.connected()));
    return scanner;
  });
  return {
    isOffered: () => connected() === 0,
    pair: () => void listening.then((scanner) => scanner.pair()),
  };
}

function serialScanner(front: Front, take: Take): Offer {
  const { serial } = navigator as { readonly serial?: Serial };
  const [isConnected, setConnected] = createSignal(false);
  if (serial === undefined) return notOffered;
  const listening = front.then(async (isInFront) => {
    const { serialScannerOfPage } = await import("./serial-scanner.ts");
    const scanner = serialScannerOfPage(serial, isInFront, take);
    scanner.subscribe(() => setConnected(scanner.isConnected()));
    return scanner;
  });
  return {
    isOffered: () => !isConnected(),
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
