import type { Instant } from "../../domain/clock.ts";
import type { CompletedSale } from "../../domain/journal.ts";
import type { ReturnedLine, TenderLeft } from "../../domain/returns.ts";

/** A past sale with what is left of it; `own`: read from this till's ledger because the gateway was silent. */
export type FoundSale = {
  readonly body: CompletedSale;
  readonly completedAt: Instant;
  readonly tillLabel: string;
  readonly returned: readonly ReturnedLine[];
  readonly left: readonly TenderLeft[];
  readonly own: boolean;
};
