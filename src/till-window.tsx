import type { Remote } from "comlink";
import { createSignal, type Accessor, type JSX } from "solid-js";
import { displayChannelName } from "./contract/display.ts";
import { windowsChannelName } from "./contract/windows.ts";
import type { counter } from "./counter.ts";
import { browserClock, browserRandom, windowChannel } from "./browser.ts";
import { listenAsApp, type InstalledApp } from "./installed-app.ts";
import type { JournalSource } from "./app-parts.ts";
import { storedOwnKeys } from "./own-keys.ts";
import { latePaper } from "./late-paper.ts";
import type { CameraScanner } from "./devices/scanners/camera.ts";
import type { HidAccess } from "./devices/scanners/hid-scanner.ts";
import { listenToWedge } from "./devices/scanners/keyboard-wedge.ts";
import { randomCrockford } from "./domain/identifier.ts";
import type { Language } from "./domain/item.ts";
import { languages, loadMessages, preferredLanguage } from "./i18n/languages.ts";
import type { Messages } from "./i18n/messages.ts";
import { createLateRegister } from "./register/late-register.ts";
import type { Register } from "./register/register.ts";
import { CatalogDatabase, LedgerDatabase, type InstallRow } from "./storage/database.ts";
import type { CatalogKeeper } from "./storage/catalog-keeper.ts";
import { keepDraft } from "./storage/drafts.ts";
import { createLedger } from "./storage/ledger.ts";
import { sha256Base64, sha256Hex } from "./storage/sha256.ts";
import type { AppUpdate } from "./app-update.ts";
import { createClockOffset } from "./sync/clock-offset.ts";
import { createGatewayClient, type Signer } from "./sync/gateway-client.ts";
import { fromBase64Url, pepperedVerifier, webKeyMaker, webSigner } from "./sync/web-keys.ts";
import { App, type CounterScreens } from "./ui/App.tsx";
import type { CameraView, PaperWidth, Shell } from "./ui/till.ts";

type PinWorker = { stretch(pin: string, salt: Uint8Array): Uint8Array<ArrayBuffer> };

const languageKey = "kuantai-language";
const paperKey = "kuantai-paper-width";

/** Composes the till of this window from the browser's own parts, and gives its view. */
export async function openTillWindow(): Promise<() => JSX.Element> {
  const app = listenAsApp();
  // Fetched while the databases open: a cold start waits for both.
  const spoken = firstWords();
  const { register, loadScreens, displayToken, journal } = await composeRegister();
  useActivationFromAddress(register);
  listenToWedge(window, browserClock, (scan) => void register.scan(scan.text));
  window.addEventListener("online", () => register.networkChanged(true));
  window.addEventListener("offline", () => register.networkChanged(false));
  const openDisplay = (): Window | null =>
    window.open(`/display?till=${displayToken()}`, `kuantai-display-${displayToken()}`, "popup,width=1024,height=600");
  const shell = { ...composeShell(register, await spoken), ...app.join(register, journal, openDisplay) };
  return () => <App register={register} loadScreens={loadScreens} shell={shell} />;
}

async function composeRegister(): Promise<{
  register: Register;
  loadScreens: () => Promise<CounterScreens>;
  displayToken: () => string;
  journal: JournalSource;
}> {
  const offset = createClockOffset(browserClock);
  const platform = { indexedDB, IDBKeyRange };
  const catalogDatabase = new CatalogDatabase(platform);
  const database = new LedgerDatabase(platform);
  // Both at once; a failure shows at the first use.
  void database.open().then(null, () => undefined);
  const ledger = createLedger({
    database,
    clock: browserClock,
    sha256: sha256Hex,
    offsetMs: () => offset.offsetMs(),
  });
  let signer: Signer | null = null;
  const client = createGatewayClient({
    fetch: (input, init) => fetch(input, init),
    origin: "",
    clock: browserClock,
    random: browserRandom,
    offset,
    sha256Base64,
    signer: () => signer,
  });
  const draft = await keepDraft(catalogDatabase, navigator.locks, randomCrockford(browserRandom, 16));
  const token = draft.window;
  const displays = { own: windowChannel(displayChannelName(token)), any: windowChannel(displayChannelName("")) };
  const paper = latePaper(async () => (await loadCounter()).paperOfPage(storedPaperWidth));
  const { register, load } = createLateRegister(
    {
      clock: browserClock,
      random: browserRandom,
      sha256: sha256Hex,
      offset,
      ledger,
      catalogDatabase,
      catalog: catalogInWorker(),
      draft,
      persistence: navigator.storage,
      client,
      keys: webKeyMaker(crypto.subtle),
      signer: () => signer,
      useInstall: (install) => {
        signer = webSigner(crypto.subtle, install.settings.till, install.signingKey);
      },
      pinCheck: pinCheckInWorker(),
      windows: windowChannel(windowsChannelName),
      printer: paper.printer,
      receiptWords: paper.receiptWords,
    },
    { request: (name, task) => navigator.locks.request(name, task) },
    // The words on paper come with the desk: a sale that ends is printed at once.
    async (core) => {
      const [{ openDesk }] = await Promise.all([loadCounter(), paper.load()]);
      return openDesk(core, displays);
    },
  );
  const loadScreens = async (): Promise<CounterScreens> => {
    const [{ screens }] = await Promise.all([loadCounter(), load()]);
    return screens;
  };
  return { register, loadScreens, displayToken: () => token, journal: { database, signer: () => signer } };
}

/** What comes after the first screen; the browser fetches it once. */
function loadCounter(): Promise<typeof counter> {
  return import("./counter.ts").then((parts) => parts.counter);
}

