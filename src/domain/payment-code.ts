import { isGtin } from "./gtin.ts";
import type { PaymentChannel } from "./tender.ts";

/** Which wallet a customer's payment code belongs to. BestPay is recognised, so that it can be refused by name. */
export type PaymentCodeChannel = PaymentChannel | "bestpay";

/** What a scan is by its form alone; which meaning comes first at a till is decided where the catalogue is known. */
export type ScanForm =
  | { readonly kind: "paymentCode"; readonly channel: PaymentCodeChannel }
  | { readonly kind: "product" }
  | { readonly kind: "unrecognised" };

type CodeRule = {
  readonly channel: PaymentCodeChannel;
  readonly prefixes: readonly [from: number, to: number];
  readonly lengths: readonly [from: number, to: number];
};

/** First two digits and number of digits, as the providers' pages give them. BestPay's length is trade knowledge only. */
const codeRules: readonly CodeRule[] = [
  { channel: "wechat", prefixes: [10, 15], lengths: [18, 18] },
  { channel: "alipay", prefixes: [25, 30], lengths: [16, 24] },
  { channel: "unionpay", prefixes: [62, 62], lengths: [19, 19] },
  { channel: "ecny", prefixes: [1, 1], lengths: [19, 19] },
  { channel: "bestpay", prefixes: [51, 51], lengths: [18, 18] },
];

const asciiDigits = /^[0-9]{3,24}$/;

/** `scanned` without the ASCII white space a scanner may put around it. */
export function trimScan(scanned: string): string {
  return scanned.replace(/^[\t\n\v\f\r ]+|[\t\n\v\f\r ]+$/gu, "");
}

/**
 * The wallet whose payment code has the form of `scanned`, or null: then ask, do not guess. ASCII digits only; white space
 * around them is cut. A scale label or an SSCC can have the same form: ask the catalogue first.
 */
export function paymentCodeChannel(scanned: string): PaymentCodeChannel | null {
  const code = trimScan(scanned);
  if (!asciiDigits.test(code)) return null;
  const prefix = Number(code.slice(0, 2));
  const rule = codeRules.find(
    ({ prefixes, lengths }) =>
      prefix >= prefixes[0] && prefix <= prefixes[1] && code.length >= lengths[0] && code.length <= lengths[1],
  );
  return rule === undefined ? null : rule.channel;
}

/** Tells a payment code, a product's GTIN (right check digit) and the rest apart, by form alone. */
export function scanForm(scanned: string): ScanForm {
  const channel = paymentCodeChannel(scanned);
  if (channel !== null) return { kind: "paymentCode", channel };
  return isGtin(trimScan(scanned)) ? { kind: "product" } : { kind: "unrecognised" };
}
