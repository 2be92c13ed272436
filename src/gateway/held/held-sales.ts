import { claimAnswer, heldPerStoreMax, type HeldSale, type HoldRequest } from "../../contract/held.ts";
import type { Instant } from "../../domain/clock.ts";
import { tagOf, type SaleId, type StaffId, type StoreId, type TillId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { itemCountOf } from "../../domain/sale-totals.ts";
import type { TillPass } from "../routes/passes.ts";
import { json, type Database } from "../store/database.ts";
import type * as z from "zod/mini";

/** Lets every till of the store take the ticket up. The same again changes nothing; one that was taken up stays taken. */
export async function holdSale(
  database: Database,
  till: TillPass,
  id: SaleId,
  { ticket, total, heldAt }: HoldRequest,
): Promise<Result<null, "badRequest" | "otherTag">> {
  if (ticket.id !== id) return refuse("badRequest");
  if (tagOf(id) !== till.tag && !(await isKnown(database, till, id))) return refuse("otherTag");
  const row = {
    till: till.id,
    staff: ticket.staff,
    sale: json(ticket),
    total: total.amount as number,
    currency: total.currency,
    item_count: itemCountOf(ticket.lines),
    held_at: heldAt as number,
  };
  await database
    .insertInto("held_sale")
    .values({ store: till.store, id, ...row, claimed_by: null, claimed_at: null })
    .onConflict((conflict) =>
      conflict
        .columns(["store", "id"])
        .doUpdateSet({ ...row, claimed_by: null, claimed_at: null })
        // held anew by the till that had taken it up, and only with a later holding
        .where("held_sale.claimed_by", "=", till.id)
        .where("held_sale.held_at", "<", heldAt),
    )
    .execute();
  return ok(null);
}

/** A ticket of another till may be held anew by the till that took it up. */
async function isKnown(database: Database, till: TillPass, id: SaleId): Promise<boolean> {
  const row = await database
    .selectFrom("held_sale")
    .select("claimed_by")
    .where("store", "=", till.store)
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.claimed_by === till.id;
}

/** What waits in the store, oldest first. */
export async function heldSales(database: Database, store: StoreId): Promise<HeldSale[]> {
  const rows = await database
    .selectFrom("held_sale")
    .innerJoin("till", "till.id", "held_sale.till")
    .select(["held_sale.id", "held_sale.till", "till.label", "held_sale.staff", "held_sale.total"])
    .select(["held_sale.currency", "held_sale.item_count", "held_sale.held_at"])
    .where("held_sale.store", "=", store)
    .where("held_sale.claimed_by", "is", null)
    .orderBy("held_sale.held_at")
    .limit(heldPerStoreMax)
    .execute();
  return rows.map((row) => ({
    id: row.id as SaleId,
    till: row.till as TillId,
    tillLabel: row.label,
    staff: row.staff as StaffId,
    total: money(row.total, row.currency as CurrencyCode),
    itemCount: row.item_count,
    heldAt: row.held_at as Instant,
  }));
}

/** What was held and has been taken up, newest first. */
export async function takenSales(database: Database, store: StoreId): Promise<{ id: SaleId; by: TillId }[]> {
  const rows = await database
    .selectFrom("held_sale")
    .select(["id", "claimed_by"])
    .where("store", "=", store)
    .where("claimed_by", "is not", null)
    .orderBy("claimed_at", "desc")
    .limit(heldPerStoreMax)
    .execute();
  return rows.map((row) => ({ id: row.id as SaleId, by: row.claimed_by as TillId }));
}

/** Takes a held ticket up for `till`: once; the same till asking again gets it again. */
export async function claimHeld(
  database: Database,
  till: TillPass,
  id: SaleId,
  at: Instant,
): Promise<Result<z.infer<typeof claimAnswer>, "notFound" | "taken">> {
  const taken = await database
    .updateTable("held_sale")
    .set({ claimed_by: till.id, claimed_at: at })
    .where("store", "=", till.store)
    .where("id", "=", id)
    .where((row) => row.or([row("claimed_by", "is", null), row("claimed_by", "=", till.id)]))
    .returning("sale")
    .executeTakeFirst();
  if (taken !== undefined) return ok(claimAnswer.parse({ ticket: taken.sale }));
  const row = await database
    .selectFrom("held_sale")
    .select("id")
    .where("store", "=", till.store)
    .where("id", "=", id)
    .executeTakeFirst();
  return refuse(row === undefined ? "notFound" : "taken");
}
