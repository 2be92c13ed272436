import * as z from "zod/mini";
import { approvalLine } from "./approvals.ts";
import { instantField, moneyField } from "./fields.ts";
import type { MendingAction } from "../domain/reconciliation/mending.ts";

export const mendingActions = [
  "ask",
  "wait",
  "adopt",
  "completeSale",
  "refund",
  "resendRefund",
  "payOtherwise",
  "adoptRefund",
  "takeFee",
  "correctRate",
  "notOurs",
  "found",
  "chargeToStaff",
  "writeOff",
  "accept",
  "pair",
] as const satisfies readonly MendingAction[];

/** Breaks that one proposal takes together: of one class and, where it has one, one cause. */
export const mendedAtOnceMax = 5000;
export const reasonLengthMax = 200;

/** How far ahead somebody may let a break wait. */
export const waitDaysMax = 30;

/** What an action needs besides: each names what it takes. */
export const mendingParameters = z.object({
  /** wait: until when, at most `waitDaysMax` from now. */
  until: z.optional(instantField),
  /** payOtherwise: from where, and how it can be seen. */
  paidFrom: z.optional(z.enum(["safe", "bank", "owner"])),
  proof: z.optional(z.string().check(z.minLength(1), z.maxLength(120))),
  /** correctRate: parts per million from a day on. */
  since: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
  rate: z.optional(z.number().check(z.int(), z.gte(0), z.lte(100_000))),
  /** chargeToStaff: whom. */
  staff: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  /** pair: the number of the row that the tender is. */
  row: z.optional(z.string().check(z.minLength(1), z.maxLength(96))),
});
export type MendingParameters = z.infer<typeof mendingParameters>;

/**
 * POST /v1/office/mendings: proposes an action for breaks. One that needs nobody else is done at once; every other waits for
 * another person's approval and is carried out by itself once that is given.
 */
export const mendingProposal = z.object({
  v: z.literal(1),
  items: z
    .array(z.object({ store: z.string().check(z.maxLength(64)), id: z.string().check(z.maxLength(200)) }))
    .check(z.minLength(1), z.maxLength(mendedAtOnceMax)),
  action: z.enum(mendingActions),
  reason: z.string().check(z.minLength(1), z.maxLength(reasonLengthMax)),
  parameters: z.optional(mendingParameters),
});
export type MendingProposal = z.infer<typeof mendingProposal>;

/** One proposal, with what it is about. */
export const mendingShown = z.object({
  store: z.string(),
  id: z.string(),
  action: z.enum(mendingActions),
  state: z.enum(["proposed", "done", "refused", "stale"]),
  class: z.string(),
  /** More money than the books say, or less; null of some of each, and of what is neither. */
  isOver: z.nullable(z.boolean()),
  reason: z.string(),
  amount: moneyField,
  count: z.number(),
  items: z.array(z.object({ store: z.string(), id: z.string() })),
  /** The approval that it waits for, or waited. */
  approval: z.nullable(z.string()),
  proposedBy: z.string(),
  proposedAt: instantField,
  decidedBy: z.nullable(z.string()),
  decidedAt: z.nullable(instantField),
  /** Items that could not be mended, and why. */
  failed: z.array(z.object({ id: z.string(), why: z.string() })),
  /** What whoever is signed in has to do with it: they asked, may say yes or no, or only look on. */
  part: z.enum(["asks", "decides", "looks"]),
  /** Whose yes it waits for, by name; null where it waits for none: it is decided. */
  waitsFor: z.nullable(z.array(z.string())),
  /** What the approval names besides the break: the rate, whom it charges, the row. Nothing where none waits. */
  named: z.array(approvalLine),
});
export type MendingShown = z.infer<typeof mendingShown>;
/** GET /v1/office/mendings?state=&about=: the newest first, 100 of them; `about` is an item's id. */
export const mendingsShown = z.object({ mendings: z.array(mendingShown) });
export const mendingsFilter = z.object({
  state: z.optional(z.enum(["proposed", "done", "refused", "stale"])),
  about: z.optional(z.string().check(z.maxLength(200))),
});
export type MendingsFilter = z.infer<typeof mendingsFilter>;

/** What came of a proposal: done at once, or waiting for another person under an approval. */
export const mendingAnswer = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("done"),
    mending: z.string(),
    state: z.enum(["done", "stale"]),
    failed: z.array(z.object({ id: z.string(), why: z.string() })),
  }),
  z.object({ kind: z.literal("proposed"), mending: z.string(), approval: z.string() }),
]);
export type MendingAnswer = z.infer<typeof mendingAnswer>;

/**
 * POST /v1/office/unpairings: takes a noted tender and the row that proved it apart. Another person agrees: 202 with `proposed`, and the
 * same again with `approval`.
 */
export const unpairing = z.object({
  v: z.literal(1),
  store: z.string().check(z.minLength(1), z.maxLength(64)),
  account: z.string().check(z.minLength(1), z.maxLength(64)),
  number: z.string().check(z.minLength(1), z.maxLength(96)),
  reason: z.string().check(z.minLength(1), z.maxLength(reasonLengthMax)),
  approval: z.optional(z.string().check(z.maxLength(64))),
});
export type Unpairing = z.infer<typeof unpairing>;
export const unpairingAnswer = z.union([z.object({ proposed: z.string() }), z.object({ number: z.string() })]);

/** What may be done about each class: GET /v1/office/mendings/offers. */
export const mendingOffers = z.object({
  classes: z.record(z.string(), z.array(z.object({ action: z.enum(mendingActions), needsSecond: z.boolean() }))),
});
export type MendingOffers = z.infer<typeof mendingOffers>;
