/** Locks as the browser has them (`navigator.locks`). */
export type LeaderLocks = { request(name: string, task: () => Promise<void>): Promise<unknown> };

const leaderLock = "kuantai-leader";

/**
 * Runs `lead` in one window of this origin at a time: it drains the outbox, reads the gateway's stream and pulls the
 * catalogue. When that window goes, the next takes over within a moment. Correctness does not rest on it: the gateway is
 * idempotent by number.
 */
export function leadWhenFree(locks: LeaderLocks, lead: () => Promise<void>): void {
  void locks.request(leaderLock, lead);
}
