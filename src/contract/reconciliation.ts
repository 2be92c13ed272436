import * as z from "zod/mini";
import { breakClasses, itemSides, waitingReasons } from "./item-classes.ts";
import { besideBills } from "./beside-bills.ts";
import { instantField, moneyField, storeIdField } from "./fields.ts";
import { storyStep } from "./office.ts";

const dayField = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const accountField = z.string().check(z.minLength(1), z.maxLength(64));

/** What an item has come to. `amount` above zero: there is more money than the books say; below zero less. */
export const itemResult = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("matched") }),
  z.object({
    kind: z.literal("waiting"),
    reason: z.enum(waitingReasons),
    until: z.nullable(instantField),
    /** The break that a person lets wait until then. */
    letWait: z.nullable(z.object({ class: z.enum(breakClasses), amount: moneyField })),
  }),
  z.object({ kind: z.literal("break"), class: z.enum(breakClasses), amount: moneyField, since: instantField }),
  /** Business on this account that no till of ours made. */
  z.object({ kind: z.literal("other") }),
  /** Mended by a person's decision, or gone by itself. */
  z.object({
    kind: z.enum(["mended", "gone"]),
    class: z.string(),
    at: z.nullable(instantField),
    /** So small that it ended by itself, by the shop's own rule. */
    bySelf: z.optional(z.boolean()),
  }),
]);
export type ItemResult = z.infer<typeof itemResult>;

export const itemResults = ["all", "matched", "waiting", "break", "other", "mended"] as const;

/**
 * GET /v1/office/reconciliation/items: all optional but `day` or one of the results `break`, `waiting`, `mended`, which are looked for
 * in every day. `day` is the provider's. Totals are over the whole filter.
 */
export const itemFilter = z.object({
  day: z.optional(dayField),
  store: z.optional(storeIdField),
  account: z.optional(accountField),
  till: z.optional(z.string().check(z.maxLength(64))),
  staff: z.optional(z.string().check(z.maxLength(64))),
  result: z.optional(z.enum(itemResults)),
  class: z.optional(z.string().check(z.maxLength(32))),
  /** The items of one cause, each by itself; without it those of a cause are one line. */
  cause: z.optional(z.string().check(z.maxLength(128))),
  /** A receipt number, an id, a provider's number, or an amount such as 23.50. */
  query: z.optional(z.string().check(z.maxLength(64))),
  before: z.optional(z.string().check(z.maxLength(128))),
});
export type ItemFilter = z.infer<typeof itemFilter>;

export const reconciliationItem = z.object({
  /** account/side/number, with `/class` where a number has several differences. */
  id: z.string(),
  store: storeIdField,
  account: z.string(),
  channel: z.nullable(z.string()),
  side: z.enum(itemSides),
  number: z.string(),
  at: z.nullable(instantField),
  day: z.string(),
  tillLabel: z.nullable(z.string()),
  staffName: z.nullable(z.string()),
  /** Of a cash deposit its slip's number. */
  receipt: z.nullable(z.string()),
  /** What we count and what the bill has, in what the shop receives; money going back is below zero. */
  ours: z.nullable(moneyField),
  theirs: z.nullable(moneyField),
  fee: z.nullable(moneyField),
  result: itemResult,
  /** Of several items with one cause this line is all of them: its sums are theirs. */
  alike: z.nullable(z.object({ cause: z.string(), count: z.number() })),
});
export type ReconciliationItem = z.infer<typeof reconciliationItem>;

export const reconciliationItems = z.object({
  items: z.array(reconciliationItem),
  next: z.nullable(z.string()),
  count: z.number(),
  ours: moneyField,
  theirs: moneyField,
  fee: moneyField,
  /** Breaks among them: how many, and the sum of their amounts without signs. */
  breaks: z.object({ count: z.number(), amount: moneyField }),
  waiting: z.object({ count: z.number(), amount: moneyField }),
});
export type ReconciliationItems = z.infer<typeof reconciliationItems>;

/**
 * GET /v1/office/reconciliation/names, with the filter of the items: every break that it finds by its name, for mending them together.
 * Only breaks of one class and account can be; `count` and `amount` (sum without signs) are of all that were found.
 */
export const reconciliationNames = z.object({
  names: z.array(z.object({ store: z.string(), id: z.string() })),
  count: z.number(),
  amount: moneyField,
});
export type ReconciliationNames = z.infer<typeof reconciliationNames>;

/** How far a day's bill is. */
export const billState = z.enum(["notDue", "awaited", "missing", "empty", "here", "refused"]);

