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

/** POST /v1/held-sales/{id}/claims (till): takes it up, once; 409 `taken` when another till was faster. */
export const claimRequest = z.object({ v: z.literal(1) });
export const claimAnswer = z.object({ ticket: heldTicket });

/** A held ticket as the open sale it was. */
export function saleOfTicket(ticket: z.infer<typeof heldTicket>): Sale {
  return { ...ticket, state: "open", carried: [], tenders: [], liveAttempt: null };
}
