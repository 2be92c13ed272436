import type { ProviderPlug } from "../../provider.ts";
import { createAlipay } from "./alipay.ts";
import { readAlipayCredentials } from "./credentials.ts";

/** What the gateway finds in this folder. */
export const plug: ProviderPlug = {
  id: "alipay",
  create: ({ credentials, ...outside }) =>
    createAlipay({ ...outside, credentials: credentials(readAlipayCredentials) }),
};
