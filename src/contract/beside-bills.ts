import * as z from "zod/mini";
import type { BillTotals } from "../domain/bills/bill.ts";
import { currencyField, instantField, moneyField } from "./fields.ts";
import { shiftTotalsSchema } from "./shift.ts";

/** A line of the shop's bank. */
const bankLineShown = z.object({
  bank: z.string(),
  day: z.string(),
  time: z.string(),
  amount: moneyField,
  counterparty: z.string(),
  text: z.string(),
  reference: z.string(),
});
export type BankLineShown = z.infer<typeof bankLineShown>;

/** What a bill's footer adds up (`domain/bills`). */
export const billTotalNames = [
  "rows",
  "payments",
  "refunds",
  "amount",
  "receivable",
  "asked",
  "taken",
  "fee",
  "moneyIn",
  "moneyOut",
] as const satisfies readonly (keyof BillTotals)[];
/** What stands behind an item that no bill has: a payout, a bank's credit, a count of cash, a deposit; of a whole bill its totals. */
export const besideBills = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("payout"),
    day: z.string(),
    amount: moneyField,
    fee: moneyField,
    state: z.enum(["sent", "arrived", "returned"]),
    lines: z.array(bankLineShown),
    /** How far the shop's bank statements reach; null where none was handed in. */
    through: z.nullable(z.string()),
  }),
  z.object({ kind: z.literal("credit"), line: bankLineShown, payouts: z.array(z.string()) }),
  z.object({
    kind: z.literal("drawer"),
    openedBy: z.nullable(z.string()),
    openedAt: instantField,
    closedBy: z.nullable(z.string()),
    closedAt: z.nullable(instantField),
    expected: z.nullable(moneyField),
    counted: z.nullable(moneyField),
    /** The Z report, as journalled; null where none was kept. */
    totals: z.nullable(shiftTotalsSchema),
  }),
  /** Every total of a bill that is not what its rows come to. Counts as they are, fees in thousandths of the smallest unit. */
  z.object({
    kind: z.literal("bill"),
    totals: z.array(z.object({ member: z.enum(billTotalNames), footer: z.number(), counted: z.number() })),
    currency: currencyField,
  }),
  z.object({
    kind: z.literal("safe"),
    at: instantField,
    expected: moneyField,
    counted: moneyField,
    countedBy: z.string(),
    secondPerson: z.nullable(z.string()),
  }),
  z.object({
    kind: z.literal("deposit"),
    slip: z.string(),
    bankName: z.string(),
    day: z.string(),
    amount: moneyField,
    takenBy: z.string(),
    madeBy: z.string(),
    secondPerson: z.nullable(z.string()),
    /** The line that brought it, and how far the shop's bank statements reach. */
    lines: z.array(bankLineShown),
    through: z.nullable(z.string()),
  }),
]);
export type BesideBills = z.infer<typeof besideBills>;
