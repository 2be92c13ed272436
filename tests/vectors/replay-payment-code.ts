import { scanForm } from "../../src/domain/payment-code.ts";
import type { VectorCase } from "./replay.ts";

const channels: Readonly<Record<string, string>> = {
  wechat: "WECHAT",
  alipay: "ALIPAY",
  unionpay: "UNIONPAY",
  ecny: "ECNY",
  bestpay: "BESTPAY",
};

/** A scan and the channel it belongs to; `PRODUCT` is a GTIN, null is nothing we know. */
export function replayPaymentCode({ code, channel }: VectorCase): string | null {
  const form = scanForm(code);
  const told = form.kind === "paymentCode" ? channels[form.channel] : form.kind === "product" ? "PRODUCT" : null;
  return told === channel ? null : `said ${told}, expected ${channel}`;
}
