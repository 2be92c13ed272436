import type { LockAccess } from "../devices/device-link.ts";

const key = "kuantai-display-token";

/**
 * What the customer's window of this till window is addressed by. It outlives a reload, because the customer's window does; a
 * copy of the window (a duplicated tab) gets one of its own.
 *
 * @param fresh a name unlike any other's
 */
export async function displayTokenOf(
  session: Pick<Storage, "getItem" | "setItem">,
  locks: LockAccess,
  fresh: string,
): Promise<string> {
  const kept = session.getItem(key);
  if (kept !== null && (await hold(locks, kept))) return kept;
  session.setItem(key, fresh);
  void hold(locks, fresh);
  return fresh;
}

/** Takes the token's lock for as long as this window lives; false where another window has it. */
function hold(locks: LockAccess, token: string): Promise<boolean> {
  return new Promise((resolve) => {
    const held = locks.request(`${key}-${token}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? Promise.resolve() : new Promise<void>(() => undefined);
    });
    void held.then(null, () => resolve(false));
  });
}
