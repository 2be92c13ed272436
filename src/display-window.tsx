import type { JSX } from "solid-js";
import "./display/display.css";
import { displayChannelName } from "./contract/display.ts";
import { CustomerDisplay } from "./display/CustomerDisplay.tsx";
import { browserClock, windowChannel } from "./browser.ts";

/** The customer's window. Its till's token stands in the address, so that two tills on one machine keep apart. */
export function openDisplayWindow(): () => JSX.Element {
  const token = new URLSearchParams(location.search).get("till") ?? "";
  navigator.serviceWorker?.addEventListener("controllerchange", () => location.reload());
  void keepAwake();
  document.addEventListener("visibilitychange", () => void keepAwake());
  return () => <CustomerDisplay channel={windowChannel(displayChannelName(token))} clock={browserClock} />;
}

/** A customer's screen that goes dark is no screen; the browser drops the wish whenever the window is hidden. */
async function keepAwake(): Promise<void> {
  if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
  await navigator.wakeLock.request("screen").then(null, () => null);
}
