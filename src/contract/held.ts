import * as z from "zod/mini";
import type { Sale } from "../domain/sale.ts";
import { approvalSchema } from "./approval.ts";
import {
  currencyField,
  instantField,
  moneyField,
  saleIdField,
  sessionIdField,
  staffIdField,
  taxModeField,
  tillIdField,
} from "./fields.ts";
import { discountRule, saleLine } from "./sale.ts";
import { linesPerSaleMax } from "../domain/sale-lines.ts";

/** Held at once by a till, and shown of a store. */
export const heldPerTillMax = 10;
export const heldPerStoreMax = 100;

/** A ticket set aside: no money is in it. */
export const heldTicket = z.object({
  id: saleIdField,
  currency: currencyField,
  taxMode: taxModeField,
  session: sessionIdField,
  staff: staffIdField,
  openedAt: instantField,
  lines: z.array(saleLine).check(z.minLength(1), z.maxLength(linesPerSaleMax)),
  lastLine: z.number().check(z.int(), z.gte(1)),
  discount: z.nullable(discountRule),
  approvals: z.array(approvalSchema),
});

/** PUT /v1/held-sales/{id} (till): lets every till of the store take it up. Repeating it changes nothing. */
export const holdRequest = z.object({ v: z.literal(1), ticket: heldTicket, total: moneyField, heldAt: instantField });
export type HoldRequest = z.infer<typeof holdRequest>;

/** GET /v1/held-sales (till): what waits in the store, oldest first. */
export const heldSale = z.object({
  id: saleIdField,
  till: tillIdField,
  tillLabel: z.string(),
  staff: staffIdField,
  total: moneyField,
  itemCount: z.number(),
  heldAt: instantField,
});
export const heldSales = z.object({
  held: z.array(heldSale),
  /** Taken up, and by which till: the till that had held it drops its own copy. */
  taken: z.array(z.object({ id: saleIdField, by: tillIdField })),
});
/** PUT's answer. */
export const holdAnswer = z.object({ held: z.literal(true) });
export type HeldSale = z.infer<typeof heldSale>;

/**
 * POST /v1/held-sales/{id}/claims (till): asks for another till's ticket; 409 `taken` when it is not there any more. The till that
 * holds it must let it go first: it alone knows, offline too, whether it has taken it up itself. A null ticket: it is being asked,
 * ask again in `claimAgainMs`. `ends` withdraws, and still brings the ticket when it was let go in this very moment. The holder
 * says in the same way that it has taken up its own.
 */
export const claimRequest = z.object({
  v: z.literal(1),
  ends: z.boolean(),
  /** It is stored at this till now; until it says so, its own list shows what it was given. */
  got: z.optional(z.boolean()),
});
export const claimAnswer = z.object({ ticket: z.nullable(heldTicket) });
export const claimAgainMs = 300;
/** Whoever has not asked again for so long does not wait any more. */
export const claimWaitsMs = 3_000;

/**
 * POST /v1/held-sales/{id}/releases (till): the holder lets its ticket go to the till that asks for it, as it is now; null: it has
 * none. From here on nobody at the holder takes it up, until the answer says that nobody waits any more.
 */
export const releaseRequest = z.object({ v: z.literal(1), to: tillIdField, ticket: z.nullable(heldTicket) });
export type ReleaseRequest = z.infer<typeof releaseRequest>;
/** Who has it now; null: nobody waits, the holder keeps it. */
export const releaseAnswer = z.object({ to: z.nullable(tillIdField) });

/** A held ticket as the open sale it was. */
export function saleOfTicket(ticket: z.infer<typeof heldTicket>): Sale {
  return { ...ticket, state: "open", carried: [], tenders: [], liveAttempt: null };
}
