import * as z from "zod/mini";
import { namedThings } from "./named-things.ts";
import { instantField, moneyField, storeIdField } from "./fields.ts";

const dayField = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));

/**
 * GET /v1/office/ledger/trial-balance: everything posted up to `at` (now when left out), of business dates up to `day` (all when left
 * out), of one store or all. Debits and credits are equal, or the ledger is broken.
 */
export const trialFilter = z.object({
  at: z.optional(z.string().check(z.regex(/^\d{1,16}$/))),
  day: z.optional(dayField),
  store: z.optional(storeIdField),
});
export type TrialFilter = z.infer<typeof trialFilter>;

/** GET /v1/office/ledger/trial-balance/file: the same as a CSV file, in the words of a language. */
export const trialFileQuery = z.extend(trialFilter, { language: z.enum(["zh-CN", "en", "ja"]) });
export type TrialFileQuery = z.infer<typeof trialFileQuery>;

export const trialBalance = z.object({
  at: instantField,
  accounts: z.array(
    z.object({
      /** Ours: `receivable/wechat`, `revenue/1300`. */
      account: z.string(),
      debits: moneyField,
      credits: moneyField,
      /** Debits less credits. */
      balance: moneyField,
      /** A list account: its balance equals its open items. */
      isList: z.boolean(),
      /** Cash of a safe that nobody has counted yet: what lay there at the start is not in it. */
      isUncounted: z.boolean(),
    }),
  ),
  debits: moneyField,
  credits: moneyField,
  /** What the accounts' tills, banks and people are called. */
  names: namedThings,
});
export type TrialBalance = z.infer<typeof trialBalance>;

/** GET /v1/office/ledger/open-items?account=: what stands behind a list account, oldest first; 500 of them. */
export const openItemsFilter = z.object({ account: z.string().check(z.minLength(1), z.maxLength(96)) });
export const openItems = z.object({
  account: z.string(),
  /** By the ledger, debits less credits; `sum` is of all items. They are equal, or something is wrong. */
  balance: moneyField,
  sum: moneyField,
  count: z.number(),
  items: z.array(
    z.object({
      store: z.string(),
      subject: z.string(),
      what: z.enum(["capture", "refund", "tender", "difference", "unbilled", "deposit"]),
      at: instantField,
      amount: moneyField,
      /** Of a deposit the number of its slip. */
      receipt: z.nullable(z.string()),
    }),
  ),
});
export type OpenItems = z.infer<typeof openItems>;
