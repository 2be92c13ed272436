import * as z from "zod/mini";
import { actField } from "./approval.ts";
import {
  channelField,
  instantField,
  moneyField,
  businessDateField,
  paymentIdField,
  saleIdField,
  storeIdField,
  tillIdField,
} from "./fields.ts";
import { paymentBody } from "./payment.ts";
import { completedSale } from "./sale.ts";

/** The owner's password, and the rows one page of a list holds. */
export const passwordLengthMin = 12;
export const passwordLengthMax = 256;
export const officePageMax = 100;

/** POST /v1/office/sign-ins (office host, open): a person's name (the owner's may be left out) and password. With the one-time password `newPassword` is required: problem `forbidden` asks for it. */
export const officeSignIn = z.object({
  v: z.literal(1),
  name: z.optional(z.string().check(z.maxLength(64))),
  password: z.string().check(z.minLength(1), z.maxLength(passwordLengthMax)),
  newPassword: z.optional(z.string().check(z.minLength(passwordLengthMin), z.maxLength(passwordLengthMax))),
});
export type OfficeSignIn = z.infer<typeof officeSignIn>;

/** A store as the office shows it; `today` is its business date when asked. */
export const officeStore = z.object({
  id: storeIdField,
  name: z.string(),
  zone: z.string(),
  today: businessDateField,
});
export type OfficeStore = z.infer<typeof officeStore>;

/** GET /v1/office/session: who is signed in, until when; 401 `signedOut` otherwise. DELETE ends it. */
export const officeSession = z.object({
  /** `owner` or a staff id. */
  who: z.string(),
  name: z.string(),
  until: instantField,
  shop: z.string(),
  /** Whether this person can prove to be there by a passkey. */
  hasPasskey: z.boolean(),
  /** What this person may do in at least one of `stores`, alone or with another. */
  acts: z.array(actField),
  /** Whether figures of all stores together may be seen; else a store is named. */
  isEverywhere: z.boolean(),
  /** Stores in which this person may do anything here. */
  stores: z.array(officeStore),
});
export type OfficeSession = z.infer<typeof officeSession>;

/**
 * What a list is asked with, all optional: `store`; `date`, a business date; `query`, which is a receipt number, an id or a
 * provider's number and looks in every date; `before`, the cursor of the page before. Count and sum are over the whole filter.
 */
export const officeFilter = z.object({
  store: z.optional(storeIdField),
  date: z.optional(businessDateField),
  query: z.optional(z.string().check(z.maxLength(64))),
  before: z.optional(z.string().check(z.maxLength(64))),
});
export type OfficeFilter = z.infer<typeof officeFilter>;

/** One row of GET /v1/office/sales (`officeFilter`), newest first. */
export const officeSaleRow = z.object({
  id: saleIdField,
  store: storeIdField,
  till: tillIdField,
  tillLabel: z.string(),
  staffName: z.string(),
  receipt: z.string(),
  businessDate: z.string(),
  completedAt: instantField,
  itemCount: z.number(),
  total: moneyField,
  tenders: z.array(
    z.object({
      kind: z.enum(["cash", "payment", "refund", "unverified"]),
      channel: z.nullable(channelField),
      amount: moneyField,
      attempt: z.nullable(paymentIdField),
    }),
  ),
});
export type OfficeSaleRow = z.infer<typeof officeSaleRow>;

export const officeSales = z.object({
  sales: z.array(officeSaleRow),
  next: z.nullable(z.string()),
  count: z.number(),
  sum: moneyField,
});
export type OfficeSales = z.infer<typeof officeSales>;

/** What the till's journal, the gateway, the provider and the books can say in a story. */
export const storyWords = {
  till: [
    "paymentAttempted",
    "attemptAbandoned",
    "attemptFreed",
    "saleParked",
    "saleCompleted",
    "saleVoided",
    "receiptReprinted",
    "tenderReturned",
    "unverifiedRemoved",
  ],
  gateway: [
    "submitted",
    "deadlinePassed",
    "abandoned",
    "abandonedAndFreed",
    "reverseRequested",
    "closedUnseen",
    "eventRefused",
    "saleArrived",
    "codeShown",
    "refundOwed",
    "refundSent",
    "adopted",
    "billed",
    "paidOtherwise",
    "neverAsked",
    "other",
  ],
  provider: [
    "captured",
    "refunded",
    "payerPrompted",
    "declined",
    "reversed",
    "closed",
    "reversalRefused",
    "notYet",
    "silence",
    "refundAccepted",
    "refundSucceeded",
    "refundFailed",
    "refundAbnormal",
  ],
  books: [
    "saleCompleted",
    "captured",
    "captureReversed",
    "refundOwed",
    "refundAccepted",
    "refundFailed",
    "floatTaken",
    "paidIn",
    "paidOut",
    "drawerCounted",
    "billTaken",
    "billReplaced",
    "differenceFound",
    "differenceGone",
    "mended",
    "mendingUndone",
    "tenderProved",
    "tenderUnproved",
    "refundClosed",
    "other",
  ],
} as const;
/** By what the provider was asked when it said so. */
export const askedBy = ["charged", "queried", "lastQuery", "reversed", "lateQuery", "notified", "refunded"] as const;

