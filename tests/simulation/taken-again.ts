import { sql } from "kysely";
import { parseEntry } from "../../src/contract/journal.ts";
import type { takeBatch } from "../../src/gateway/journal/intake.ts";

type TakeBatch = typeof takeBatch;

/** `take`, which while `isPlanted` has forgotten that it holds a batch's entries: no head of theirs, and no key of their own. */
export function takenAgain(take: TakeBatch, isPlanted: () => boolean): TakeBatch {
  return async (parts, till, batch) => {
    const first = parseEntry(batch.entries[0] ?? "");
    if (!isPlanted() || !first.ok) return take(parts, till, batch);
    const { number, prev } = first.value;
    await sql`alter table journal_entry drop constraint if exists journal_entry_pkey`.execute(parts.database);
    await parts.database
      .updateTable("journal_head")
      .set({ number: number - 1, hash: Buffer.from(prev, "hex") })
      .where("till", "=", till.id)
      .where("number", ">=", number)
      .execute();
    return take(parts, till, batch);
  };
}
