import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import type { DatabasePlatform } from "../../src/storage/database.ts";
import type { DraftLocks } from "../../src/storage/drafts.ts";
import type { LeaderLocks } from "../../src/sync/leadership.ts";
import { never, type Process, type VirtualTime } from "./virtual-time.ts";

/** What outlives the till's window in a browser: IndexedDB, and locks that a dead window lets go. */
export type SimulatedBrowser = {
  platform(process: Process): DatabasePlatform;
  draftLocks(process: Process): DraftLocks;
  leaderLocks(process: Process): LeaderLocks;
};

/** A browser without any site's storage. Every open and every transaction counts as work in flight. */
export function simulatedBrowser(time: VirtualTime): SimulatedBrowser {
  const factory = new IDBFactory();
  const held = new Map<string, Process>();
  const waiting: { readonly name: string; readonly process: Process; readonly task: () => Promise<void> }[] = [];
  const isHeld = (name: string): boolean => held.get(name)?.isAlive() === true;
  const runNext = (): void => {
    const next = waiting.findIndex(({ name, process }) => process.isAlive() && !isHeld(name));
    if (next === -1) return;
    const [{ name, process, task } = { name: "", process: null, task: null }] = waiting.splice(next, 1);
    if (process === null || task === null) return;
    held.set(name, process);
    process.onKill(runNext);
    // a dead window's broken calls are nobody's trouble
    void task().then(null, (trouble: unknown) => {
      if (process.isAlive()) throw trouble;
    });
  };
  return {
    platform: (process) => ({ indexedDB: mortalFactory(factory, process, time), IDBKeyRange }),
    draftLocks: (process) => ({
      async request(name, options, task) {
        if (!process.isAlive()) return never();
        if (isHeld(name) && options.ifAvailable) return task(null);
        held.set(name, process);
        await task({ name });
        held.delete(name);
      },
    }),
    leaderLocks: (process) => ({
      async request(name, task) {
        waiting.push({ name, process, task });
        runNext();
        return never();
      },
    }),
  };
}

/** `factory` as one window sees it: after its death nothing it asks for happens, and what it had asked for may still commit. */
function mortalFactory(factory: IDBFactory, process: Process, time: VirtualTime): IDBFactory {
  return new Proxy(factory, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      if (name !== "open") return member.bind(target) as unknown;
      return (...given: [string, number?]) => {
        if (!process.isAlive()) return silentRequest();
        const end = time.begin();
        const request = target.open(...given);
        request.addEventListener("success", () => {
          end();
          watchTransactions(request.result, process, time);
        });
        request.addEventListener("error", end);
        return request;
      };
    },
  });
}

function silentRequest(): unknown {
  return { addEventListener: () => undefined };
}

function watchTransactions(database: IDBDatabase, process: Process, time: VirtualTime): void {
  const begin = database.transaction.bind(database);
  database.transaction = (...given: Parameters<typeof begin>) => {
    if (!process.isAlive()) throw new DOMException("the window is gone", "InvalidStateError");
    const end = time.begin();
    const transaction = begin(...given);
    for (const name of ["complete", "abort"]) transaction.addEventListener(name, end);
    return transaction;
  };
}
