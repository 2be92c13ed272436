import type { LockAccess } from "../../src/devices/device-link.ts";

/** Web Locks of one browser in Node: windows that share the object compete for the names. */
export function createFakeLocks(): LockAccess {
  const held = new Map<string, Promise<unknown>>();
  return {
    async request(name, options, task) {
      const before = held.get(name);
      if (before !== undefined && options.ifAvailable === true) return task(null);
      const run = (async () => {
        await before;
        return task({ name });
      })();
      held.set(name, run);
      await run;
      if (held.get(name) === run) held.delete(name);
      return undefined;
    },
  };
}
