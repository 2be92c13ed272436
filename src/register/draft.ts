import type { Core } from "./core.ts";

/** Keeps the open ticket over a reload; one with a payment is kept by the ledger. */
export async function saveDraft(core: Core): Promise<void> {
  const { sale } = core.state.get();
  if (sale === null || sale.lines.length === 0 || sale.liveAttempt !== null) return core.ports.draft.clear();
  await core.ports.draft.save(sale, core.ports.clock.now());
}
