import * as z from "zod/mini";
import { breakClasses } from "./item-classes.ts";
import { instantField, requestIdField } from "./fields.ts";

/** What a key may do. Every scope reads; nothing is changed by the open API. */
export const apiScopes = ["sales:read", "payments:read", "books:read"] as const;
export type ApiScope = (typeof apiScopes)[number];

/** The API's first version: paths begin with it, and it is never changed so that a program of today breaks. */
export const apiRoot = "/api/v1";
export const apiPageMax = 100;
export const keyDaysMax = 730;

const amount = z.object({ amount: z.number(), currency: z.string() });
const cursor = z.nullable(z.string());
const page = {
  store: z.string().check(z.minLength(1), z.maxLength(64)),
  /** Business dates, both included. */
  from: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
  to: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
  after: z.optional(z.string().check(z.maxLength(128))),
};
/** A list is asked for a store, a range of business dates, and from the cursor of the page before on. */
export const apiListQuery = z.object(page);
export type ApiListQuery = z.infer<typeof apiListQuery>;

export const apiSale = z.object({
  id: z.string(),
  store: z.string(),
  till: z.string(),
  receipt: z.string(),
  businessDate: z.string(),
  completedAt: instantField,
  total: amount,
  tenders: z.array(
    z.object({
      kind: z.enum(["cash", "payment", "refund", "unverified"]),
      amount,
      payment: z.nullable(z.string()),
      channel: z.nullable(z.string()),
    }),
  ),
  lines: z.array(
    z.object({
      product: z.string(),
      name: z.string(),
      /** Thousandths of the unit. */
      quantity: z.number(),
      unit: z.string(),
      amount,
      /** Hundredths of a percent: 13 % is 1300. */
      taxRate: z.number(),
      isReturn: z.boolean(),
    }),
  ),
  taxes: z.array(z.object({ rate: z.number(), net: amount, tax: amount })),
});
export type ApiSale = z.infer<typeof apiSale>;
export const apiSales = z.object({ sales: z.array(apiSale), next: cursor });

export const apiPayment = z.object({
  id: z.string(),
  store: z.string(),
  sale: z.nullable(z.string()),
  channel: z.nullable(z.string()),
  state: z.string(),
  amount,
  receivable: z.nullable(amount),
  providerTransaction: z.nullable(z.string()),
  businessDate: z.string(),
  startedAt: instantField,
  refunds: z.array(z.object({ id: z.string(), state: z.string(), amount })),
});
export type ApiPayment = z.infer<typeof apiPayment>;
export const apiPayments = z.object({ payments: z.array(apiPayment), next: cursor });

export const apiBreak = z.object({
  id: z.string(),
  store: z.string(),
  account: z.string(),
  class: z.enum(breakClasses),
  number: z.string(),
  day: z.string(),
  /** Above zero: more money than the books say. */
  amount,
  openedAt: instantField,
});
export const apiBreaks = z.object({ breaks: z.array(apiBreak), next: cursor });

export const apiVoucher = z.object({
  store: z.string(),
  day: z.string(),
  number: z.number(),
  debits: amount,
  credits: amount,
  lines: z.array(z.object({ account: z.string(), debit: z.number(), credit: z.number() })),
  sha256: z.string(),
});
export const apiVouchers = z.object({ vouchers: z.array(apiVoucher), next: cursor });

/** POST /v1/office/api-keys: a key is shown once, in the answer. */
export const apiKeyBody = z.object({
  v: z.literal(1),
  id: requestIdField,
  name: z.string().check(z.minLength(1), z.maxLength(60)),
  scopes: z.array(z.enum(apiScopes)).check(z.minLength(1), z.maxLength(apiScopes.length)),
  /** Null: every store. */
  stores: z.nullable(z.array(z.string().check(z.maxLength(64))).check(z.minLength(1), z.maxLength(1000))),
  days: z.number().check(z.int(), z.gte(1), z.lte(keyDaysMax)),
});
export type ApiKeyBody = z.infer<typeof apiKeyBody>;
export const apiKeyMade = z.object({ id: z.string(), key: z.string() });
export const apiKeyShown = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(apiScopes)),
  stores: z.nullable(z.array(z.string())),
  madeAt: instantField,
  expiresAt: instantField,
  usedAt: z.nullable(instantField),
  revokedAt: z.nullable(instantField),
});
export const apiKeysShown = z.object({ keys: z.array(apiKeyShown) });
export type ApiKeysShown = z.infer<typeof apiKeysShown>;
