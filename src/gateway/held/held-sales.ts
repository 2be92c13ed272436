import { heldPerStoreMax, type HeldSale, type HoldRequest } from "../../contract/held.ts";
import type { Instant } from "../../domain/clock.ts";
import { tagOf, type SaleId, type StaffId, type StoreId, type TillId } from "../../domain/identifier.ts";
import { money, type CurrencyCode } from "../../domain/money.ts";
import { ok, refuse, type Result } from "../../domain/result.ts";
import { itemCountOf } from "../../domain/sale-totals.ts";
import type { TillPass } from "../routes/passes.ts";
import { json, type Database } from "../store/database.ts";

const free = { claimed_by: null, claimed_at: null, wanted_by: null, wanted_at: null, got_at: null };

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
    .values({ store: till.store, id, ...row, ...free })
    .onConflict((conflict) =>
      conflict
        .columns(["store", "id"])
        .doUpdateSet({ ...row, ...free })
        // held anew by the till that had taken it up, and only with a later holding
        .where((held) =>
          held.or([
            held("held_sale.claimed_by", "=", till.id),
            held.and([held("held_sale.claimed_by", "is", null), held("held_sale.till", "=", till.id)]),
          ]),
        )
        .where("held_sale.held_at", "<", heldAt),
    )
    .execute();
  return ok(null);
}

/** A ticket that another till made may be held anew by the till that took it up. */
async function isKnown(database: Database, till: TillPass, id: SaleId): Promise<boolean> {
  const row = await database
    .selectFrom("held_sale")
    .select(["till", "claimed_by"])
    .where("store", "=", till.store)
    .where("id", "=", id)
    .executeTakeFirst();
  return (row?.claimed_by ?? row?.till) === till.id;
}

/** What waits in the store, and what was given to `till` and it has not said to have; oldest first. */
export async function heldSales(database: Database, { store, id: asker }: TillPass): Promise<HeldSale[]> {
  const rows = await database
    .selectFrom("held_sale")
    .innerJoin("till", "till.id", "held_sale.till")
    .select(["held_sale.id", "held_sale.till", "till.label", "held_sale.staff", "held_sale.total"])
    .select(["held_sale.currency", "held_sale.item_count", "held_sale.held_at"])
    .where("held_sale.store", "=", store)
    .where((held) =>
      held.or([
        held("held_sale.claimed_by", "is", null),
        held.and([
          held("held_sale.claimed_by", "=", asker),
          held("held_sale.till", "<>", asker),
          held("held_sale.got_at", "is", null),
        ]),
      ]),
    )
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
