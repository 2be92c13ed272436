import * as z from "zod/mini";
import { namedThings } from "./named-things.ts";
import { businessDateField, instantField } from "./fields.ts";

/** Every act that the audit log knows. Only added to: old entries keep their word. */
export const auditActs = [
  "signedIn",
  "signInRefused",
  "sessionEnded",
  "passwordSet",
  "passkeyAdded",
  "passkeyRemoved",
  "ownerReset",
  "invited",
  "accessRemoved",
  "activationCodeMade",
  "tillActivated",
  "pinRenewed",
  "staffAdded",
  "staffRenamed",
  "roleChanged",
  "staffLeft",
  "permissionChanged",
  "rateCorrected",
  "windowChanged",
  "rulesChanged",
  "billHandedIn",
  "billAsked",
  "bankKept",
  "statementHandedIn",
  "statementTakenBack",
  "safeCounted",
  "cashDeposited",
  "depositTakenBack",
  "mended",
  "mendingUndone",
  "dayClosed",
  "monthLocked",
  "accountMapped",
  "webhookChanged",
  "apiKeyChanged",
  "alertRuleChanged",
  "approvalGiven",
  "approvalRefused",
  "tillApproved",
  "doneAlone",
  "drawerRecounted",
  "cashHandedOver",
  "storeAdded",
  "storeChanged",
  "tillAdded",
  "accountKept",
  "productsTaken",
  "aloneReviewed",
  "exceptionLooked",
  "auditExported",
] as const;
export type AuditAct = (typeof auditActs)[number];

/**
 * GET /v1/office/audit, all optional: `from` and `to` are days of the first store's zone, `query` looks in subject, reason and
 * what changed, `before` is the cursor of the page before.
 */
export const auditFilter = z.object({
  store: z.optional(z.string().check(z.maxLength(64))),
  from: z.optional(businessDateField),
  to: z.optional(businessDateField),
  who: z.optional(z.string().check(z.maxLength(64))),
  act: z.optional(z.enum(auditActs)),
  query: z.optional(z.string().check(z.maxLength(64))),
  before: z.optional(z.string().check(z.maxLength(64))),
});
export type AuditFilter = z.infer<typeof auditFilter>;

export const auditRow = z.object({
  id: z.string(),
  at: instantField,
  /** Null: the whole chain. */
  store: z.nullable(z.string()),
  who: z.nullable(z.string()),
  whoName: z.nullable(z.string()),
  act: z.string(),
  subject: z.string(),
  /** A person's, till's or store's name, where the subject is one. */
  subjectName: z.nullable(z.string()),
  /** Of an approval of mending: by which action, as the mending itself names it. */
  action: z.nullable(z.string()),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.nullable(z.string()),
  secondPerson: z.nullable(z.string()),
  secondName: z.nullable(z.string()),
});
export type AuditRow = z.infer<typeof auditRow>;

export const auditPage = z.object({
  entries: z.array(auditRow),
  next: z.nullable(z.string()),
  count: z.number(),
  /** Everybody's name by what the log calls them: for the filter. */
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  /** What people and things are called that entries hold by their ids. */
  names: namedThings,
});
export type AuditPage = z.infer<typeof auditPage>;

/** GET /v1/office/audit/file: the whole filter as CSV, oldest first. */
export const auditFileFilter = z.extend(auditFilter, { language: z.enum(["zh-CN", "en", "ja"]) });
