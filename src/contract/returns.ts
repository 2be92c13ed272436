import * as z from "zod/mini";
import type { Carried, ReturnedLine, TenderLeft } from "../domain/returns.ts";
import { approvalAsked, approvalSchema } from "./approval.ts";
import {
  channelField,
  instantField,
  minorUnitsField,
  moneyField,
  paymentIdField,
  saleIdField,
  staffIdField,
  storeIdField,
} from "./fields.ts";
import { completedSale } from "./sale.ts";
import { refundBody } from "./refund.ts";

/** A claim holds its part of the original this long; a till completes the return at once or claims anew. */
export const claimMs = 120_000;
/** Sales that one search answers. */
export const foundSalesMax = 20;

const whole = z.number().check(z.int(), z.gte(0));

export const returnedLine = z.object({
  line: z.number().check(z.int(), z.gte(1)),
  thousandths: whole,
  amount: whole,
  tax: whole,
}) satisfies z.ZodMiniType<ReturnedLine>;

export const tenderLeft = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("payment"), attempt: paymentIdField, channel: channelField, left: moneyField }),
  z.object({ kind: z.literal("cash"), left: moneyField }),
]) satisfies z.ZodMiniType<TenderLeft>;

/**
 * GET /v1/sales?number=… (till): completed sales of this store by receipt, sale or payment number of ours, the provider's
 * number, or the last digits of one; newest first. Each with what has come back of it and what is left on its tenders.
 */
export const soldSale = z.object({
  store: storeIdField,
  tillLabel: z.string(),
  completedAt: instantField,
  body: completedSale,
  returned: z.array(returnedLine),
  left: z.array(tenderLeft),
  refunds: z.array(refundBody),
});
export type SoldSaleFound = z.infer<typeof soldSale>;
export const salesFound = z.object({ sales: z.array(soldSale).check(z.maxLength(foundSalesMax)) });

const part = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("payment"), attempt: paymentIdField, channel: channelField, amount: moneyField }),
  z.object({ kind: z.literal("cash"), amount: moneyField }),
]) satisfies z.ZodMiniType<Carried>;

/**
 * POST /v1/returns (till): holds lines and money of `original` for the return `sale` until it is completed, against every
 * other till. The second person, where one is due, is checked here. 409 `nothingLeft` when another return was faster, `heldElsewhere` while one at
 * another till is under way. Asking again with the same sale replaces the claim.
 */
export const returnClaim = z.object({
  v: z.literal(1),
  sale: saleIdField,
  original: saleIdField,
  lines: z.array(returnedLine).check(z.minLength(1), z.maxLength(500)),
  /** What of the original's tenders it uses up: given back or carried into an exchange. */
  parts: z.array(part).check(z.maxLength(20)),
  /** All that goes back to the customer, above zero; what an exchange keeps is not in it. */
  back: minorUnitsField.check(z.refine((amount) => amount >= 0)),
  /** Electronic money that goes out as cash. */
  electronicAsCash: minorUnitsField.check(z.refine((amount) => amount >= 0)),
  /** Who is signed on at the till. */
  asker: staffIdField,
  approval: z.nullable(approvalAsked),
});
export type ReturnClaim = z.infer<typeof returnClaim>;

/**
 * POST /v1/tender-returns (till): the second person of a captured tender that is to be taken off an open sale of this till, checked
 * by the gateway; `amount` with its tip. 404 where no such tender stands on the sale.
 */
export const tenderClaim = z.object({
  v: z.literal(1),
  sale: saleIdField,
  attempt: paymentIdField,
  amount: minorUnitsField.check(z.refine((amount) => amount > 0)),
  asker: staffIdField,
  approval: z.nullable(approvalAsked),
});
export type TenderClaim = z.infer<typeof tenderClaim>;

export const returnClaimAnswer = z.object({ approval: z.nullable(approvalSchema), expiresAt: instantField });
export type ReturnClaimAnswer = z.infer<typeof returnClaimAnswer>;
