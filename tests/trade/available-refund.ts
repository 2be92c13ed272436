import { createPrivateKey } from "node:crypto";
import type { Fetch } from "../../src/gateway/exchange.ts";
import { authorizationHeader, freshNonce, unixSeconds } from "../../src/gateway/providers/wechat-pay/authorization.ts";
import type { Dice } from "../simulation/seeded.ts";
import { simulatedAccounts } from "../simulation/simulated-provider.ts";
import type { VirtualTime } from "../simulation/virtual-time.ts";

const path = "/v3/refund/domestic/refunds";

/** While `isNext`, the next refund that the gateway asks WeChat Pay for is drawn from the available balance. */
export type AvailableRefund = { isNext: boolean };

/** A way to the providers on which a refund is asked from the available balance, as a shop with another contract has it. */
export function availableRefunds(next: AvailableRefund, random: Dice): (send: Fetch, time: VirtualTime) => Fetch {
  const [{ credentials } = { credentials: null }] = simulatedAccounts;
  const { mchid, merchantSerial, merchantPrivateKeyPem } = credentials as Readonly<Record<string, string>>;
  const merchantKey = createPrivateKey(merchantPrivateKeyPem ?? "");
  return (send, time) => async (url, init) => {
    if (!next.isNext || !url.endsWith(path) || typeof init.body !== "string") return send(url, init);
    next.isNext = false;
    const body = JSON.stringify({ ...(JSON.parse(init.body) as object), funds_account: "AVAILABLE" });
    const timestamp = unixSeconds(time.clock.now());
    const parts = { method: "POST", pathAndQuery: path, timestamp, nonce: freshNonce(random), body };
    const merchant = { mchid: mchid ?? "", merchantSerial: merchantSerial ?? "", merchantKey };
    const headers = Object.fromEntries(new Headers(init.headers));
    return send(url, { ...init, body, headers: { ...headers, authorization: authorizationHeader(parts, merchant) } });
  };
}
