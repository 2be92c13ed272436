import * as z from "zod/mini";
import { instantField, saleIdField, tillIdField } from "./fields.ts";
import { paymentBody } from "./payment.ts";
import { refundBody } from "./refund.ts";

/**
 * GET /v1/tills/{till}/events (till): newline-delimited JSON, one event a line, as long as the connection lives. The gateway
 * first sends the present body of every attempt of this till that is live or changed in the last hour, then each change.
 * A heartbeat comes every 15 s, every 2 s while an attempt of this till is live. The gateway ends the stream after 5 minutes
 * (the till signs anew) and at revocation.
 */
export const tillEvent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("heartbeat"), at: instantField }),
  z.object({ kind: z.literal("payment"), payment: paymentBody }),
  z.object({ kind: z.literal("refund"), refund: refundBody }),
  /** Another till of the store asks for a ticket that this one holds. */
  z.object({ kind: z.literal("heldWanted"), sale: saleIdField, by: tillIdField }),
]);
export type TillEvent = z.infer<typeof tillEvent>;

export const heartbeatMs = 15_000;
export const heartbeatLiveMs = 2_000;
export const streamLifeMs = 300_000;
/** With an attempt live and nothing heard for this long, the window that took it asks by itself, every `pollMs`. */
export const silenceBeforePollMs = 5_000;
export const pollMs = 2_000;
