import type { Cancel, Clock, Instant } from "../../domain/clock.ts";

/** What will happen by itself: one task a key, done when its time has come and somebody looks, or by its own timer. */
export type Agenda = {
  /** Puts a task down for `at`, in place of an earlier one of the same key. */
  put(key: string, at: Instant, act: (at: Instant) => void): void;
  drop(key: string): void;
  /** Does what is due by now, in order of time; answers now. */
  settle(): Instant;
  stop(): void;
};

/** Timers of more than 24 days overflow in Node: a later task looks again once a day. */
const timerMsMax = 86_400_000;

type Task = { readonly at: Instant; readonly act: (at: Instant) => void; readonly cancel: Cancel };

/** An agenda with nothing on it. */
export function createAgenda(clock: Clock): Agenda {
  const tasks = new Map<string, Task>();
  const drop = (key: string): void => {
    tasks.get(key)?.cancel();
    tasks.delete(key);
  };
  const put = (key: string, at: Instant, act: (at: Instant) => void): void => {
    drop(key);
    const delay = Math.min(timerMsMax, Math.max(0, at - clock.now()));
    const look = (): void => {
      if (clock.now() >= at) settle();
      else put(key, at, act);
    };
    tasks.set(key, { at, act, cancel: clock.after(delay, look) });
  };
  const settle = (): Instant => {
    const now = clock.now();
    for (;;) {
      const [key, task] = [...tasks].filter(([, { at }]) => at <= now).toSorted(([, a], [, b]) => a.at - b.at)[0] ?? [];
      if (key === undefined || task === undefined) return now;
      drop(key);
      task.act(task.at);
    }
  };
  return {
    put,
    drop,
    settle,
    stop() {
      for (const key of tasks.keys()) drop(key);
    },
  };
}