/** One provider's day of one account. */
export const reconciliationDay = z.object({
  day: z.string(),
  account: z.string(),
  channel: z.string(),
  bill: z.object({ state: billState, at: z.nullable(instantField), version: z.number(), id: z.nullable(z.string()) }),
  /** Captures less what went back, by our books, on that day of the provider's. */
  ours: z.object({ count: z.number(), amount: moneyField }),
  /** What the bill's rows come to: payments less refunds and reversals, in what the shop receives. */
  theirs: z.object({ count: z.number(), amount: moneyField }),
  fee: moneyField,
  other: z.object({ count: z.number(), amount: moneyField }),
  breaks: z.object({ count: z.number(), amount: moneyField }),
  waiting: z.object({ count: z.number(), amount: moneyField }),
});
export type ReconciliationDay = z.infer<typeof reconciliationDay>;
/** GET /v1/office/reconciliation/days?from=&to=&store= (31 days at most), newest first. */
export const reconciliationDays = z.object({ days: z.array(reconciliationDay) });
export type ReconciliationDays = z.infer<typeof reconciliationDays>;
export const daysFilter = z.object({ from: dayField, to: dayField, store: z.optional(storeIdField) });
export type DaysFilter = z.infer<typeof daysFilter>;

/**
 * GET /v1/office/reconciliation/bridge?day=&account=: the two cuts between a business day and the provider's (`books.md` 3). All in what
 * the shop receives: captured on the business day, plus what the provider counts in this day and we in the one before, less what it
 * counts in another, is what its bill should have; listed items explain the rest to the fen.
 */
export const reconciliationBridge = z.object({
  day: z.string(),
  account: z.string(),
  captured: moneyField,
  fromOtherDays: moneyField,
  toOtherDays: moneyField,
  expected: moneyField,
  billed: z.nullable(moneyField),
  /** What the day's open items come to, and what they leave unexplained: nothing, or the sum is wrong. */
  listed: moneyField,
  /** Of what is listed: other business on this account. */
  other: moneyField,
  unexplained: z.nullable(moneyField),
});
export type ReconciliationBridge = z.infer<typeof reconciliationBridge>;
export const bridgeFilter = z.object({ day: dayField, account: accountField });

/** A row of a bill as it counts, or counted until a corrected bill came. */
export const billRowShown = z.object({
  bill: z.string(),
  line: z.number(),
  number: z.string(),
  day: z.string(),
  side: z.enum(["payment", "reversal", "refund"]),
  at: instantField,
  amount: moneyField,
  receivable: moneyField,
  fee: moneyField,
  /** Parts per million; null where the row names none. */
  rate: z.nullable(z.number()),
  status: z.string(),
  providerNumber: z.string(),
  /** A corrected bill does not have it any more. */
  isGone: z.boolean(),
});
export type BillRowShown = z.infer<typeof billRowShown>;

/** Where an item stands. */
export const itemName = z.object({ store: z.string(), account: z.string(), side: z.string(), number: z.string() });
export const reconciliationItemOpened = z.object({
  item: reconciliationItem,
  /** Everything that is or was different about it, the open ones first. */
  results: z.array(itemResult),
  /** What we count: payment, reversal, refund or unproved tender. */
  movements: z.array(
    z.object({
      side: z.enum(["payment", "reversal", "refund", "unverified"]),
      at: instantField,
      amount: moneyField,
      receivable: moneyField,
      businessDate: z.string(),
      providerNumber: z.string(),
      isUndone: z.boolean(),
    }),
  ),
  /** Where nothing has moved: the refund that is promised, or what a receipt counts as paid. */
  counted: z.nullable(
    z.object({ kind: z.enum(["refund", "sale"]), amount: moneyField, at: instantField, businessDate: z.string() }),
  ),
  rows: z.array(billRowShown),
  /** Of an item that no bill has: what stands behind it. */
  beside: z.nullable(besideBills),
  /** The payment it belongs to, and its sale. */
  payment: z.nullable(z.string()),
  sale: z.nullable(z.string()),
  attemptState: z.nullable(z.string()),
  story: z.array(storyStep),
  /** Rows that a person may say an unproved tender is: same amount, nobody else's, the nearest in time first. */
  candidates: z.array(billRowShown),
  /** Noted tenders that a row of theirs may be, the nearest in time first. */
  tenders: z.array(
    z.object({
      name: itemName,
      at: instantField,
      amount: moneyField,
      receipt: z.nullable(z.string()),
      tillLabel: z.nullable(z.string()),
    }),
  ),
  /** A noted tender and the row that proves it, when the item is one of them; `by` is null where it was each other's only candidate. */
  pairing: z.nullable(z.object({ tender: itemName, row: itemName, by: z.nullable(z.string()), at: instantField })),
});
export type ItemName = z.infer<typeof itemName>;
export type ReconciliationItemOpened = z.infer<typeof reconciliationItemOpened>;

/** GET /v1/office/reconciliation/open: how much of every day needs a person, how much waits, and how much for whole bills. */
export const reconciliationOpen = z.object({
  breaks: z.object({ count: z.number(), amount: moneyField }),
  waiting: z.object({ count: z.number(), amount: moneyField }),
  /** Of `days` days of an account whose bill is not here: it has no items before that. */
  forBills: z.object({ count: z.number(), amount: moneyField, days: z.number() }),
});
export type ReconciliationOpen = z.infer<typeof reconciliationOpen>;
