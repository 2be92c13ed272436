import type { DraftLocks } from "../../src/storage/drafts.ts";

/** Web Locks of one browser: windows compete for names, and a closed window lets go of all of its own. */
export function windowLocks(): { window(): DraftLocks & { close(): void } } {
  const held = new Map<string, object>();
  return {
    window() {
      const self = {};
      return {
        async request(name, _options, task) {
          if (held.has(name)) return task(null);
          held.set(name, self);
          await task({ name });
          held.delete(name);
        },
        close() {
          for (const [name, holder] of held) if (holder === self) held.delete(name);
        },
      };
    },
  };
}
