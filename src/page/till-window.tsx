import { createSignal, type JSX } from "solid-js";
import { browserClock } from "./browser.ts";
import { watchFirstScreen } from "./first-screen.ts";
import { listenAsApp, type InstalledApp } from "./installed-app.ts";
import { storedOwnKeys } from "./own-keys.ts";
import { listenToWedge } from "../devices/scanners/keyboard-wedge.ts";
import type { Language } from "../domain/item.ts";
import { money } from "../domain/money.ts";
import { languages, loadMessages, preferredLanguage } from "../i18n/languages.ts";
import { formatsOf } from "../i18n/locale.ts";
import type { Messages } from "../i18n/messages.ts";
import type { Register } from "../register/register.ts";
import type { AppUpdate } from "./app-update.ts";
import { composeRegister } from "./till-register.ts";
import { cameraOnDemand, pluggedScanners } from "./till-scanners.ts";
import { App } from "../ui/App.tsx";
import type { CameraView, PaperWidth, Shell } from "../ui/till.ts";

const languageKey = "kuantai-language";
const paperKey = "kuantai-paper-width";

/** Composes the till of this window from the browser's own parts, and gives its view. */
export async function openTillWindow(): Promise<() => JSX.Element> {
  const app = listenAsApp();
  const first = watchFirstScreen();
  // Fetched while the databases open: a cold start waits for both.
  const spoken = firstWords();
  const { register, loadScreens, displayToken, journal } = await composeRegister(first.painted, storedPaperWidth);
  first.follow(register.state);
  // A page's first number format costs it 40 ms and more: not while somebody waits for the tiles.
  void first.painted.then(() => formatsOf("en").amount(money(0, "CNY")));
  useActivationFromAddress(register);
  listenToWedge(window, browserClock, (scan) => void register.scan(scan.text));
  window.addEventListener("online", () => register.networkChanged(true));
  window.addEventListener("offline", () => register.networkChanged(false));
  const openDisplay = (): Window | null =>
    window.open(`/display?till=${displayToken()}`, `kuantai-display-${displayToken()}`, "popup,width=1024,height=600");
  const shell = {
    ...composeShell(register, await spoken, first.painted),
    ...app.join(register, journal, openDisplay, first.painted),
  };
  return () => <App register={register} loadScreens={loadScreens} shell={shell} />;
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

function composeShell(
  register: Register,
  first: Spoken,
  painted: Promise<void>,
): Omit<Shell, keyof ReturnType<InstalledApp["join"]>> {
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
    void watchUpdates(painted, onReady).then((watch) => {
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
    scanners: pluggedScanners(register, painted),
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
async function watchUpdates(painted: Promise<void>, onReady: () => void): Promise<AppUpdate> {
  await painted;
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
