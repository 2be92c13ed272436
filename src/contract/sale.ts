import * as z from "zod/mini";
import type { DiscountRule } from "../domain/discount.ts";
import type { CompletedSale, SaleSnapshot } from "../domain/journal.ts";
import type { Carried } from "../domain/returns.ts";
import { noteLengthMax } from "../domain/line-note.ts";
import { linesPerSaleMax } from "../domain/sale-lines.ts";
import type { SaleLine } from "../domain/sale-line.ts";
import type { TaxLine } from "../domain/sale-totals.ts";
import type { Tender } from "../domain/tender.ts";
import { approvalSchema } from "./approval.ts";
import {
  channelField,
  instantField,
  moneyField,
  namesField,
  paymentIdField,
  productIdField,
  quantityField,
  refundIdField,
  saleIdField,
  taxModeField,
  taxRateField,
} from "./fields.ts";

export const discountRule = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("percent"), basisPoints: z.number().check(z.int(), z.gt(0), z.lte(10_000)) }),
  z.object({ kind: z.literal("amount"), amount: moneyField }),
  z.object({ kind: z.literal("target"), amount: moneyField }),
]) satisfies z.ZodMiniType<DiscountRule>;

/** Lines written before there were discounts, labels, deposits and returns lack what has a default here. */
export const saleLine = z.object({
  line: z.number().check(z.int(), z.gte(1)),
  product: productIdField,
  names: namesField,
  barcode: z.nullable(z.string()),
  quantity: quantityField,
  unitPrice: moneyField,
  listPrice: moneyField,
  labelPrice: z._default(z.nullable(moneyField), null),
  label: z.optional(z.object({ amount: moneyField, thousandths: z.number().check(z.int(), z.gt(0)) })),
  override: z._default(
    z.nullable(
      z.object({
        listed: moneyField,
        reason: z.enum(["damaged", "nearExpiry", "priceMatch", "labelWrong", "regular", "other"]),
        labelPrice: z.optional(moneyField),
      }),
    ),
    null,
  ),
  discount: z._default(z.nullable(discountRule), null),
  reductions: z._default(z.array(z.object({ scope: z.enum(["line", "sale"]), amount: moneyField })), []),
  amount: moneyField,
  taxRate: taxRateField,
  depositFor: z._default(z.nullable(z.number()), null),
  isDeposit: z._default(z.boolean(), false),
  returnOf: z._default(
    z.nullable(
      z.object({
        sale: saleIdField,
        line: z.number(),
        tax: moneyField,
        receipt: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
        reason: z.optional(z.enum(["defective", "wrongItem", "changedMind", "other"])),
      }),
    ),
    null,
  ),
  note: z.optional(z.string().check(z.minLength(1), z.maxLength(noteLengthMax * 2))),
}) satisfies z.ZodMiniType<SaleLine>;

const taxLine = z.object({ rate: taxRateField, net: moneyField, tax: moneyField }) satisfies z.ZodMiniType<TaxLine>;

const snapshotFields = {
  id: saleIdField,
  taxMode: taxModeField,
  openedAt: instantField,
  lines: z.array(saleLine).check(z.minLength(1), z.maxLength(linesPerSaleMax)),
  discount: z._default(z.nullable(discountRule), null),
  taxes: z.array(taxLine),
  savings: moneyField,
  total: moneyField,
};

/** The rounding of an older snapshot is nothing, in the currency of its total. */
export const saleSnapshot = z.pipe(
  z.object({ ...snapshotFields, rounding: z.optional(moneyField) }),
  z.transform((read): SaleSnapshot => ({
    ...read,
    rounding: read.rounding ?? { amount: 0 as SaleSnapshot["rounding"]["amount"], currency: read.total.currency },
  })),
) satisfies z.ZodMiniType<SaleSnapshot>;

const nothingIn = (amount: Tender["amount"]): Tender["amount"] => ({
  amount: 0 as Tender["amount"]["amount"],
  currency: amount.currency,
});

export const tenderSchema = z.pipe(
  z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("cash"),
      amount: moneyField,
      given: moneyField,
      change: moneyField,
      rounding: z.optional(moneyField),
    }),
    z.object({
      kind: z.literal("payment"),
      amount: moneyField,
      attempt: paymentIdField,
      channel: channelField,
      providerTransactionId: z.string(),
      capturedAt: instantField,
      tip: z.optional(moneyField),
    }),
    z.object({
      kind: z.literal("refund"),
      amount: moneyField,
      refund: refundIdField,
      attempt: paymentIdField,
      channel: channelField,
      of: saleIdField,
    }),
    z.object({
      kind: z.literal("unverified"),
      amount: moneyField,
      channel: channelField,
      at: instantField,
      tail: z.string().check(z.regex(/^[0-9A-Za-z]{0,12}$/)),
    }),
  ]),
  z.transform((read): Tender => {
    if (read.kind === "cash") return { ...read, rounding: read.rounding ?? nothingIn(read.amount) };
    return read.kind === "payment" ? { ...read, tip: read.tip ?? nothingIn(read.amount) } : read;
  }),
) satisfies z.ZodMiniType<Tender>;

const carried = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("payment"), attempt: paymentIdField, channel: channelField, amount: moneyField }),
  z.object({ kind: z.literal("cash"), amount: moneyField }),
]) satisfies z.ZodMiniType<Carried>;

export const completedSale = z.object({
  sale: saleSnapshot,
  receipt: z.string().check(z.minLength(1), z.maxLength(64)),
  tenders: z.array(tenderSchema),
  carried: z._default(z.array(carried), []),
  approvals: z._default(z.array(approvalSchema), []),
  steps: z.object({
    firstLineAt: instantField,
    lastLineAt: instantField,
    payAt: instantField,
    tenderAt: instantField,
    completedAt: instantField,
    steps: z.number(),
  }),
  drawer: z.boolean(),
}) satisfies z.ZodMiniType<CompletedSale>;
