import * as z from "zod/mini";
import { breakClasses, itemSides, waitingReasons } from "./item-classes.ts";
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
  receipt: z.nullable(z.string()),
  /** What we count and what the bill has, in what the shop receives; money going back is below zero. */
  ours: z.nullable(moneyField),
  theirs: z.nullable(moneyField),
  fee: z.nullable(moneyField),
  result: itemResult,
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

/** GET /v1/office/reconciliation/items/{store}/{account}/{side}/{number}: an item with both sides and what happened. */
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
  rows: z.array(billRowShown),
  /** The payment it belongs to, and its sale. */
  payment: z.nullable(z.string()),
  sale: z.nullable(z.string()),
  attemptState: z.nullable(z.string()),
  story: z.array(storyStep),
  /** An unproved tender's candidates: rows a person may pick. */
  candidates: z.array(billRowShown),
});
export type ReconciliationItemOpened = z.infer<typeof reconciliationItemOpened>;

/** One bill of GET /v1/office/bills?day=&account=, newest version first. Its bytes: GET /v1/office/bills/file?id= */
export const officeBill = z.object({
  id: z.string(),
  account: z.string(),
  channel: z.string(),
  kind: z.enum(["trade", "balanceRefunds", "fundFlow"]),
  day: z.string(),
  version: z.number(),
  state: z.enum(["stored", "current", "replaced", "empty", "refused"]),
  origin: z.enum(["fetched", "handedIn"]),
  name: z.string(),
  size: z.number(),
  rows: z.nullable(z.number()),
  trouble: z.nullable(z.string()),
  at: instantField,
  by: z.nullable(z.string()),
});
export const officeBills = z.object({ bills: z.array(officeBill) });
export type OfficeBills = z.infer<typeof officeBills>;
export type OfficeBill = z.infer<typeof officeBill>;
export const billsFilter = z.object({ from: dayField, to: dayField, account: z.optional(accountField) });

/** GET /v1/office/bills/accounts: whose bills there are, and the number by which a file names its account. */
export const billAccounts = z.object({
  accounts: z.array(
    z.object({
      id: z.string(),
      channel: z.string(),
      /** The provider's own number of the account, as its files write it; null where its keys cannot be read. */
      number: z.nullable(z.string()),
      kinds: z.array(z.enum(["trade", "balanceRefunds", "fundFlow"])),
      /** IANA zone of the provider's day. */
      zone: z.string(),
      /** A day's bill is there from this minute of the next day on. */
      readyMinute: z.number(),
      keptDays: z.number(),
    }),
  ),
});
export type BillAccounts = z.infer<typeof billAccounts>;
export type BillAccount = BillAccounts["accounts"][number];

/** GET /v1/office/reconciliation/open: how much of every day needs a person, and how much waits. */
export const reconciliationOpen = z.object({
  breaks: z.object({ count: z.number(), amount: moneyField }),
  waiting: z.object({ count: z.number(), amount: moneyField }),
});
export type ReconciliationOpen = z.infer<typeof reconciliationOpen>;

/** PUT /v1/office/bills/file?account=&kind=&day=&name=: `isNew` is false when the same bytes were there already. */
export const billHandedIn = z.object({ id: z.string(), isNew: z.boolean() });

/** POST /v1/office/bills/fetches: asks the provider now. The answer says what came. */
export const billFetch = z.object({ v: z.literal(1), account: accountField, day: dayField });
export const billFetchAnswer = z.object({ outcome: z.enum(["here", "later"]), day: z.string() });

/** PUT /v1/office/fee-rates: what an account is to cost from a day on. Parts per million. */
export const feeRateBody = z.object({
  v: z.literal(1),
  account: accountField,
  since: dayField,
  rate: z.number().check(z.int(), z.gte(0), z.lte(100_000)),
  givesBack: z.boolean(),
});
export const officeFeeRates = z.object({
  rates: z.array(
    z.object({
      account: z.string(),
      since: z.string(),
      rate: z.number(),
      givesBack: z.boolean(),
      setBy: z.string(),
      setAt: instantField,
    }),
  ),
});
export type OfficeFeeRates = z.infer<typeof officeFeeRates>;
