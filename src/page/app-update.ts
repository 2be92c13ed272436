import { Workbox } from "workbox-window";

/** Shared by every window that has a sale open or a payment on its way; an update takes it exclusively. */
const busyLock = "kuantai-busy";
const checkEveryMs = 3_600_000;

export type UpdateLocks = {
  request(
    name: string,
    options: { readonly mode?: "shared" | "exclusive"; readonly ifAvailable?: boolean },
    task: (lock: unknown) => Promise<void>,
  ): Promise<unknown>;
};

export type AppUpdate = {
  /** Takes the waiting version over if no window is busy; the page then reloads once. */
  takeOver(): Promise<void>;
  /** Says whether this window may be reloaded now. */
  setBusy(busy: boolean): void;
};

/**
 * Registers the till's service worker (only the till's window does) and lets a new version wait until every window is empty.
 * `onReady` hears that one waits.
 */
export function watchAppUpdate(
  locks: UpdateLocks,
  after: (delayMs: number, task: () => void) => void,
  onReady: () => void,
): AppUpdate {
  const workbox = new Workbox("/service-worker.js");
  let reloading = false;
  workbox.addEventListener("waiting", onReady);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!reloading && hadController) {
      reloading = true;
      location.reload();
    }
    hadController = true;
  });
  let hadController = navigator.serviceWorker.controller !== null;
  void workbox.register();
  const check = (): void => {
    void workbox.update();
    after(checkEveryMs, check);
  };
  after(checkEveryMs, check);
  let busyNow = false;
  let release: () => void = () => undefined;
  return {
    takeOver: async () => {
      await locks.request(busyLock, { mode: "exclusive", ifAvailable: true }, async (lock) => {
        if (lock !== null) workbox.messageSkipWaiting();
      });
    },
    setBusy: (busy) => {
      if (busy === busyNow) return;
      busyNow = busy;
      if (!busy) return release();
      const done = new Promise<void>((resolve) => {
        release = resolve;
      });
      void locks.request(busyLock, { mode: "shared" }, () => done);
    },
  };
}
