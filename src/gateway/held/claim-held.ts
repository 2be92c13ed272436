import { claimAnswer, claimWaitsMs, type claimRequest, type ReleaseRequest } from "../../contract/held.ts";
import type { Instant } from "../../domain/clock.ts";
import type { SaleId, StoreId, TillId } from "../../domain/identifier.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import type { TillPass } from "../routes/passes.ts";
import type { HeldSaleRow } from "../store/counter-tables.ts";
import { inTransaction, json, type Database } from "../store/database.ts";
import type * as z from "zod/mini";

type Claimed = z.infer<typeof claimAnswer> & { /** The till that has to be asked. */ readonly ask: TillId | null };

/** The hint to the holder goes out again this often while somebody waits. */
const askAgainMs = 900;

/**
 * Asks for a held ticket. Its own till has it at once; another one only when that till has let it go, because it may have taken
 * it up itself without a network. The till that has it gets it again, whatever it lost. `ends`: it waits no longer; `got`: it is
 * stored there.
 */
export function claimHeld(
  database: Database,
  till: TillPass,
  id: SaleId,
  { ends, got = false }: Pick<z.infer<typeof claimRequest>, "ends" | "got">,
  at: Instant,
): Promise<Result<Claimed, "notFound" | "taken">> {
  return inTransaction(database, async (step) => {
    const row = await lockHeld(step, till.store, id);
    if (row === undefined) return refuse("notFound");
    const mine = { ticket: claimAnswer.parse({ ticket: row.sale }).ticket, ask: null };
    if (row.claimed_by !== null && row.claimed_by !== till.id) return refuse("taken");
    if (row.claimed_by === till.id) {
      if (got && row.got_at === null) await change(step, row, { got_at: at });
      return ok(mine);
    }
    if (row.till === till.id) {
      await change(step, row, { claimed_by: till.id, claimed_at: at });
      return ok(mine);
    }
    const waits = isWaiting(row, at);
    if (waits && row.wanted_by !== till.id) return ends ? ok({ ticket: null, ask: null }) : refuse("taken");
    if (ends) {
      await change(step, row, { wanted_by: null, wanted_at: null });
      return ok({ ticket: null, ask: null });
    }
    if (waits && at - (row.wanted_at ?? 0) < askAgainMs) return ok({ ticket: null, ask: null });
    await change(step, row, { wanted_by: till.id, wanted_at: at });
    return ok({ ticket: null, ask: row.till as TillId });
  });
}

/** The holder lets its ticket go, or has none. The same again gives the same; null: nobody waits for it any more. */
export function releaseHeld(
  database: Database,
  till: TillPass,
  id: SaleId,
  { to, ticket }: ReleaseRequest,
  at: Instant,
): Promise<TillId | null> {
  return inTransaction(database, async (step) => {
    const row = await lockHeld(step, till.store, id);
    if (row === undefined) return null;
    if (row.claimed_by !== null) return row.claimed_by as TillId;
    // whoever got it has set it aside again since
    if (row.till !== till.id) return row.till as TillId;
    if (ticket === null) {
      await change(step, row, { claimed_by: till.id, claimed_at: at });
      return till.id;
    }
    if (row.wanted_by !== to || !isWaiting(row, at)) return null;
    await change(step, row, { claimed_by: to, claimed_at: at, sale: json(ticket) });
    return to;
  });
}

/** Tickets of `till` that others wait for. */
export async function wantedOf(
  database: Database,
  till: TillPass,
  at: Instant,
): Promise<{ readonly sale: SaleId; readonly by: TillId; readonly wantedAt: number }[]> {
  const rows = await database
    .selectFrom("held_sale")
    .select(["id", "wanted_by", "wanted_at"])
    .where("store", "=", till.store)
    .where("till", "=", till.id)
    .where("claimed_by", "is", null)
    .where("wanted_at", ">", at - claimWaitsMs)
    .execute();
  return rows.map((row) => ({ sale: row.id as SaleId, by: row.wanted_by as TillId, wantedAt: row.wanted_at ?? 0 }));
}

function isWaiting(row: HeldSaleRow, at: Instant): boolean {
  return row.wanted_by !== null && at - (row.wanted_at ?? 0) < claimWaitsMs;
}

function lockHeld(step: Database, store: StoreId, id: SaleId): Promise<HeldSaleRow | undefined> {
  return step
    .selectFrom("held_sale")
    .selectAll()
    .where("store", "=", store)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

async function change(step: Database, { store, id }: HeldSaleRow, to: Partial<HeldSaleRow>): Promise<void> {
  await step.updateTable("held_sale").set(to).where("store", "=", store).where("id", "=", id).execute();
}
