import { createSignal, type Accessor } from "solid-js";
import { displayPictures } from "../contract/display-pictures.ts";
import { picturePath, picturesPath } from "../contract/picture-paths.ts";
import type { Clock } from "../domain/clock.ts";

/** A picture that the owner hangs or takes away is seen after this at the latest. */
const askEveryMs = 300_000;
/** While there was no answer yet. */
const askAgainMs = 15_000;
const answerWithinMs = 10_000;

/**
 * Addresses of the shop's pictures, asked for now and again, at once when the network or the service worker comes; without an
 * answer the last ones stand. Only the customer's window asks.
 */
export function watchPictures(clock: Clock): Accessor<readonly string[]> {
  const [pictures, setPictures] = createSignal<readonly string[]>([], { equals: isSame });
  let cancel: () => void = () => undefined;
  const ask = async (): Promise<void> => {
    cancel();
    const named = await listed();
    if (named !== null) setPictures(named.map(picturePath));
    cancel();
    cancel = clock.after(named === null ? askAgainMs : askEveryMs, () => void ask());
  };
  window.addEventListener("online", () => void ask());
  // the first service worker stores what it is asked for from now on
  navigator.serviceWorker?.addEventListener("controllerchange", () => void ask());
  void ask();
  return pictures;
}

async function listed(): Promise<readonly string[] | null> {
  try {
    const answer = await fetch(picturesPath, { signal: AbortSignal.timeout(answerWithinMs) });
    const read = displayPictures.safeParse(answer.ok ? await answer.json() : null);
    return read.success ? read.data.pictures : null;
  } catch {
    // no network, and none stored
    return null;
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((each, index) => each === other[index]);
}
