import type { AttemptRow } from "../../storage/database.ts";
import { breakOn, type Core } from "../core.ts";
import { parkRow } from "./give-up.ts";
import { watchAttempt } from "./watch-attempt.ts";

/** Parks and asks about attempts whose window is gone: the till is free to serve, a capture completes its sale by itself. */
export async function takeOver(core: Core, attempts: readonly AttemptRow[]): Promise<void> {
  for (const row of attempts) {
    if (await isServed(core, row)) continue;
    if (row.parked === 0 && row.abandoned !== "freed") await parkOrphan(core, row);
    watchAttempt(core, row.id);
  }
}

/** Whether another living window looks after the attempt; one under our own name is from before our start. */
async function isServed(core: Core, row: AttemptRow): Promise<boolean> {
  return row.window !== core.ports.draft.window && (await core.ports.draft.isAlive(row.window));
}

async function parkOrphan(core: Core, row: AttemptRow): Promise<void> {
  const written = await core.ports.ledger.transact(async (transaction) => {
    const now = await transaction.database.attempt.get(row.id);
    if (now === undefined || now.parked === 1 || now.resolved === 1) return;
    await parkRow(now, transaction);
  });
  if (!written.ok) breakOn(core, written.refusal);
}
