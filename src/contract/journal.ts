import * as z from "zod/mini";
import type { EntryEnvelope, JournalEntry, JournalFact } from "../domain/journal.ts";
import { refuse, ok, type Result } from "../domain/result.ts";
import {
  base64Field,
  businessDateField,
  channelField,
  hashField,
  instantField,
  moneyField,
  noteCounts,
  paymentIdField,
  refundIdField,
  saleIdField,
  sessionIdField,
  staffIdField,
  storeIdField,
  tillIdField,
} from "./fields.ts";
import { approvalSchema } from "./approval.ts";
import { completedSale } from "./sale.ts";
import { shiftTotalsSchema } from "./shift.ts";

/** Entries in one batch at most. */
export const journalBatchMax = 500;

/** POST /v1/tills/{till}/journal (till): entries as the texts they are, in order, and the signed head after the last of them. */
export const journalBatch = z.object({
  v: z.literal(1),
  series: z.number().check(z.int(), z.gte(1)),
  entries: z.array(z.string()).check(z.maxLength(journalBatchMax)),
  /** Head after the last entry sent; `signature` is the till's over `headText`, base64. */
  head: z.object({ number: z.number().check(z.int(), z.gte(0)), hash: hashField, signature: base64Field }),
});
export type JournalBatch = z.infer<typeof journalBatch>;

/** The last number the gateway holds of the series without a gap, and its counter-signature over `headText(head, at)`. */
export const journalReceipt = z.object({
  series: z.number(),
  number: z.number(),
  hash: hashField,
  at: instantField,
  signature: base64Field,
});
export type JournalReceipt = z.infer<typeof journalReceipt>;

const envelope = z.object({
  v: z.literal(1),
  store: storeIdField,
  till: tillIdField,
  series: z.number().check(z.int(), z.gte(1)),
  number: z.number().check(z.int(), z.gte(1)),
  prev: hashField,
  at: instantField,
  offsetMs: z.number().check(z.int()),
  businessDate: z.nullable(businessDateField),
  session: z.nullable(sessionIdField),
  staff: z.nullable(staffIdField),
  mode: z.enum(["trade", "training"]),
  approval: z._default(z.nullable(approvalSchema), null),
}) satisfies z.ZodMiniType<EntryEnvelope>;

const attemptOfSale = { attempt: paymentIdField, sale: saleIdField };

const cashMoved = z.object({
  amount: moneyField.check(z.refine((moved) => moved.amount > 0)),
  reason: z.enum(["change", "supplies", "supplier", "safe", "owner", "other"]),
  slip: z.string().check(z.maxLength(32)),
});

const fact = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("sessionOpened"),
    body: z.object({
      float: moneyField,
      carried: z._default(z.boolean(), false),
      left: z.optional(moneyField),
    }),
  }),
  z.object({ kind: z.literal("cashierChanged"), body: z.object({ from: staffIdField }) }),
  z.object({
    kind: z.literal("sessionClosed"),
    body: z.object({
      openedAt: instantField,
      sales: z.number(),
      total: moneyField,
      cash: moneyField,
      payments: moneyField,
      inDoubt: z.array(paymentIdField),
      shift: z._default(z.nullable(shiftTotalsSchema), null),
    }),
  }),
  z.object({
    kind: z.literal("drawerCounted"),
    body: z.object({ session: sessionIdField, counted: moneyField, nth: z.number().check(z.int(), z.gte(1)) }),
  }),
  z.object({
    kind: z.literal("cashHandedOver"),
    body: z.object({
      session: sessionIdField,
      amount: moneyField.check(z.refine((handed) => handed.amount > 0)),
      kept: moneyField,
      notes: noteCounts,
    }),
  }),
  z.object({ kind: z.literal("shiftReported"), body: shiftTotalsSchema }),
  z.object({ kind: z.enum(["paidIn", "paidOut"]), body: cashMoved }),
  z.object({
    kind: z.literal("drawerOpened"),
    body: z.object({ reason: z.enum(["change", "checkCash", "other"]) }),
  }),
  z.object({
    kind: z.literal("pinRefused"),
    body: z.object({ person: staffIdField, wrongTries: z.number(), lockedUntil: z.nullable(instantField) }),
  }),
  z.object({ kind: z.literal("fragileStorageAllowed"), body: z.object({ session: sessionIdField }) }),
  z.object({
    kind: z.literal("paymentAttempted"),
    body: z.object({ ...attemptOfSale, amount: moneyField, channel: channelField }),
  }),
  z.object({ kind: z.literal("attemptAbandoned"), body: z.object({ ...attemptOfSale, freed: z.boolean() }) }),
  z.object({
    kind: z.literal("tenderReturned"),
    body: z.object({ ...attemptOfSale, refund: refundIdField, amount: moneyField, channel: channelField }),
  }),
  z.object({
    kind: z.literal("unverifiedRemoved"),
    body: z.object({
      sale: saleIdField,
      amount: moneyField,
      channel: channelField,
      tail: z.string().check(z.maxLength(12)),
      notedAt: instantField,
    }),
  }),
  z.object({ kind: z.literal("saleHeld"), body: z.object({ sale: saleIdField, total: moneyField }) }),
  z.object({ kind: z.literal("saleParked"), body: z.object(attemptOfSale) }),
  z.object({ kind: z.literal("saleCompleted"), body: completedSale }),
  z.object({ kind: z.literal("saleVoided"), body: z.object({ sale: saleIdField }) }),
  z.object({
    kind: z.literal("receiptReprinted"),
    body: z.object({ sale: saleIdField, receipt: z.string(), copy: z.number() }),
  }),
]) satisfies z.ZodMiniType<JournalFact>;

/**
 * What is in an entry's text. `envelope` parses although the fact does not when the entry is of a kind or version this build
 * does not know: it is stored all the same and waits for a person.
 */
export function parseEntry(
  text: string,
): Result<JournalEntry, { readonly envelope: EntryEnvelope | null; readonly why: string }> {
  const raw = parseJson(text);
  const head = envelope.safeParse(raw);
  if (!head.success) return refuse({ envelope: null, why: "not a journal entry" });
  const body = fact.safeParse(raw);
  if (!body.success)
    return refuse({ envelope: head.data, why: `kind or body not understood: ${body.error.issues[0]?.message ?? ""}` });
  return ok({ ...head.data, ...body.data } as JournalEntry);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return { unreadable: String(error) };
  }
}
