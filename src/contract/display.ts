import * as z from "zod/mini";
import { channelField, instantField, moneyField, quantityField } from "./fields.ts";

/** Till and display windows of one till meet on this BroadcastChannel; the token keeps two tills on one machine apart. */
export function displayChannelName(token: string): string {
  return `kuantai-display-${token}`;
}

/** The till sends at least this often; after `displayStaleMs` without a word the display shows nobody's amount. */
export const displayHeartbeatMs = 1_000;
export const displayStaleMs = 3_000;

const line = z.object({
  line: z.number(),
  name: z.string(),
  quantity: quantityField,
  amount: moneyField,
  saving: moneyField,
});

/** What is to be paid now, and all that the sale comes to: more, when it is paid in parts. */
const asked = { due: moneyField, total: moneyField };

/** What the customer sees. Every message is the whole picture; nothing is added up on the display. */
export const displayView = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("idle") }),
  z.object({
    kind: z.literal("selling"),
    sale: z.string(),
    lines: z.array(line),
    newest: z.nullable(z.number()),
    savings: moneyField,
    /** Off the whole sale: in none of the lines' amounts. */
    saleDiscount: moneyField,
    /** On top of the lines, where prices are without it; negative for goods coming back. */
    tax: z.optional(moneyField),
    ...asked,
    itemCount: z.number(),
  }),
  /** The till charges: wait, or enter the password. */
  z.object({
    kind: z.literal("paying"),
    sale: z.string(),
    ...asked,
    stage: z.enum(["contacting", "password", "inDoubt"]),
  }),
  z.object({
    kind: z.literal("declined"),
    sale: z.string(),
    ...asked,
    /** What was paid goes back: the customer is asked again. */
    givenBack: z.boolean(),
  }),
  /** Scan this with that wallet, until then (by the till's clock). */
  z.object({
    kind: z.literal("scan"),
    sale: z.string(),
    ...asked,
    channel: channelField,
    content: z.string(),
    expiresAt: instantField,
  }),
  z.object({
    kind: z.literal("paid"),
    sale: z.string(),
    total: moneyField,
    given: z.nullable(moneyField),
    change: z.nullable(moneyField),
    /** Given back by a return. */
    back: z.nullable(moneyField),
    /** True where part of it was noted and nobody has proved it. */
    unverified: z.optional(z.boolean()),
    savings: moneyField,
  }),
]);
export type DisplayView = z.infer<typeof displayView>;

export const displayMessage = z.discriminatedUnion("kind", [
  /** Display → till: send me the whole picture. */
  z.object({ kind: z.literal("hello"), v: z.literal(1) }),
  /** Till → display: `epoch` is new with each till window, `revision` rises; lower ones are dropped. */
  z.object({
    kind: z.literal("view"),
    v: z.literal(1),
    epoch: z.number(),
    revision: z.number(),
    shop: z.string(),
    language: z.enum(["zh-CN", "en", "ja"]),
    view: displayView,
  }),
]);
export type DisplayMessage = z.infer<typeof displayMessage>;
