import type { Core } from "../core.ts";
import type { TenderMethod } from "../state.ts";

/** How the rest of a sale is asked for: by code; without the network it stays with what is noted, where that was chosen. */
export function methodNow(core: Core): TenderMethod {
  const { counter, connection } = core.state.get();
  return counter.kind === "tender" && counter.method === "shown" && !connection.online ? "shown" : "code";
}