const stepOf = <Source extends keyof typeof storyWords>(source: Source) => ({
  at: instantField,
  source: z.literal(source),
  what: z.enum(storyWords[source]),
  /** Which of a sale's payments it is about; null when about the sale. */
  payment: z.nullable(paymentIdField),
});

/** One happening in a story, oldest first, in the gateway's time. `what` is a word that the office's languages know. */
export const storyStep = z.discriminatedUnion("source", [
  /** `who` is a person's name; `detail` the number of a copy. */
  z.object({
    ...stepOf("till"),
    who: z.nullable(z.string()),
    amount: z.nullable(moneyField),
    detail: z.nullable(z.string()),
  }),
  z.object({ ...stepOf("gateway"), amount: z.nullable(moneyField), detail: z.nullable(z.string()) }),
  /** `detail` is the provider's own word or number; `why` says why its silence is one. */
  z.object({
    ...stepOf("provider"),
    asked: z.enum(askedBy),
    why: z.nullable(z.string()),
    amount: z.nullable(moneyField),
    detail: z.nullable(z.string()),
  }),
  /** Accounts by our names: `drawer/till-a1`, `revenue/1300`; a negative amount is a red entry. */
  z.object({ ...stepOf("books"), debit: z.string(), credit: z.string(), amount: moneyField }),
]);
export type StoryStep = z.infer<typeof storyStep>;

/** GET /v1/office/sales/{id} */
export const officeSale = z.object({
  row: officeSaleRow,
  body: completedSale,
  story: z.array(storyStep),
  payments: z.array(paymentBody),
});
export type OfficeSale = z.infer<typeof officeSale>;

/** One row of GET /v1/office/payments (`officeFilter`), and GET /v1/office/payments/{id} with its story. */
export const officePaymentRow = z.object({
  payment: paymentBody,
  store: storeIdField,
  tillLabel: z.string(),
  receipt: z.nullable(z.string()),
  /** Money that belongs to the customer: it came after the payment was over, or its reversal was refused. */
  owed: z.nullable(z.enum(["lateCapture", "refundOwed"])),
  /** What the provider gave back of it or has taken on to give back; absent when nothing. */
  givenBack: z.optional(moneyField),
});
export type OfficePaymentRow = z.infer<typeof officePaymentRow>;
export const officePayments = z.object({
  payments: z.array(officePaymentRow),
  next: z.nullable(z.string()),
  count: z.number(),
  /** All that was captured, and what of it was given back. */
  captured: moneyField,
  givenBack: z.optional(moneyField),
  /** How many of them nobody knows the end of yet. */
  inDoubt: z.number(),
});
export type OfficePayments = z.infer<typeof officePayments>;
export const officePayment = z.object({ row: officePaymentRow, story: z.array(storyStep) });
export type OfficePayment = z.infer<typeof officePayment>;

/** GET /v1/office/tills */
export const officeTill = z.object({
  id: tillIdField,
  label: z.string(),
  store: storeIdField,
  storeName: z.string(),
  activatedAt: z.nullable(instantField),
  series: z.nullable(z.number()),
  lastNumber: z.number(),
  lastHeardAt: z.nullable(instantField),
});
export const officeTills = z.object({ tills: z.array(officeTill) });
export type OfficeTill = z.infer<typeof officeTill>;
export type OfficeTills = z.infer<typeof officeTills>;

/** POST /v1/office/activation-codes: shown once, for 10 minutes, one use. `address` is the till's page with the code in its fragment. */
export const activationCodeRequest = z.object({ v: z.literal(1), till: tillIdField });
export const activationCodeAnswer = z.object({ code: z.string(), address: z.string(), until: instantField });
export type ActivationCodeAnswer = z.infer<typeof activationCodeAnswer>;
