import * as z from "zod/mini";
import { instantField, moneyField, saleIdField, staffIdField, storeIdField } from "./fields.ts";

/**
 * Exceptions that nothing ends but a person's look at them: the money stands as it is, or the people have to be asked. So does a sale that
 * a lost till left open.
 */
export const lookedAtExceptions = [
  "clockWrong",
  "heldTwice",
  "reductionUnapproved",
  "cashOutUnapproved",
  "captureOnCompletedSale",
] as const;
/** Of these, what somebody did whom another person has to look at. */
export const ofPersonExceptions: readonly string[] = ["reductionUnapproved", "cashOutUnapproved"];

/** POST /v1/office/exceptions/looks: it was looked at, and what came of it; the list as it is then. */
export const exceptionLook = z.object({
  v: z.literal(1),
  store: storeIdField,
  id: z.string().check(z.minLength(1), z.maxLength(128)),
  note: z.string().check(z.maxLength(200)),
});

/** GET /v1/office/exceptions: what needs a person, newest first. */
export const officeException = z.object({
  id: z.string(),
  at: instantField,
  store: storeIdField,
  kind: z.enum([
    "lateCapture",
    "entryNotUnderstood",
    "brokenChain",
    "saleLeftOpen",
    "captureOnCompletedSale",
    "quarantined",
    "reversalStuck",
    "tenderWithoutCapture",
    "clockWrong",
    "refundStuck",
    "refundAboveLeft",
    "refundUnapproved",
    "heldTwice",
    "reductionUnapproved",
    "cashOutUnapproved",
  ]),
  /** The payment, sale or journal entry it is about. */
  subject: z.string(),
  amount: z.nullable(moneyField),
  detail: z.nullable(z.string()),
  staff: z.nullable(staffIdField),
  /** The papers to look at, where the subject is a sale or a refund: its own, then others that gave back of the same sale, then that sale's. */
  receipts: z.optional(z.array(z.object({ sale: saleIdField, receipt: z.string() }))),
  /** The open difference of the same payment or refund, where matching has found one: what can be done stands there. */
  difference: z.optional(z.object({ account: z.string(), side: z.string() })),
  /** Whether the gateway has a payment of that number to look at. */
  hasPayment: z.boolean(),
  /** Whether it ends with a look of whoever is signed in. */
  isMine: z.boolean(),
});
export const officeExceptions = z.object({ exceptions: z.array(officeException), count: z.number() });
export type OfficeExceptions = z.infer<typeof officeExceptions>;
export type OfficeException = z.infer<typeof officeException>;
