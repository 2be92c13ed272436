import * as z from "zod/mini";
import { actField, approvalSchema, reasonLengthMax } from "./approval.ts";
import { approvalIdField, instantField, moneyField, staffIdField, storeIdField } from "./fields.ts";

/** How long an approval that was asked for live can be given, and how long a given one can be used. */
export const approvalLiveMs = 120_000;
/** How long something asked in the office waits after its page was last heard of: a hidden page looks once a minute. */
export const officeHeardMs = 300_000;
/** How long its page can keep it waiting: as long as a session lasts. What nobody waits for any more is told for as long. */
export const officeAskMs = 12 * 3_600_000;
/** How often who asked looks for the answer. */
export const approvalPollMs = 1_000;
export const approvalLinesMax = 12;

const size = z.number().check(z.int(), z.gte(0));
const reason = z.string().check(z.maxLength(reasonLengthMax));
const subject = z.string().check(z.minLength(1), z.maxLength(128));

const nameLengthMax = 200;
const name = z.string().check(z.maxLength(nameLengthMax));
/** Goods of a line that are named in every language at most. */
const goodsMax = 8;

/**
 * What the approver reads: a label that the page knows (or the text itself), and what stands beside it. Of a till's `why` the text is
 * the reason chosen there (`AskedWhy`), of a `difference` its class with `over` or `short`, of an `account` its id with its channel:
 * the page has the words.
 */
export const approvalLine = z.object({
  label: z.enum([
    "what",
    "why",
    "receipt",
    "where",
    "who",
    "before",
    "after",
    "number",
    "account",
    "charged",
    "paidFrom",
    "proof",
    "row",
    "beyondBooks",
    "difference",
    "till",
    "day",
  ]),
  text: z.string().check(z.maxLength(200)),
  more: z.optional(z.string().check(z.maxLength(200))),
  /** Where it is goods: what `text` and then `more` say in the store's language, in each. */
  goods: z.optional(z.array(z.object({ "zh-CN": name, en: name, ja: name })).check(z.maxLength(goodsMax))),
});
export type ApprovalLine = z.infer<typeof approvalLine>;
const shown = z.array(approvalLine).check(z.maxLength(approvalLinesMax));

export const approvalStates = ["open", "given", "refused", "used", "withdrawn", "expired"] as const;

/** POST /v1/approvals (till): asks whoever is entitled, on their phone. The id is the till's; asking again answers what became of it. */
export const approvalAsk = z.object({
  v: z.literal(1),
  id: approvalIdField,
  act: actField,
  subject,
  size,
  amount: z.nullable(moneyField),
  reason,
  shown,
  /** Who is signed on at the till. */
  asker: staffIdField,
});
export type ApprovalAsk = z.infer<typeof approvalAsk>;

/** Also GET /v1/approvals/{id} (till). `approval` is there once it was given. */
export const approvalTold = z.object({
  state: z.enum(approvalStates),
  approval: z.nullable(approvalSchema),
  expiresAt: z.nullable(instantField),
});
export type ApprovalTold = z.infer<typeof approvalTold>;

/** GET /v1/approvers?act=&size=&asker= (till): how many people could be asked on their phone. */
export const approversQuery = z.object({
  act: actField,
  size: z.coerce.number().check(z.int(), z.gte(0)),
  asker: staffIdField,
});
export const approversTold = z.object({ count: z.number() });

/** One that waits for a yes, as an approver reads it. */
export const openApproval = z.object({
  id: z.string(),
  /** Null: about several stores, or the whole chain. */
  store: z.nullable(storeIdField),
  /** Which, where it is about several but not all. */
  stores: z.nullable(z.array(storeIdField)),
  act: actField,
  amount: z.nullable(moneyField),
  size,
  reason: z.string(),
  shown,
  askedBy: z.string(),
  askedByName: z.string(),
  till: z.nullable(z.string()),
  askedAt: instantField,
  expiresAt: z.nullable(instantField),
  /** Since when nobody waits for it any more; null while somebody, or its own job, does. */
  goneAt: z.nullable(instantField),
  /** Whether whoever is signed in may say yes. */
  isMine: z.boolean(),
});
export type OpenApproval = z.infer<typeof openApproval>;
/** GET /v1/office/approvals: what waits, the oldest first; at most 100. */
export const openApprovals = z.object({ approvals: z.array(openApproval) });
export type OpenApprovals = z.infer<typeof openApprovals>;

/** GET /v1/office/approvals/{id}: for who asked. */
export const officeApproval = z.object({ state: z.enum(approvalStates), by: z.nullable(z.string()) });
export type OfficeApproval = z.infer<typeof officeApproval>;

const credential = z.looseObject({ id: z.string().check(z.maxLength(1_024)) });
/**
 * POST /v1/office/approvals/{id}/decisions: yes or no by whoever is signed in, who proves it again; a no needs no proof. Before a
 * passkey: POST …/{id}/options.
 */
export const approvalDecision = z.object({
  v: z.literal(1),
  yes: z.boolean(),
  password: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
  credential: z.optional(credential),
});
/** POST /v1/office/approvals/{id}/beside: a second person's PIN or password on the page of who asked. */
export const approvalBeside = z.object({
  v: z.literal(1),
  by: z.string().check(z.minLength(1), z.maxLength(64)),
  pin: z.optional(z.string().check(z.regex(/^\d{6,12}$/))),
  password: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
});
/** GET /v1/office/approvals/{id}/people: who could say yes beside. */
export const approvalPeople = z.object({
  people: z.array(z.object({ id: z.string(), name: z.string(), hasPassword: z.boolean() })),
});
export type ApprovalPeople = z.infer<typeof approvalPeople>;

/** 202: another person's yes is needed first; then the same request again with the approval's id. */
export const proposed = z.object({ proposed: z.string() });

/** GET /v1/office/alone: what was done alone; the unreviewed first. */
export const aloneRow = z.object({
  id: z.string(),
  store: storeIdField,
  act: actField,
  subject: z.string(),
  amount: z.nullable(moneyField),
  size,
  reason: z.string(),
  who: z.string(),
  whoName: z.string(),
  businessDate: z.string(),
  at: instantField,
  reviewedByName: z.nullable(z.string()),
  reviewedAt: z.nullable(instantField),
  note: z.nullable(z.string()),
  /** Whether whoever is signed in may review it: another person than who did it. */
  isMine: z.boolean(),
});
export type AloneRow = z.infer<typeof aloneRow>;
export const aloneList = z.object({ acts: z.array(aloneRow), open: z.number() });
export type AloneList = z.infer<typeof aloneList>;
export const aloneReview = z.object({ v: z.literal(1), note: z.string().check(z.maxLength(reasonLengthMax)) });
