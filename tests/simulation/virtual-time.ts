import { instant, type Cancel, type Clock, type Instant } from "../../src/domain/clock.ts";

/** Turns of the event loop without any work in flight after which nothing is left to run at this instant. */
const stillTurns = 3;

type Task = { readonly at: number; readonly order: number; readonly run: () => void };

/** A clock that moves only when no call is in flight, and the processes that live by it. */
export type VirtualTime = {
  readonly clock: Clock;
  /** Says that real work (a query, a storage transaction) has begun; call the answer when it ends. */
  begin(): () => void;
  /** Does `task` after `turns` more turns of the event loop: in the middle of whatever is running. */
  interruptAfter(turns: number, task: () => void): void;
  /** Runs until `work` is over; throws when nothing more can happen or `until` has passed. */
  run<Value>(work: Promise<Value>, until: Instant): Promise<Value>;
};

/** Virtual time that starts at `startsAt`; tasks run in the order they are due. */
export function virtualTime(startsAt: Instant): VirtualTime {
  let now = startsAt;
  let inFlight = 0;
  let given = 0;
  let turn = 0;
  const tasks: Task[] = [];
  const interrupts = new Map<number, () => void>();

  const settled = async (): Promise<void> => {
    for (let still = 0; still < stillTurns;) {
      await new Promise((resolve) => setImmediate(resolve));
      turn++;
      const interrupt = interrupts.get(turn);
      interrupts.delete(turn);
      interrupt?.();
      still = inFlight > 0 || interrupt !== undefined ? 0 : still + 1;
    }
  };

  return {
    clock: {
      now: () => now,
      after(delayMs, run): Cancel {
        const task = { at: now + Math.max(0, delayMs), order: given++, run };
        tasks.splice(placeOf(tasks, task), 0, task);
        return () => {
          const at = tasks.indexOf(task);
          if (at !== -1) tasks.splice(at, 1);
        };
      },
    },
    begin() {
      inFlight++;
      let isOver = false;
      return () => {
        if (!isOver) inFlight--;
        isOver = true;
      };
    },
    interruptAfter: (turns, task) => void interrupts.set(turn + turns, task),
    async run(work, until) {
      let isOver = false;
      const done = (): void => void (isOver = true);
      work.then(done, done);
      for (;;) {
        await settled();
        if (isOver) return work;
        const next = tasks.shift();
        if (next === undefined) throw new Error("nothing can happen any more, and the day is not over");
        if (next.at > until) throw new Error(`the day is not over at ${new Date(until).toISOString()}`);
        now = instant(Math.max(now, next.at));
        next.run();
      }
    },
  };
}

/** Where `task` stands among `tasks`, which are in order: after those due at the same instant. */
function placeOf(tasks: readonly Task[], task: Task): number {
  let low = 0;
  let high = tasks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tasks[middle]?.at ?? 0) <= task.at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One process of the simulation: when it is killed, its timers never run and its calls never come back. */
export type Process = {
  readonly clock: Clock;
  isAlive(): boolean;
  kill(): void;
  /** Does `task` at the kill, unless the answer is called before. */
  onKill(task: () => void): Cancel;
};

/** A process whose own clock is `skewMs` ahead of the world's. */
export function startProcess(time: VirtualTime, skewMs: number): Process {
  let alive = true;
  const timers = new Set<Cancel>();
  const ends = new Set<() => void>();
  return {
    clock: {
      now: () => instant(time.clock.now() + skewMs),
      after(delayMs, task) {
        if (!alive) return () => undefined;
        const cancel = time.clock.after(delayMs, () => {
          timers.delete(cancel);
          task();
        });
        timers.add(cancel);
        return () => {
          cancel();
          timers.delete(cancel);
        };
      },
    },
    isAlive: () => alive,
    kill() {
      if (!alive) return;
      alive = false;
      for (const cancel of timers) cancel();
      for (const end of ends) end();
    },
    onKill(task) {
      ends.add(task);
      return () => void ends.delete(task);
    },
  };
}

/** A promise that never settles: what a dead process waits for. */
export function never<Value>(): Promise<Value> {
  return new Promise<Value>(() => undefined);
}
