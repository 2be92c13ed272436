import * as z from "zod/mini";
import type { CompletedSale, SaleSnapshot } from "../domain/journal.ts";
import { linesPerSaleMax, type SaleLine } from "../domain/sale.ts";
import type { TaxLine } from "../domain/sale-totals.ts";
import type { Tender } from "../domain/tender.ts";
import {
  channelField,
  instantField,
  moneyField,
  namesField,
  paymentIdField,
  productIdField,
  quantityField,
  saleIdField,
  taxModeField,
  taxRateField,
} from "./fields.ts";

const saleLine = z.object({
  line: z.number().check(z.int(), z.gte(1)),
  product: productIdField,
  names: namesField,
  barcode: z.nullable(z.string()),
  quantity: quantityField,
  unitPrice: moneyField,
  listPrice: moneyField,
  amount: moneyField,
  taxRate: taxRateField,
}) satisfies z.ZodMiniType<SaleLine>;

const taxLine = z.object({ rate: taxRateField, net: moneyField, tax: moneyField }) satisfies z.ZodMiniType<TaxLine>;

export const saleSnapshot = z.object({
  id: saleIdField,
  taxMode: taxModeField,
  openedAt: instantField,
  lines: z.array(saleLine).check(z.minLength(1), z.maxLength(linesPerSaleMax)),
  taxes: z.array(taxLine),
  savings: moneyField,
  total: moneyField,
}) satisfies z.ZodMiniType<SaleSnapshot>;

export const tenderSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("cash"), amount: moneyField, given: moneyField, change: moneyField }),
  z.object({
    kind: z.literal("payment"),
    amount: moneyField,
    attempt: paymentIdField,
    channel: channelField,
    providerTransactionId: z.string(),
    capturedAt: instantField,
  }),
]) satisfies z.ZodMiniType<Tender>;

export const completedSale = z.object({
  sale: saleSnapshot,
  receipt: z.string().check(z.minLength(1), z.maxLength(64)),
  tenders: z.array(tenderSchema),
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
