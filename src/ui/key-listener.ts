import { onCleanup, onMount } from "solid-js";
import { act } from "./act.ts";
import { actionOf, keyName, worksWhileTyping } from "./keys.ts";
import type { Till } from "./till.ts";

/** A key that writes could be the first of a scan: its action waits this long for a second one, which a scanner sends sooner. */
const scanWaitMs = 80;

/**
 * Hears every key of the selling screen and does what the table says. While somebody types in a box only keys that write
 * nothing act; an empty scan box is nobody's typing. A scanner's keys never act.
 */
export function listenToKeys(till: Till): void {
  let cancel: () => void = () => undefined;
  const onKey = (event: KeyboardEvent): void => {
    // a key held down repeats what it does; a scanner never holds one
    if (!event.repeat) cancel();
    const over = till.asked()?.kind;
    if (over === "keys" || over === "count" || over === "ownPin" || event.defaultPrevented) return;
    const key = keyName(event);
    if (key === null || !mayAct(key, event.target)) return;
    const action = actionOf(key, till.state().counter.kind, till.shell.ownKeys());
    if (action === null || (event.repeat && action !== "lineMore" && action !== "lineLess")) return;
    event.preventDefault();
    if (key.length > 1 || event.repeat) act(action, till);
    else cancel = till.shell.clock.after(scanWaitMs, () => act(action, till));
  };
  onMount(() => document.addEventListener("keydown", onKey));
  onCleanup(() => {
    cancel();
    document.removeEventListener("keydown", onKey);
  });
}

function mayAct(key: string, target: EventTarget | null): boolean {
  if (worksWhileTyping(key)) return true;
  // Enter presses the button it is on
  if (key === "Enter" && target instanceof HTMLButtonElement) return false;
  if (target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement) return false;
  return !(target instanceof HTMLInputElement) || (target.value === "" && target.dataset["testid"] === "scan-box");
}
