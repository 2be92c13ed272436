import { createEffect, createMemo, createSignal, on, onCleanup } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import type { Answer, Trouble } from "./office-client.ts";

/** The page's clock and metronome; real in `main.tsx`. `every` answers what stops it. */
export type PageClock = { now(): number; every(ms: number, task: () => void): () => void };

/** Something of the gateway's that is asked for again and again; what is shown stays while a new answer is on its way. */
export type Live<Told> = {
  readonly value: () => Told | null;
  /** Of the last try; null when it went well. */
  readonly trouble: () => Trouble | null;
  /** When the value shown was read. */
  readonly readAt: () => number | null;
  readonly refresh: () => Promise<void>;
};

/**
 * Asks `load` for what `key` names, at once and every `everyMs`. An answer to a key that is no longer asked for is dropped;
 * parts that did not change keep their identity, so that nothing on the page moves.
 */
export function createLive<Key, Told extends object>(
  key: () => Key | null,
  load: (key: Key) => Answer<Told>,
  clock: PageClock,
  everyMs: number,
): Live<Told> {
  const [shown, setShown] = createStore<{ value: Told | null }>({ value: null });
  const [trouble, setTrouble] = createSignal<Trouble | null>(null);
  const [readAt, setReadAt] = createSignal<number | null>(null);
  let round = 0;
  let isAsking = false;

  const refresh = async (): Promise<void> => {
    const asked = key();
    if (asked === null) return;
    const mine = ++round;
    isAsking = true;
    const answer = await load(asked);
    if (mine !== round) return;
    isAsking = false;
    setTrouble(answer.ok ? null : answer.refusal);
    if (!answer.ok) return;
    setReadAt(clock.now());
    setShown("value", reconcile(answer.value as Told | null));
  };
  // a key that is worked out again and is the same asks for nothing new
  const named = createMemo(key);
  createEffect(
    on(named, () => {
      round += 1;
      setShown("value", null);
      setTrouble(null);
      setReadAt(null);
      void refresh();
    }),
  );
  onCleanup(clock.every(everyMs, () => void (isAsking || refresh())));
  return { value: () => shown.value, trouble, readAt, refresh };
}
