import type { Core } from "./core.ts";

/** A ticket older than this is yesterday's: its prices may not hold, and its customer has left. */
export const draftKeptMs = 12 * 3_600_000;

/** Keeps the open ticket over a reload; one with a payment is kept by the ledger. */
export async function saveDraft(core: Core): Promise<void> {
  const { sale } = core.state.get();
  if (sale === null || sale.lines.length === 0 || sale.liveAttempt !== null) return core.ports.draft.clear();
  await core.ports.draft.save(sale, core.ports.clock.now());
}
