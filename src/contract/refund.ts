import * as z from "zod/mini";
import type { RefundState } from "../domain/refund.ts";
import {
  channelField,
  instantField,
  moneyField,
  paymentIdField,
  refundIdField,
  saleIdField,
  tillIdField,
} from "./fields.ts";

export const refundReasons = [
  "shopBalance",
  "aboveWhatIsLeft",
  "tooLate",
  "numberUsed",
  "notPaid",
  "closed",
  "misconfigured",
  "payerUnreachable",
] as const;

const states = [
  "owed",
  "submitted",
  "processing",
  "unknown",
  "failed",
  "abnormal",
  "succeeded",
  "paidOtherwise",
] as const satisfies readonly RefundState["kind"][];

/** Why money goes back: a return, a tender taken off an open sale, a payment nobody wanted any more. */
export const refundCauses = ["return", "tenderReturned", "freed", "lateCapture", "reversalRefused"] as const;

/** GET /v1/refunds/{id} (tills of the store) and the stream's event. */
export const refundBody = z.object({
  id: refundIdField,
  /** Rises with every change; a till applies only a higher one. */
  version: z.number().check(z.int(), z.gte(1)),
  till: tillIdField,
  /** The sale that gives back; null where no sale does. */
  sale: z.nullable(saleIdField),
  attempt: paymentIdField,
  channel: channelField,
  amount: moneyField,
  cause: z.enum(refundCauses),
  state: z.enum(states),
  /** While failed or abnormal. */
  reason: z.nullable(z.enum(refundReasons)),
  providerRefundId: z.nullable(z.string()),
  at: instantField,
});
export type RefundBody = z.infer<typeof refundBody>;