/** The catalogue is read, written and searched in a worker, started when first asked. */
function catalogInWorker(): CatalogKeeper {
  let started: Promise<Remote<CatalogKeeper>> | null = null;
  const worker = (): Promise<Remote<CatalogKeeper>> =>
    (started ??= import("comlink").then(({ wrap }) =>
      wrap<CatalogKeeper>(new Worker(new URL("../workers/catalog.worker.ts", import.meta.url), { type: "module" })),
    ));
  return {
    refresh: async () => (await worker()).refresh(),
    store: async (cursor, page) => {
      const [{ transfer }, keeper] = [await import("comlink"), await worker()];
      return keeper.store(cursor, transfer(page, [page]));
    },
    tidy: async () => (await worker()).tidy(),
    search: async (text) => (await worker()).search(text),
  };
}

/** The PIN is stretched in a worker of its own, started when first needed, and compared through the till's pepper. */
function pinCheckInWorker(): (install: InstallRow, salt: string, verifier: string, pin: string) => Promise<boolean> {
  let worker: Remote<PinWorker> | null = null;
  return async (install, salt, verifier, pin) => {
    const { wrap } = await import("comlink");
    worker ??= wrap<PinWorker>(new Worker(new URL("../workers/pin.worker.ts", import.meta.url), { type: "module" }));
    const stretched = await worker.stretch(pin, fromBase64Url(salt));
    return (await pepperedVerifier(crypto.subtle, install.pepper, stretched)) === verifier;
  };
}

/** An address with `#activate=CODE` is an offer to activate; the code leaves the address at once. */
function useActivationFromAddress(register: Register): void {
  const code = /^#activate=([0-9A-Za-z-]{4,20})$/.exec(location.hash)?.[1];
  if (code === undefined) return;
  history.replaceState(null, "", location.pathname);
  const stop = register.state.subscribe((state) => {
    if (state.phase === "starting") return;
    stop();
    if (state.phase === "activation") void register.activate(code);
  });
}

type Spoken = { readonly language: Language; readonly words: Messages };

async function firstWords(): Promise<Spoken> {
  const language = storedLanguage() ?? preferredLanguage(navigator.languages);
  return { language, words: await loadMessages(language) };
}

function composeShell(register: Register, first: Spoken): Omit<Shell, keyof ReturnType<InstalledApp["join"]>> {
  const [spoken, setSpoken] = createSignal(first);
  const [updateReady, setUpdateReady] = createSignal(false);
  const [paperWidthMm, setPaperWidthMm] = createSignal(storedPaperWidth());
  const [view, setView] = createSignal<CameraView>({ kind: "off" });
  // A waiting version takes over by itself while nobody is signed on; else somebody presses the button on an empty till.
  const takeOverIfEmpty = (): void => {
    if (updateReady() && register.state.get().phase === "signOn" && register.isIdle()) void update?.takeOver();
  };
  const onReady = (): void => {
    setUpdateReady(true);
    takeOverIfEmpty();
  };
  let update: AppUpdate | null = null;
  if (import.meta.env.PROD)
    void watchUpdates(onReady).then((watch) => {
      update = watch;
      update.setBusy(!register.isIdle());
    });
  register.state.subscribe(() => {
    update?.setBusy(!register.isIdle());
    takeOverIfEmpty();
  });
  return {
    clock: browserClock,
    language: () => spoken().language,
    words: () => spoken().words,
    setLanguage: (language) => {
      localStorage.setItem(languageKey, language);
      void loadMessages(language).then((words) => setSpoken({ language, words }));
    },
    camera: cameraOnDemand(register, view, setView),
    scanner: hidScanners(register),
    paperWidthMm,
    setPaperWidthMm: (width) => {
      localStorage.setItem(paperKey, String(width));
      setPaperWidthMm(width);
    },
    ...storedOwnKeys(),
    updateReady,
    update: () => void update?.takeOver(),
  };
}

/** The update's code comes after the first screen: nothing on it waits for that. */
async function watchUpdates(onReady: () => void): Promise<AppUpdate> {
  const { watchAppUpdate } = await import("./app-update.ts");
  return watchAppUpdate(navigator.locks, (delayMs, task) => void browserClock.after(delayMs, task), onReady);
}

function storedPaperWidth(): PaperWidth {
  return localStorage.getItem(paperKey) === "58" ? 58 : 80;
}

function storedLanguage(): Language | null {
  const stored = localStorage.getItem(languageKey);
  return languages.find((each) => each === stored) ?? null;
}

/** Scanners over WebHID. Their code comes after the first screen, and only where the browser has WebHID. */
function hidScanners(register: Register): Shell["scanner"] {
  const hid = (navigator as { readonly hid?: HidAccess }).hid;
  const [connected, setConnected] = createSignal(0);
  if (hid === undefined) return { isOffered: () => false, pair: () => undefined };
  const parts = [import("./devices/scanners/hid-scanner.ts"), import("./devices/scanners/front-window.ts")] as const;
  const listening = Promise.all(parts).then(([{ listenToHidScanners }, { frontWindow, windowPlace }]) => {
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
function cameraOnDemand(
  register: Register,
  view: Accessor<CameraView>,
  setView: (view: CameraView) => void,
): Shell["camera"] {
  let camera: CameraScanner | null = null;
  const load = async (): Promise<CameraScanner> => {
    const { browserCamera, createCameraScanner } = await import("./devices/scanners/camera.ts");
    const made = createCameraScanner({
      access: browserCamera(
        () => new Worker(new URL("../workers/barcode.worker.ts", import.meta.url), { type: "module" }),
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
