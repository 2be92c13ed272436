import { instant, type Clock, type Random } from "../domain/clock.ts";
import type { MessageChannelLike } from "../register/ports.ts";

/** The browser's clock: the one place of the page that reads it. */
export const browserClock: Clock = {
  now: () => instant(Date.now()),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

/** The browser's cryptographic randomness. */
export const browserRandom: Random = { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) };

/** A BroadcastChannel as the register knows it. */
export function windowChannel(name: string): MessageChannelLike {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => {
      const hear = (event: MessageEvent<unknown>): void => listener(event.data);
      channel.addEventListener("message", hear);
      return () => channel.removeEventListener("message", hear);
    },
  };
}
