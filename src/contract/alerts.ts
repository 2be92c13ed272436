import * as z from "zod/mini";
import type { AlertRule } from "../domain/alert-rule.ts";
import { instantField, moneyField, roleField, storeIdField } from "./fields.ts";
import { breakClasses, itemSides } from "./item-classes.ts";

/** Far above what anybody would wait for: a million yuan, a year. */
const amountMax = 100_000_000;
export const alertDaysMax = 365;
const peopleMax = 50;
export const alertsPageMax = 100;

const amountField = z.number().check(z.int(), z.gte(0), z.lte(amountMax));

export const alertRule = z.object({
  breakFrom: amountField,
  dayFrom: z.nullable(amountField),
  ageDays: z.nullable(z.number().check(z.int(), z.gte(1), z.lte(alertDaysMax))),
  roles: z.array(roleField).check(z.maxLength(roleField.options.length)),
  people: z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.maxLength(peopleMax)),
}) satisfies z.ZodMiniType<AlertRule>;

/** GET /v1/office/alert-rules: the chain's own rule and each store's; null: what holds above it. And who could be named. */
export const alertRules = z.object({
  chain: z.nullable(alertRule),
  stores: z.array(z.object({ store: storeIdField, own: z.nullable(alertRule) })),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type AlertRules = z.infer<typeof alertRules>;

/** PUT /v1/office/alert-rules: a store's rule, or the chain's; null takes it back. Somebody must be told: a rule for nobody is refused. */
export const alertRuleChange = z.object({
  v: z.literal(1),
  store: z.optional(storeIdField),
  rule: z.nullable(alertRule),
  approval: z.optional(z.string().check(z.maxLength(64))),
});
export type AlertRuleChange = z.infer<typeof alertRuleChange>;

/** GET /v1/office/alerts, all optional: `all` brings those that are over too; `before` is the cursor of the page before. */
export const alertsFilter = z.object({
  state: z.optional(z.enum(["open", "all"])),
  before: z.optional(z.string().check(z.maxLength(400))),
});
export type AlertsFilter = z.infer<typeof alertsFilter>;

/** What an alert is about: one break, or all of a store's day. */
export const alertAbout = z.nullable(
  z.object({
    account: z.string(),
    side: z.enum(itemSides),
    number: z.string(),
    class: z.enum(breakClasses),
    channel: z.nullable(z.string()),
    /** What it has in common with others that are one break with it; empty where it stands for itself. */
    cause: z.string(),
  }),
);
export const alertRow = z.object({
  store: storeIdField,
  id: z.string(),
  kind: z.enum(["break", "day", "age"]),
  about: alertAbout,
  day: z.string(),
  amount: moneyField,
  /** What the rule said when it was made: minor units, or days for `age`. */
  threshold: z.number(),
  madeAt: instantField,
  /** When what it tells of was mended, or was no longer to be told of. */
  closedAt: z.nullable(instantField),
  readAt: z.nullable(instantField),
});
export type AlertRow = z.infer<typeof alertRow>;
/** The newest first; `unread` counts what is open and this person has not read. */
export const officeAlerts = z.object({
  alerts: z.array(alertRow),
  next: z.nullable(z.string()),
  count: z.number(),
  unread: z.number(),
});
export type OfficeAlerts = z.infer<typeof officeAlerts>;

/** POST /v1/office/alerts/reads: marks one as read by whoever asks, or all that are open (`alert` left out). */
export const alertRead = z.object({
  v: z.literal(1),
  alert: z.optional(z.object({ of: z.string().check(z.maxLength(64)), id: z.string().check(z.maxLength(300)) })),
});
