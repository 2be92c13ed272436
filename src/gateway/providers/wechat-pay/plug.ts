import type { ProviderPlug } from "../../provider.ts";
import { readWechatPayCredentials } from "./credentials.ts";
import { createWechatPay } from "./wechat-pay.ts";

/** What the gateway finds in this folder. */
export const plug: ProviderPlug = {
  id: "wechat-pay",
  create: ({ credentials, ...outside }) =>
    createWechatPay({ ...outside, credentials: credentials(readWechatPayCredentials) }),
};
