import * as z from "zod/mini";
import { instantField, minorUnitsField, moneyField, noteCounts, storeIdField } from "./fields.ts";

const idField = z.string().check(z.minLength(1), z.maxLength(64));
const approval = z.optional(z.string().check(z.maxLength(64)));
const notNegative = minorUnitsField.check(z.refine((amount) => amount >= 0));

/** A slip's number at most, as a journal keeps it too. */
export const slipLengthMax = 32;
export const depositReasonMax = 200;
/** Days of hand-overs, counts and deposits one may look back at; deposits on their way are there however old. */
export const cashDays = [14, 31, 90] as const;

/** One drawer. `float` is of an open shift; it and `holds` are null where one is not told. */
export const cashDrawer = z.object({
  till: z.string(),
  label: z.string(),
  isOpen: z.boolean(),
  by: z.nullable(z.string()),
  since: z.nullable(instantField),
  float: z.nullable(moneyField),
  holds: z.nullable(moneyField),
});
export type CashDrawer = z.infer<typeof cashDrawer>;

/** 缴款单, with both people; `receivedBy` null: nobody proved it. */
export const handOverShown = z.object({
  id: z.string(),
  tillLabel: z.string(),
  day: z.string(),
  at: instantField,
  amount: moneyField,
  kept: moneyField,
  notes: noteCounts,
  handedBy: z.nullable(z.string()),
  receivedBy: z.nullable(z.string()),
});
export type HandOverShown = z.infer<typeof handOverShown>;

export const safeCountShown = z.object({
  id: z.string(),
  at: instantField,
  counted: moneyField,
  expected: moneyField,
  countedBy: z.string(),
  secondPerson: z.nullable(z.string()),
});
export type SafeCountShown = z.infer<typeof safeCountShown>;

export const depositStates = ["underWay", "missing", "arrived", "takenBack"] as const;
/** 存款单. `missing`: its time is over and no line of the bank has brought it. */
export const depositShown = z.object({
  id: z.string(),
  bankName: z.string(),
  slip: z.string(),
  day: z.string(),
  at: instantField,
  amount: moneyField,
  notes: noteCounts,
  takenBy: z.string(),
  madeBy: z.string(),
  secondPerson: z.nullable(z.string()),
  state: z.enum(depositStates),
  /** The last day on which it is in time. */
  expectedBy: z.string(),
  arrivedOn: z.nullable(z.string()),
  /** As much as the bank says. */
  credited: z.nullable(moneyField),
  /** How somebody settled that it came short or over, or not at all: an action of mending. */
  settled: z.nullable(z.string()),
  reason: z.string(),
});
export type DepositShown = z.infer<typeof depositShown>;

/**
 * GET /v1/office/cash?store=&days=: a store's cash. GET /v1/office/cash/blind the same for whoever may count the safe and is not told
 * sums: no balance, no drawer, no hand-over, no count.
 */
export const officeCash = z.object({
  store: storeIdField,
  today: z.string(),
  /** What the books have in the safe; null where one is not told. */
  safe: z.nullable(moneyField),
  /** Whether it was ever counted: before that the books do not know what lay in it at the start. */
  isCounted: z.boolean(),
  inTransit: z.nullable(moneyField),
  drawers: z.array(cashDrawer),
  handOvers: z.array(handOverShown),
  counts: z.array(safeCountShown),
  deposits: z.array(depositShown),
  banks: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Who may carry a deposit. */
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  currency: z.enum(["CNY", "JPY", "USD"]),
});
export type OfficeCash = z.infer<typeof officeCash>;
export const cashFilter = z.object({ store: storeIdField, days: z.optional(z.string().check(z.regex(/^\d{1,2}$/))) });
export type CashFilter = z.infer<typeof cashFilter>;

/**
 * POST /v1/office/cash/counts: a safe as it was counted, blind; what the books had in it is the answer. 202: another person has to agree.
 * `opening`: what is over lay there before the books began; of a store's first count alone, of a later one it says nothing.
 */
export const safeCountBody = z.object({
  v: z.literal(1),
  store: storeIdField,
  counted: notNegative,
  notes: noteCounts,
  opening: z.optional(z.boolean()),
  approval,
});
/** `opening`: what lay there before the books began; `expected` is with it. Null of a usual count. */
export const safeCountedAnswer = z.object({
  counted: moneyField,
  expected: moneyField,
  opening: z.nullable(moneyField),
});
export type SafeCountedAnswer = z.infer<typeof safeCountedAnswer>;

/**
 * POST /v1/office/cash/deposits: cash out of the safe to the bank. 202: another person has to agree. More than the books have in the safe
 * is refused (`nothingLeft`) unless `beyondBooks` says that it was there: a till may not have sent its hand-over yet. To that another
 * person agrees whatever the amount, and to every deposit of whoever may not see what the books have there.
 */
export const depositBody = z.object({
  v: z.literal(1),
  store: storeIdField,
  bank: z.string().check(z.regex(/^[a-z0-9-]{1,32}$/)),
  slip: z.string().check(z.regex(/^\S(?:.*\S)?$/u), z.maxLength(slipLengthMax)),
  amount: minorUnitsField.check(z.refine((amount) => amount > 0)),
  notes: noteCounts,
  takenBy: idField,
  beyondBooks: z.optional(z.boolean()),
  approval,
});
export const depositMade = z.object({ id: z.string() });

/** POST /v1/office/cash/take-backs: a deposit that did not go to the bank is in the safe again. 202 as above. */
export const depositBack = z.object({
  v: z.literal(1),
  store: storeIdField,
  id: idField,
  reason: z.string().check(z.minLength(1), z.maxLength(depositReasonMax)),
  approval,
});
