import * as z from "zod/mini";
import { windowMinutesMax } from "../domain/reconciliation/matching-window.ts";
import { instantField } from "./fields.ts";

const dayField = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const accountField = z.string().check(z.minLength(1), z.maxLength(64));

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
  /** Who handed it in, or had the provider asked for it; null where the gateway asked by itself. */
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
  /** Accounts that serve a store of whoever asks, and others too: what is about them as a whole is kept for whoever has all of them. */
  withheld: z.array(z.object({ id: z.string(), channel: z.string() })),
});
export type BillAccounts = z.infer<typeof billAccounts>;
export type BillAccount = BillAccounts["accounts"][number];

/**
 * PUT /v1/office/bills/file?account=&kind=&day=&name=&again=: `isNew` is false when the same bytes were there already, `isOld` too when
 * another file has taken their place since: nothing was changed, and `again=yes` puts them back.
 */
export const billHandedIn = z.object({ id: z.string(), isNew: z.boolean(), isOld: z.boolean() });

/** POST /v1/office/bills/fetches: asks the provider now. The answer says what came; a day that has not begun there is a bad request. */
export const billFetch = z.object({ v: z.literal(1), account: accountField, day: dayField });
export const billFetchAnswer = z.object({ outcome: z.enum(["here", "later"]), day: z.string() });

/** PUT /v1/office/fee-rates: what an account is to cost from a day on. Parts per million. */
export const feeRateBody = z.object({
  v: z.literal(1),
  account: accountField,
  since: dayField,
  rate: z.number().check(z.int(), z.gte(0), z.lte(100_000)),
  givesBack: z.boolean(),
  approval: z.optional(z.string().check(z.maxLength(64))),
});
const windowMinutes = z.number().check(z.int(), z.gte(0), z.lte(windowMinutesMax));
const windowFields = { nearMinutes: windowMinutes, pairMinutes: windowMinutes };

/** PUT /v1/office/matching-windows: by how many minutes clocks may differ in matching an account. */
export const matchingWindowBody = z.object({
  v: z.literal(1),
  account: accountField,
  ...windowFields,
  approval: z.optional(z.string().check(z.maxLength(64))),
});

/** GET /v1/office/fee-rates: what accounts are agreed to cost, and by how much clocks may differ in matching each. */
export const officeFeeRates = z.object({
  windows: z.array(z.object({ account: z.string(), ...windowFields })),
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
