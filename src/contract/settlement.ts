import * as z from "zod/mini";
import { instantField, moneyField } from "./fields.ts";
import { bankColumns } from "./statements.ts";

const dayField = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const idField = z.string().check(z.regex(/^[a-z0-9-]{1,32}$/));

/** One account with a provider: what lies there, what is on its way, what should arrive when. */
export const accountSettlement = z.object({
  account: z.string(),
  channel: z.string(),
  /** The stores that it serves: what is told here is of all of them. */
  stores: z.array(z.string()),
  /** By our ledger, and by the provider's own last fund flow with its day. */
  balance: moneyField,
  told: z.nullable(
    z.object({
      balance: moneyField,
      day: z.string(),
      /** What our books have at the end of that same day. */
      booked: moneyField,
      /** What the flow says more than they do; below zero less. */
      over: moneyField,
      /** What explains it; the amounts come to `over`. `nothing`: what nobody knows of. */
      why: z.array(
        z.object({
          kind: z.enum(["unbilled", "balance", "items", "nothing"]),
          amount: moneyField,
          count: z.number(),
          day: z.nullable(z.string()),
        }),
      ),
    }),
  ),
  /** Captured and in no bill yet. */
  receivable: moneyField,
  inTransit: moneyField,
  payouts: z.array(
    z.object({
      number: z.string(),
      day: z.string(),
      amount: moneyField,
      state: z.enum(["sent", "arrived", "returned"]),
      /** Until when it is expected; on which day it came. */
      expectedBy: z.string(),
      arrivedOn: z.nullable(z.string()),
      credited: z.nullable(moneyField),
      /** It came short or over, back, or not in time, and nobody has settled it. */
      isOpen: z.boolean(),
    }),
  ),
});
export type AccountSettlement = z.infer<typeof accountSettlement>;

export const bankAccount = z.object({
  id: z.string(),
  store: z.string(),
  name: z.string(),
  columns: z.nullable(bankColumns),
  /** The last day of which it has lines. */
  through: z.nullable(z.string()),
  lines: z.number(),
});
export type BankAccount = z.infer<typeof bankAccount>;

/** GET /v1/office/settlement?days= (90 at most): every account with its payouts of these days, and the banks. */
export const officeSettlement = z.object({ accounts: z.array(accountSettlement), banks: z.array(bankAccount) });
export type OfficeSettlement = z.infer<typeof officeSettlement>;
export const settlementFilter = z.object({ days: z.optional(z.string().check(z.regex(/^\d{1,2}$/))) });

/** PUT /v1/office/banks/{id}: a bank account of the shop's, by a short name of its own. */
export const bankBody = z.object({
  v: z.literal(1),
  name: z.string().check(z.minLength(1), z.maxLength(64)),
  store: z.string().check(z.minLength(1), z.maxLength(64)),
});
/** What PUT /v1/office/banks/{id} answers: every bank account there is now. */
export const keptBanks = z.object({ banks: z.array(bankAccount) });
export const bankName = z.object({ id: idField });

/** GET /v1/office/banks/lines?bank=&from=&to=: lines with what each brought. */
export const bankLinesFilter = z.object({ bank: idField, from: dayField, to: dayField });
export const bankLines = z.object({
  lines: z.array(
    z.object({
      id: z.string(),
      day: z.string(),
      time: z.string(),
      amount: moneyField,
      counterparty: z.string(),
      text: z.string(),
      reference: z.string(),
      /** What it brought: payouts, or under the account `cash` deposits, each by its slip's number. */
      payouts: z.array(z.object({ account: z.string(), number: z.string(), amount: moneyField, at: instantField })),
    }),
  ),
});
export type BankLines = z.infer<typeof bankLines>;
