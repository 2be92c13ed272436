import { sql } from "kysely";
import type { Instant } from "../../domain/clock.ts";
import type { Database } from "../store/database.ts";
import { mendKind } from "./mend.ts";

/**
 * What was said to an approval, or that it was taken back, is heeded at once by the proposal that waits for it: a no ends it, a yes is
 * carried out by its job without another pause. Called when the decision stands, not in its SQL transaction: the job takes the proposal
 * before its approval. It may be missed: the job comes to the same by itself.
 */
export async function heedDecision(database: Database, approval: string, at: Instant): Promise<void> {
  await sql`
    update mending m set state = 'refused', decided_by = a.decided_by, decided_at = ${at}
    from approval a
    where a.id = ${approval} and a.state in ('refused', 'withdrawn') and m.approval = a.id and m.state = 'proposed'
  `.execute(database);
  await sql`
    update job j set due_at = ${at}
    from mending m
    where m.approval = ${approval} and j.store = m.store and j.id = ${`${mendKind}/`} || m.id and j.kind = ${mendKind}
      and j.due_at > ${at} and j.claimed_until is null
  `.execute(database);
}
