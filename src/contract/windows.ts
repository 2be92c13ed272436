import * as z from "zod/mini";
import { scanCharactersMax } from "./barcode.ts";
import { paymentBody } from "./payment.ts";
import { refundBody } from "./refund.ts";

/** Till windows of one origin share news on this BroadcastChannel; the window that leads reads the gateway's stream. */
export const windowsChannelName = "kuantai-windows";

export const windowMessage = z.discriminatedUnion("kind", [
  /** A new window asks the leading one for news. */
  z.object({ kind: z.literal("hello"), v: z.literal(1) }),
  z.object({ kind: z.literal("payment"), v: z.literal(1), payment: paymentBody }),
  z.object({ kind: z.literal("refund"), v: z.literal(1), refund: refundBody }),
  /** The leading window's view of the connection and of the outbox. */
  z.object({ kind: z.literal("connection"), v: z.literal(1), online: z.boolean(), lastHeardAt: z.number() }),
  /** The stored catalogue changed: take over what is new. */
  z.object({ kind: z.literal("catalogChanged"), v: z.literal(1) }),
  /** The ledger changed: read it again. */
  z.object({ kind: z.literal("ledgerChanged"), v: z.literal(1) }),
]);
export type WindowMessage = z.infer<typeof windowMessage>;

/** One window reads a serial scanner; on this BroadcastChannel it hands a scan on to the window that it is meant for. */
export const scansChannelName = "kuantai-scans";

export const scanMessage = z.object({
  v: z.literal(1),
  text: z.string().check(z.minLength(1), z.maxLength(scanCharactersMax)),
});
