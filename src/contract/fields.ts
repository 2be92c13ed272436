import * as z from "zod/mini";
import type { BusinessDate } from "../domain/till-session.ts";
import type { Instant } from "../domain/clock.ts";
import {
  isId,
  isTag,
  type ApprovalId,
  type PaymentId,
  type ProductId,
  type RefundId,
  type SaleId,
  type SessionId,
  type StaffId,
  type StoreId,
  type Tag,
  type TillId,
} from "../domain/identifier.ts";
import { amountMax, type CurrencyCode, type MinorUnits } from "../domain/money.ts";
import { quantityMaxUnits, type Quantity } from "../domain/quantity.ts";
import type { TaxRate } from "../domain/tax.ts";

/** Gives what `schema` accepts its brand: the edge parses, the inside trusts. */
function branded<Out>(schema: z.ZodMiniType): z.ZodMiniType<Out> {
  return schema as z.ZodMiniType<Out>;
}

const whole = z.number().check(z.int());
const shortText = z.string().check(z.minLength(1), z.maxLength(64));
const anId = z.string().check(z.refine((text) => isId(text)));

export const instantField = branded<Instant>(whole.check(z.gte(0)));
export const minorUnitsField = branded<MinorUnits>(whole.check(z.gte(-amountMax), z.lte(amountMax)));
export const currencyField = z.enum(["CNY", "JPY", "USD"]) satisfies z.ZodMiniType<CurrencyCode>;
export const moneyField = z.object({ amount: minorUnitsField, currency: currencyField });
/** Kinds of notes and coins in one count at most, and how many of each. */
const noteKindsMax = 20;
const notesMax = 100_000;
export const noteCounts = z
  .array(z.object({ worth: whole.check(z.gte(1)), count: whole.check(z.gte(1), z.lte(notesMax)) }))
  .check(z.maxLength(noteKindsMax));
export const taxRateField = branded<TaxRate>(whole.check(z.gte(0), z.lte(10_000)));
export const taxModeField = z.enum(["included", "added"]);
export const unitField = z.enum(["piece", "kg"]);
export const quantityField = z.object({
  thousandths: branded<Quantity["thousandths"]>(
    whole.check(z.gte(-quantityMaxUnits * 1000), z.lte(quantityMaxUnits * 1000)),
  ),
  unit: unitField,
});
export const storeIdField = branded<StoreId>(shortText);
export const tillIdField = branded<TillId>(shortText);
export const staffIdField = branded<StaffId>(shortText);
export const productIdField = branded<ProductId>(shortText);
export const tagField = branded<Tag>(z.string().check(z.refine((text) => isTag(text))));
export const saleIdField = branded<SaleId>(anId);
export const paymentIdField = branded<PaymentId>(anId);
export const refundIdField = branded<RefundId>(anId);
export const sessionIdField = branded<SessionId>(anId);
/** A page's own name for what it asks to be made: the same again makes no second one. Pages of older builds send none. */
export const requestIdField = z.optional(anId);
export const approvalIdField = branded<ApprovalId>(anId);
export const businessDateField = branded<BusinessDate>(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)));
export const hashField = z.string().check(z.regex(/^[0-9a-f]{64}$/));
export const namesField = z.object({ "zh-CN": z.string(), en: z.string(), ja: z.string() });
export const channelField = z.enum(["wechat", "alipay", "unionpay", "ecny"]);
export const roleField = z.enum(["owner", "manager", "supervisor", "cashier", "accountant"]);
export const base64Field = z.string().check(z.regex(/^[A-Za-z0-9+/_-]*={0,2}$/), z.maxLength(4096));
