import * as z from "zod/mini";
import { isLabelRule, labelRulesMax } from "../domain/label.ts";
import { plainRules, type ShopRules } from "../domain/shop-rules.ts";
import {
  base64Field,
  currencyField,
  instantField,
  minorUnitsField,
  storeIdField,
  tagField,
  taxModeField,
  tillIdField,
} from "./fields.ts";

/** POST /v1/activations (open): a one-time code, the till's new public key and the proof that it holds the private one. */
export const activationRequest = z.object({
  v: z.literal(1),
  /** 10 Crockford characters, normalised. */
  code: z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{10}$/)),
  /** Raw Ed25519 public key, base64url without padding. */
  publicKey: base64Field,
  /** Signature of `activationProofText`, base64. */
  proof: base64Field,
});
export type ActivationRequest = z.infer<typeof activationRequest>;

const minorAbove = minorUnitsField.check(z.refine((amount) => amount >= 0));
const caps = z.object({ each: minorAbove, day: minorAbove });

export const shopRules = z.object({
  rounding: z.nullable(
    z.object({ step: z.number().check(z.int(), z.gte(2), z.lte(1_000)), mode: z.enum(["down", "half", "up"]) }),
  ),
  labels: z.array(z.string().check(z.refine(isLabelRule))).check(z.maxLength(labelRulesMax)),
  tips: z.array(z.number().check(z.int(), z.gt(0), z.lte(10_000))).check(z.maxLength(4)),
  unverified: z.nullable(caps),
  offlineCashBack: caps,
  refundsOnTrust: z._default(z.object({ day: minorAbove }), () => plainRules.refundsOnTrust),
  float: minorAbove,
  smallCashDifference: z._default(minorAbove, plainRules.smallCashDifference),
}) satisfies z.ZodMiniType<ShopRules>;

/** What a shop's owner may decide anew, each by itself; a name that is none is an error. */
export const shopRulesChange = z.partial(z.strictObject(shopRules.shape));

/** What a till must know of its store; also GET /v1/till answers it, so that changes reach a till. */
export const tillSettings = z.object({
  till: tillIdField,
  /** On paper and screen: A1, A2… */
  label: z.string(),
  tag: tagField,
  store: z.object({
    id: storeIdField,
    name: z.string(),
    address: z.string(),
    phone: z.string(),
    /** IANA zone and minute of the day at which the business day changes. */
    zone: z.string(),
    cutMinute: z.number().check(z.int(), z.gte(0), z.lt(1440)),
    currency: currencyField,
    taxMode: taxModeField,
    /** The customer display's own language. */
    displayLanguage: z.enum(["zh-CN", "en", "ja"]),
  }),
  rules: z._default(shopRules, () => ({ ...plainRules, labels: [], tips: [] })),
  /** Channels this store has a provider account for. */
  channels: z.array(
    z.object({
      channel: z.enum(["wechat", "alipay", "unionpay", "ecny"]),
      /** Not before this long after the start may the cashier give up. */
      abandonNotBeforeMs: z.number(),
      /** When the gateway reverses by itself. */
      reverseAfterMs: z.number(),
      /** How long a code that the shop shows can be paid; null where this account shows none. */
      codeLivesMs: z._default(z.nullable(z.number()), null),
    }),
  ),
});
export type TillSettings = z.infer<typeof tillSettings>;

export const activationAnswer = z.object({
  settings: tillSettings,
  series: z.number().check(z.int(), z.gte(1)),
  /** 32 random bytes, base64url: imported as a non-extractable HMAC key and not kept otherwise. Sent once. */
  pepper: base64Field,
  /** Raw Ed25519 public key of the gateway, base64url: it counter-signs heads. */
  gatewayKey: base64Field,
  at: instantField,
});
export type ActivationAnswer = z.infer<typeof activationAnswer>;
