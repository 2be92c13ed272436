import type { Clock } from "../../../domain/clock.ts";
import { exchange, type Fetch } from "../../exchange.ts";
import type {
  AttemptReference,
  MerchantPresented,
  Notifications,
  PaymentProvider,
  ProviderTimings,
  Refunds,
} from "../../provider.ts";
import type { ProviderSilence } from "../../provider-outcome.ts";
import { judgeAnswer, type AnswerNode } from "./answer-node.ts";
import {
  cancelCall,
  payCall,
  precreateCall,
  queryCall,
  refundCall,
  refundQueryCall,
  type AlipayCall,
} from "./calls.ts";
import type { AlipayCredentialsPort } from "./credentials.ts";
import { readNotification } from "./notification.ts";
import { chargeOutcome, closeOutcome, promptOutcome, queryOutcome, reverseOutcome } from "./payment-outcome.ts";
import { queryRefundOutcome, refundOutcome } from "./refund-outcome.ts";
import { requestParameters, signedForm } from "./request-form.ts";

/** What the adapter is given from outside; it holds nothing else. */
export type AlipayPorts = {
  readonly credentials: AlipayCredentialsPort;
  readonly fetch: Fetch;
  readonly clock: Clock;
};

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

/** No answer to a trade call is larger; what is, is not read. */
const answerBytesMax = 1024 * 1024;

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
    readNotification: async (accountId, message) =>
      readNotification(message, await ports.credentials(accountId), clock.now()),
    notificationAnswer: (verdict) => ({
      status: verdict === "taken" ? 200 : verdict === "refused" ? 400 : 503,
      contentType: "text/plain; charset=utf-8",
      body: verdict === "taken" ? "success" : "fail",
    }),
  };
}

/** One signed exchange; `read` sees only a node whose signature holds. */
async function ask<Outcome>(
  ports: AlipayPorts,
  request: Pick<AttemptReference, "accountId" | "withinMs">,
  { method, members, notifyUrl }: AlipayCall,
  read: (node: AnswerNode) => Outcome,
  signal: AbortSignal,
): Promise<Outcome | ProviderSilence> {
  const credentials = await ports.credentials(request.accountId);
  const bizContent = JSON.stringify(members(credentials.sellerId));
  const parameters = requestParameters({ method, bizContent, notifyUrl }, credentials, ports.clock.now());
  const answer = await exchange(
    ports,
    {
      method: "POST",
      url: `${credentials.gatewayUrl}?charset=utf-8`,
      headers: {
        Accept: "application/json",
        "Content-Type": "application/x-www-form-urlencoded;charset=utf-8",
        "User-Agent": "kuantai",
      },
      body: signedForm(parameters, credentials.appKey),
      withinMs: request.withinMs,
      bytesMax: answerBytesMax,
    },
    signal,
  );
  if (answer.kind === "silence") return answer;
  if (answer.status !== 200) return transportFault(answer.status);
  const verdict = judgeAnswer(answer.body, method, credentials.trust);
  return verdict.kind === "node" ? read(verdict.node) : { kind: "silence", why: verdict.why };
}

/** Alipay answers errors with 200 too: anything else comes from a gate in between. */
function transportFault(httpStatus: number): ProviderSilence {
  const why = httpStatus === 429 ? "busy" : httpStatus >= 500 ? "server" : "unlisted";
  return { kind: "silence", why, word: { code: `HTTP ${httpStatus}`, message: "", httpStatus } };
}
