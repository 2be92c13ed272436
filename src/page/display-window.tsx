import type { JSX } from "solid-js";
import "../display/display.css";
import "../display/pictures.css";
import { displayChannelName } from "../contract/display.ts";
import { CustomerDisplay } from "../display/CustomerDisplay.tsx";
import { browserClock, windowChannel } from "./browser.ts";
import { watchPictures } from "./idle-pictures.ts";

/** The customer's window. Its till's token stands in the address, so that two tills on one machine keep apart. */
export function openDisplayWindow(): () => JSX.Element {
  const token = new URLSearchParams(location.search).get("till") ?? "";
  reloadAfterUpdate();
  void keepAwake();
  document.addEventListener("visibilitychange", () => void keepAwake());
  const pictures = watchPictures(browserClock);
  return () => (
    <CustomerDisplay channel={windowChannel(displayChannelName(token))} clock={browserClock} pictures={pictures()} />
  );
}

/** A new version takes every window over at once. The first one that ever took over changes nothing on this screen. */
function reloadAfterUpdate(): void {
  const worker = navigator.serviceWorker;
  if (worker === undefined) return;
  let hadController = worker.controller !== null;
  worker.addEventListener("controllerchange", () => {
    if (hadController) location.reload();
    hadController = true;
  });
}

/** A customer's screen that goes dark is no screen; the browser drops the wish whenever the window is hidden. */
async function keepAwake(): Promise<void> {
  if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
  await navigator.wakeLock.request("screen").then(null, () => null);
}
