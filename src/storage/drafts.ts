import type { Instant } from "../domain/clock.ts";
import type { CountBegun } from "../domain/denominations.ts";
import type { Sale } from "../domain/sale.ts";
import type { CatalogDatabase } from "./database.ts";

/** Locks as the browser has them (`navigator.locks`). */
export type DraftLocks = {
  request(
    name: string,
    options: { readonly ifAvailable: boolean },
    task: (lock: unknown) => Promise<void>,
  ): Promise<unknown>;
};

/** This window's open ticket, kept over reloads and crashes. */
export type DraftKeeper = {
  /** Names this window in what it stores. */
  readonly window: string;
  /** Whether the window of that name still lives. */
  isAlive(window: string): Promise<boolean>;
  /** What an ended window left, if anything. */
  readonly found: Sale | null;
  save(sale: Sale, at: Instant): Promise<void>;
  clear(): Promise<void>;
  /** The count of the drawer that was begun of this name (a shift's first, or its second), in whatever window; null where none was. */
  countBegun(of: string): Promise<CountBegun | null>;
  /** Keeps what was typed of it, in the place of any other; null drops it. */
  keepCount(of: string, begun: CountBegun | null): Promise<void>;
};

/**
 * Takes over the first draft whose window is gone (its lock is free), else starts an own one under `freshId`. The lock is
 * held for as long as the window lives, so that two windows never show one ticket.
 */
export async function keepDraft(database: CatalogDatabase, locks: DraftLocks, freshId: string): Promise<DraftKeeper> {
  for (const row of await database.draft.toArray()) {
    if (await holdForever(locks, row.id)) return keeper(database, locks, row.id, row.sale);
  }
  // nobody else knows that name: its lock is ours as soon as the browser comes to it
  void holdForever(locks, freshId);
  return keeper(database, locks, freshId, null);
}

/** For a browser that keeps nothing: the open ticket lives as long as its window. What the ledger says of the storage is shown. */
export function forgetfulDraft(freshId: string): DraftKeeper {
  return {
    window: freshId,
    isAlive: async (window) => window === freshId,
    found: null,
    save: async () => undefined,
    clear: async () => undefined,
    countBegun: async () => null,
    keepCount: async () => undefined,
  };
}

function keeper(database: CatalogDatabase, locks: DraftLocks, id: string, found: Sale | null): DraftKeeper {
  return {
    window: id,
    isAlive: async (window) => {
      let alive = window === id;
      if (!alive)
        await locks.request(lockName(window), { ifAvailable: true }, async (lock) => {
          alive = lock === null;
        });
      return alive;
    },
    found,
    save: async (sale, savedAt) => {
      await database.draft.put({ id, sale, savedAt });
    },
    clear: async () => {
      await database.draft.delete(id);
    },
    countBegun: async (of) => {
      const row = await database.count.get("count");
      return row?.of === of ? row.begun : null;
    },
    keepCount: async (of, begun) => {
      if (begun === null) await database.count.clear();
      else await database.count.put({ id: "count", of, begun });
    },
  };
}

function holdForever(locks: DraftLocks, id: string): Promise<boolean> {
  return new Promise((resolve) => {
    void locks.request(lockName(id), { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? Promise.resolve() : new Promise<void>(() => undefined);
    });
  });
}

function lockName(window: string): string {
  return `kuantai-draft-${window}`;
}
