import * as z from "zod/mini";
import type { MinorUnits } from "../domain/money.ts";
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
  /** The payer's single-use code, never stored, never logged; null asks for a code that the shop shows (dynamic QR). */
  code: z.nullable(z.string().check(z.regex(/^\d{16,24}$/))),
  /** For the staff, within `amount`. */
  tip: z._default(minorUnitsField.check(z.refine((tip) => tip >= 0)), () => 0 as MinorUnits),
  sale: saleSnapshot,
  /** Number of the `paymentAttempted` entry in the till's journal. */
  entry: z.object({ series: z.number().check(z.int()), number: z.number().check(z.int()) }),
});
export type ChargeRequest = z.infer<typeof chargeRequest>;

/** Characters of a shown code at most; the providers' are far shorter. */
export const promptContentMax = 512;

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
  /** Who showed the code. */
  presentment: z._default(z.enum(["consumer", "merchant"]), "consumer"),
  /** The code the shop shows, while it can be paid; `expiresAt` in the gateway's time. */
  prompt: z._default(
    z.nullable(z.object({ content: z.string().check(z.maxLength(512)), expiresAt: instantField })),
    null,
  ),
  tip: z._default(z.nullable(moneyField), null),
  /** Money had moved and was given back, or is owed back: the customer is to be told. */
  givenBack: z._default(z.boolean(), false),
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
