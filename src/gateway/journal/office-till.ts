import type { StoreId, TillId } from "../../domain/identifier.ts";
import type { EntryEnvelope } from "../../domain/journal.ts";

/** The till that a store's office is in its journal. No key of a till is ever given to it. */
export function officeTill(store: StoreId): TillId {
  return `office-${store}` as TillId;
}

/** Written by the gateway itself, on a decision in the office. */
export function isOfficeEntry({ store, till }: Pick<EntryEnvelope, "store" | "till">): boolean {
  return till === officeTill(store);
}
