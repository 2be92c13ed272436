import * as z from "zod/mini";
import { codeLengthMax, codePattern, dimensions } from "../domain/accounting/account-map.ts";
import { namedThings } from "./named-things.ts";
import { instantField, moneyField, storeIdField } from "./fields.ts";

const dayField = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
export const dimensionLengthMax = 40;
const short = z.string().check(z.maxLength(dimensionLengthMax));

const patternField = z.string().check(z.regex(/^[A-Za-z]{1,40}(?:\/[\w.-]{1,60})?$/));
export const mappedAccount = z.object({
  pattern: patternField,
  /** Empty, or letters, figures, dots and hyphens as account codes are made of. */
  code: z.string().check(z.maxLength(codeLengthMax), z.regex(codePattern)),
  name: z.string().check(z.maxLength(60)),
  asks: z.array(z.enum(dimensions)).check(z.maxLength(dimensions.length)),
  department: short,
  customer: short,
  cashFlow: short,
});
export type MappedAccountBody = z.infer<typeof mappedAccount>;

/** GET /v1/office/account-map: what is mapped, what our books use and is not, and what usually stands there. */
export const accountMap = z.object({
  /** What a change is made from: of another one it is refused. */
  version: z.string(),
  accounts: z.array(mappedAccount),
  unmapped: z.array(z.object({ account: z.string(), missing: z.enum(["account", ...dimensions]) })),
  /** Every account that our books have ever used. */
  used: z.array(z.string()),
  /** What the tills, banks and people of all these are called. */
  names: namedThings,
  suggested: z.object({ general: z.array(mappedAccount), small: z.array(mappedAccount) }),
});
export type AccountMap = z.infer<typeof accountMap>;

/** PUT /v1/office/account-map: these accounts, and without `removed`, which go by their kind again; the others stay as they are. */
export const accountMapChange = z.object({
  v: z.literal(1),
  version: z.string().check(z.maxLength(64)),
  accounts: z.array(mappedAccount).check(z.minLength(1), z.maxLength(200)),
  removed: z.optional(z.array(patternField).check(z.maxLength(200))),
});

/** GET /v1/office/vouchers?store=&from=&to=: the days that stand for ever, and the open ones as drafts. */
export const vouchersFilter = z.object({ store: storeIdField, from: dayField, to: dayField });
export const voucherRow = z.object({
  day: z.string(),
  /** 0 for a draft (未结). */
  number: z.number(),
  isDraft: z.boolean(),
  debits: moneyField,
  credits: moneyField,
  transfers: z.number(),
  sha256: z.nullable(z.string()),
  at: z.nullable(instantField),
});
export const vouchers = z.object({
  vouchers: z.array(voucherRow),
  debits: moneyField,
  unmapped: z.array(z.object({ account: z.string(), missing: z.string() })),
});
export type Vouchers = z.infer<typeof vouchers>;

export const voucherFormats = ["u8", "kingdeeCsv", "kingdeeXlsx", "json"] as const;
/**
 * GET /v1/office/vouchers/file: closed days only, unless `draft` is 1. Refused (409 `differentRequest`) while an account is not mapped.
 * The same days give the same bytes; `x-kuantai-control` is the sum of all debits in minor units.
 */
export const voucherFileQuery = z.object({
  store: storeIdField,
  from: dayField,
  to: dayField,
  format: z.enum(voucherFormats),
  draft: z.optional(z.enum(["0", "1"])),
});
export type VoucherFileQuery = z.infer<typeof voucherFileQuery>;
