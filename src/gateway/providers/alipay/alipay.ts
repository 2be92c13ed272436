import type { MerchantPresented, Notifications, PaymentProvider, ProviderTimings, Refunds } from "../../provider.ts";
import { ask, type AlipayPorts } from "./ask.ts";
import { billCalls } from "./bills.ts";
import { cancelCall, payCall, precreateCall, queryCall, refundCall, refundQueryCall } from "./calls.ts";
import { readNotification } from "./notification.ts";
import { chargeOutcome, closeOutcome, promptOutcome, queryOutcome, reverseOutcome } from "./payment-outcome.ts";
import { queryRefundOutcome, refundOutcome } from "./refund-outcome.ts";

/** Alipay's guide: query every 3 to 6 s for about a minute, then cancel at once; the rest is this project's plan. */
export const alipayTimings: ProviderTimings = {
  chargeWithinMs: 10_000,
  askWithinMs: 5_000,
  queryAfterMs: [2_000, 5_000, 8_000, 12_000, 16_000, 20_000, 25_000, 30_000, 36_000, 42_000, 48_000, 54_000],
  reverseAfterMs: 60_000,
  abandonNotBeforeMs: 0,
  reverseRetryMs: [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 60_000],
  lateQueryMs: 300_000,
};

/** Alipay over gateway.do, in public-key and certificate mode: payer's code, shop's code, refunds, notifications. */
export function createAlipay(ports: AlipayPorts): PaymentProvider & MerchantPresented & Refunds & Notifications {
  const { clock } = ports;
  return {
    id: "alipay",
    channel: "alipay",
    timings: alipayTimings,
    charge: (request, signal) =>
      ask(ports, request, payCall(request), (node) => chargeOutcome(node, request, clock.now()), signal),
    query: (attempt, signal) =>
      ask(ports, attempt, queryCall(attempt), (node) => queryOutcome(node, attempt, clock.now()), signal),
    reverse: (attempt, signal) =>
      ask(ports, attempt, cancelCall(attempt), (node) => reverseOutcome(node, attempt), signal),
    prompt: (request, signal) =>
      ask(ports, request, precreateCall(request, clock.now()), (node) => promptOutcome(node, request), signal),
    closeGivesBack: true,
    // trade.close knows no order whose code nobody scanned, and such a code could still be paid: cancel ends both
    close: (attempt, signal) => ask(ports, attempt, cancelCall(attempt), (node) => closeOutcome(node, attempt), signal),
    refund: (request, signal) =>
      ask(ports, request, refundCall(request), (node) => refundOutcome(node, request, clock.now()), signal),
    queryRefund: (request, signal) =>
      ask(ports, request, refundQueryCall(request), (node) => queryRefundOutcome(node, request, clock.now()), signal),
    ...billCalls(ports),
    readNotification: async (accountId, message) =>
      readNotification(message, await ports.credentials(accountId), clock.now()),
    notificationAnswer: (verdict) => ({
      status: verdict === "taken" ? 200 : verdict === "refused" ? 400 : 503,
      contentType: "text/plain; charset=utf-8",
      body: verdict === "taken" ? "success" : "fail",
    }),
  };
}
