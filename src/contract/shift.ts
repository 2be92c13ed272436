import * as z from "zod/mini";
import type { ShiftTotals } from "../domain/shift.ts";
import { businessDateField, channelField, instantField, moneyField, sessionIdField } from "./fields.ts";

const count = z.number().check(z.int(), z.gte(0));

/** The figures of an X or Z report, as journalled. */
export const shiftTotalsSchema = z.object({
  session: sessionIdField,
  businessDate: businessDateField,
  openedAt: instantField,
  at: instantField,
  sales: count,
  returns: count,
  sold: moneyField,
  returned: moneyField,
  discounts: moneyField,
  rounding: moneyField,
  tax: moneyField,
  net: moneyField,
  channels: z.array(
    z.object({
      channel: channelField,
      count,
      taken: moneyField,
      refunded: moneyField,
      unverified: moneyField,
      unverifiedCount: z.optional(count),
      tips: moneyField,
    }),
  ),
  cash: z.object({
    float: moneyField,
    taken: moneyField,
    givenBack: moneyField,
    paidIn: moneyField,
    paidOut: moneyField,
    expected: moneyField,
    counted: z.nullable(moneyField),
    counts: count,
    handedOver: z.optional(moneyField),
    kept: z.optional(moneyField),
  }),
  drawerOpened: count,
  voided: count,
  firstReceipt: z.nullable(z.string()),
  lastReceipt: z.nullable(z.string()),
  late: z.optional(z.object({ sales: count, net: moneyField })),
}) satisfies z.ZodMiniType<ShiftTotals>;
