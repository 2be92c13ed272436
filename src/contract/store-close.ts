import * as z from "zod/mini";
import { instantField, moneyField, storeIdField } from "./fields.ts";

const dayField = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const count = z.number();

/** What is still open of a store's day, each a count. */
export const leftOpen = z.object({
  shifts: count,
  sales: count,
  payments: count,
  refunds: count,
  breaks: count,
  waiting: count,
  /** Breaks that a person lets wait, for a bill or until a time. */
  letWait: count,
  /** Captures that no bill has yet and nobody has given up. */
  unbilled: count,
  held: count,
  aloneActs: count,
  exceptions: count,
});
export type LeftOpen = z.infer<typeof leftOpen>;

/** One shift as the office shows it. */
export const officeShift = z.object({
  session: z.string(),
  till: z.string(),
  tillLabel: z.string(),
  businessDate: z.string(),
  openedBy: z.nullable(z.string()),
  openedAt: instantField,
  closedBy: z.nullable(z.string()),
  closedAt: z.nullable(instantField),
  expected: z.nullable(moneyField),
  counted: z.nullable(moneyField),
  /** Counted less expected. */
  difference: z.nullable(moneyField),
});
export type OfficeShift = z.infer<typeof officeShift>;

/** One business day of a store. */
export const storeDay = z.object({
  store: storeIdField,
  day: z.string(),
  state: z.enum(["open", "closing", "closed"]),
  /** Posted to it: the sum of all debits of the day itself, and how many transfers. */
  debits: moneyField,
  /** What accounts and the safe held before the books began, where it was posted on this day; not in `debits`. */
  opening: moneyField,
  transfers: z.number(),
  voucher: z.nullable(z.number()),
  closedBy: z.nullable(z.string()),
  secondPerson: z.nullable(z.string()),
  closedAt: z.nullable(instantField),
  reason: z.string(),
  /** As it is now for an open day, as it was for a closed one. */
  leftOpen,
  shifts: z.array(officeShift),
  isMonthLocked: z.boolean(),
  /** From when it can be closed: when the business day after it begins. */
  closesFrom: instantField,
});
export type StoreDay = z.infer<typeof storeDay>;

/** GET /v1/office/days?store=&from=&to= (31 at most), the newest first. */
export const storeDays = z.object({
  days: z.array(storeDay),
  /** The earliest day of the store with postings that is not closed, also outside of what was asked for: days close in order. */
  firstOpen: z.nullable(z.string()),
});
export type StoreDays = z.infer<typeof storeDays>;
export const storeDaysFilter = z.object({ store: storeIdField, from: dayField, to: dayField });

/** POST /v1/office/days: closes a store's day over what is open of it. Days close in order. */
export const dayClose = z.object({
  v: z.literal(1),
  store: storeIdField,
  day: dayField,
  reason: z.string().check(z.maxLength(200)),
});
/** A month of a store that is over: locked, to be locked, with days that are not closed, or after a month that has such days. */
export const storeMonth = z.object({
  month: z.string(),
  state: z.enum(["locked", "ready", "open", "after"]),
  lockedBy: z.nullable(z.string()),
  secondPerson: z.nullable(z.string()),
  lockedAt: z.nullable(instantField),
});
export type StoreMonth = z.infer<typeof storeMonth>;
/** GET /v1/office/months?store=: from the store's first posting on, the newest first. */
export const storeMonths = z.object({ months: z.array(storeMonth) });
export type StoreMonths = z.infer<typeof storeMonths>;
export const storeMonthsFilter = z.object({ store: storeIdField });

/** POST /v1/office/months: locks a month, and all before it, whose days are all closed. */
export const monthLock = z.object({
  v: z.literal(1),
  store: storeIdField,
  month: z.string().check(z.regex(/^\d{4}-\d{2}$/)),
  approval: z.optional(z.string().check(z.maxLength(64))),
});
