import { outboxState } from "../storage/outbox.ts";
import type { Core } from "./core.ts";

/** Counts what the gateway has not acknowledged, for "unsent: N". */
export async function refreshOutbox(core: Core): Promise<void> {
  const read = await core.ports.ledger.run((database) => outboxState(database));
  if (!read.ok) return;
  const { connection } = core.state.get();
  core.state.patch({ connection: { ...connection, unsent: read.value.unsent, oldestUnsentAt: read.value.oldestAt } });
}
