import * as z from "zod/mini";
import { accountFaults, accountFields, accountTestFailures } from "../domain/provider-account.ts";
import { approvalIdField, channelField, currencyField, storeIdField, taxModeField, tillIdField } from "./fields.ts";

const text = (max: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(max));
const languages = z.enum(["zh-CN", "en", "ja"]);

/** What the owner says of a store. Zone, cut and tax stand for ever: days and receipts that were rest on them. */
export const storeBody = z.object({
  v: z.literal(1),
  name: text(64),
  address: z.string().check(z.trim(), z.maxLength(128)),
  phone: z.string().check(z.trim(), z.maxLength(32)),
  /** IANA name. */
  zone: text(64),
  /** Minute of the day at which the business day changes; before noon. */
  cutMinute: z.number().check(z.int(), z.gte(0), z.lt(720)),
  taxMode: taxModeField,
  displayLanguage: languages,
});
export type StoreBody = z.infer<typeof storeBody>;
/** PUT /v1/office/stores/{store}: what may still be changed. */
export const storeChange = z.pick(storeBody, {
  v: true,
  name: true,
  address: true,
  phone: true,
  displayLanguage: true,
});
export type StoreChange = z.infer<typeof storeChange>;

/** POST /v1/office/tills: the label is what stands on paper and screen, once a store. */
export const tillBody = z.object({
  v: z.literal(1),
  store: storeIdField,
  label: z.string().check(z.trim(), z.regex(/^[A-Za-z0-9-]{1,8}$/)),
});
export type TillBody = z.infer<typeof tillBody>;

export const setUpStore = z.object({
  id: storeIdField,
  ...z.omit(storeBody, { v: true }).shape,
  currency: currencyField,
});
export type SetUpStore = z.infer<typeof setUpStore>;
export const setUpAccount = z.object({
  id: z.string(),
  provider: z.string(),
  channel: channelField,
  /** The merchant's number with the provider; null where the account does not tell. */
  merchant: z.nullable(z.string()),
  isSandbox: z.boolean(),
  /** When its keys were last tested by a query; null for the sandbox's. */
  testedAt: z.nullable(z.number()),
  stores: z.array(storeIdField),
});
export type SetUpAccount = z.infer<typeof setUpAccount>;

/** GET /v1/office/shop (editProducts; to others than who may editShop only what products need). */
export const shopSetUp = z.object({
  kind: z.enum(["demo", "own"]),
  currency: currencyField,
  timeZone: z.string(),
  /** Where a device becomes a till. */
  tillAddress: z.string(),
  stores: z.array(setUpStore),
  tills: z.array(z.object({ id: tillIdField, store: storeIdField, label: z.string(), isActivated: z.boolean() })),
  accounts: z.array(setUpAccount),
  products: z.number(),
  /** People who may sign on at a till. */
  staff: z.number(),
});
export type ShopSetUp = z.infer<typeof shopSetUp>;
export const storeMade = z.object({ id: storeIdField });
export const tillMade = z.object({ id: tillIdField });

/** A key or certificate as it was pasted or as its file holds it. */
const pasted = z.string().check(z.trim(), z.maxLength(32_768));
/** The second person's, where the account or the one whose place it takes has taken money. */
const approval = z.optional(approvalIdField);
const stores = z.array(storeIdField).check(z.minLength(1), z.maxLength(500));

/** POST /v1/office/provider-accounts. Secrets come in by it and never go out again. */
export const wechatPayAccountBody = z.object({
  v: z.literal(1),
  provider: z.literal("wechat-pay"),
  approval,
  stores,
  mchid: pasted,
  appid: pasted,
  apiV3Key: pasted,
  privateKey: pasted,
  /** The merchant's certificate, or its serial number. */
  certificate: pasted,
  /** WeChat Pay's public key and its id; both empty where the merchant still has platform certificates. */
  publicKeyId: pasted,
  publicKey: pasted,
});
export type WechatPayAccountBody = z.infer<typeof wechatPayAccountBody>;
export const alipayAccountBody = z.object({
  v: z.literal(1),
  provider: z.literal("alipay"),
  approval,
  stores,
  appId: pasted,
  sellerId: pasted,
  privateKey: pasted,
  /** Alipay's public key; empty where the three certificates below are there. */
  publicKey: pasted,
  appCertificate: pasted,
  alipayCertificate: pasted,
  rootCertificate: pasted,
});
export type AlipayAccountBody = z.infer<typeof alipayAccountBody>;
export const accountBody = z.discriminatedUnion("provider", [wechatPayAccountBody, alipayAccountBody]);
export type AccountBody = z.infer<typeof accountBody>;

export const accountAnswer = z.discriminatedUnion("kind", [
  /** Tested and in use. */
  z.object({ kind: z.literal("inUse"), id: z.string() }),
  z.object({
    kind: z.literal("faults"),
    faults: z.array(z.object({ field: z.enum(accountFields), why: z.enum(accountFaults) })),
  }),
  /** `word` is the provider's own, for who asks its support. */
  z.object({ kind: z.literal("failed"), why: z.enum(accountTestFailures), word: z.nullable(z.string()) }),
]);
export type AccountAnswer = z.infer<typeof accountAnswer>;
