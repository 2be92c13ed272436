import * as z from "zod/mini";
import {
  channelField,
  instantField,
  minorUnitsField,
  moneyField,
  paymentIdField,
  saleIdField,
  tillIdField,
  currencyField,
} from "./fields.ts";
import { saleSnapshot } from "./sale.ts";

/** The gateway answers within this; the till waits a little longer. */
export const gatewayAnswerMs = 8_000;
export const tillWaitsMs = 10_000;
/** A deadline further ahead of the gateway's clock is refused (`clock`). */
export const deadlineAheadMaxMs = 15_000;

/**
 * PUT /v1/payments/{id} (till): charge the payer's code, now or never. Repeating it answers the state, whatever code it
 * brings; with another amount or sale it is 409 `differentRequest`. After `deadline` the id is stored closed: 409
 * `deadlinePassed`, nothing was charged.
 */
export const chargeRequest = z.object({
  v: z.literal(1),
  /** In the gateway's time. */
  deadline: instantField,
  amount: minorUnitsField.check(z.refine((amount) => amount > 0)),
  currency: currencyField,
  channel: channelField,
  /** The payer's single-use code. Never stored, never logged. */
  code: z.string().check(z.regex(/^\d{16,24}$/)),
  sale: saleSnapshot,
  /** Number of the `paymentAttempted` entry in the till's journal. */
  entry: z.object({ series: z.number().check(z.int()), number: z.number().check(z.int()) }),
});
export type ChargeRequest = z.infer<typeof chargeRequest>;

/** GET /v1/payments/{id} (every till of the store), the PUT's answer, and the stream's event: one body. */
export const paymentBody = z.object({
  id: paymentIdField,
  /** Rises with every change; a till applies only a higher one. */
  version: z.number().check(z.int(), z.gte(1)),
  till: tillIdField,
  sale: z.nullable(saleIdField),
  channel: z.nullable(channelField),
  amount: z.nullable(moneyField),
  state: z.enum([
    "created",
    "submitted",
    "pending",
    "unknown",
    "authorized",
    "reversing",
    "closing",
    "captured",
    "declined",
    "reversed",
    "closed",
  ]),
  /** While declined: why, in our words. */
  reason: z.nullable(
    z.enum([
      "notEnoughMoney",
      "codeInvalid",
      "limit",
      "payerCancelled",
      "accountBarred",
      "orderClosed",
      "misconfigured",
      "refused",
    ]),
  ),
  capture: z.nullable(
    z.object({
      order: moneyField,
      receivable: moneyField,
      paid: moneyField,
      providerTransactionId: z.string(),
      capturedAt: instantField,
    }),
  ),
  /** The abandonment has arrived: the sale no longer waits for this attempt once it is reversed or closed. */
  abandoned: z.boolean(),
  freed: z.boolean(),
  startedAt: instantField,
  /** When the gateway reverses by itself if there is no answer; null once it is decided. */
  reverseAt: z.nullable(instantField),
});
export type PaymentBody = z.infer<typeof paymentBody>;

/** States in which the gateway's word is final for the sale. */
export function isDecided(state: PaymentBody["state"]): boolean {
  return state === "captured" || state === "declined" || state === "reversed" || state === "closed";
}
