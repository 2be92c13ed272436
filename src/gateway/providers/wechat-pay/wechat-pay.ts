import type {
  AttemptReference,
  ChargeRequest,
  ConsumerPresented,
  MerchantPresented,
  PaymentProvider,
  PromptRequest,
  ProviderTimings,
  RefundRequest,
  Refunds,
} from "../../provider.ts";
import { reveal } from "../../secret.ts";
import { billCalls } from "./bills.ts";
import type { WechatPayCredentials } from "./credentials.ts";
import { rfc3339, withinWeChat, withinWeChatBytes } from "./members.ts";
import { notificationAnswer, readNotification } from "./notification.ts";
import { chargeOutcome, closeOutcome, promptOutcome, queryOutcome, reverseOutcome } from "./order-outcome.ts";
import { createPlatformKeys } from "./platform-keys.ts";
import { refundOutcome } from "./refund-body.ts";
import { refundError, refundQueryError } from "./refund-table.ts";
import { call, sendSigned, type AccountLine, type WechatPayPorts } from "./signed-exchange.ts";

/** The provider's guides allow 5–10 s between queries and ask for 15 s before a reversal; the rest is this project's plan. */
export const wechatPayTimings: ProviderTimings = {
  chargeWithinMs: 10_000,
  askWithinMs: 5_000,
  queryAfterMs: [3_000, 6_000, 9_000, 14_000, 19_000, 24_000, 29_000, 34_000, 39_000, 44_000],
  reverseAfterMs: 45_000,
  abandonNotBeforeMs: 15_000,
  reverseRetryMs: [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 60_000],
  lateQueryMs: 300_000,
};

/** The provider's limits of these members. */
const descriptionLengthMax = 127;
const storeOutIdLengthMax = 32;
const deviceIdLengthMax = 32;
const attachLengthMax = 128;
const reasonBytesMax = 80;

const codepayPath = "/v3/pay/transactions/codepay";
const nativePath = "/v3/pay/transactions/native";
const refundsPath = "/v3/refund/domestic/refunds";

/** WeChat Pay API v3: payment codes, codes shown by the shop, refunds, notifications. */
export function createWechatPay(ports: WechatPayPorts): PaymentProvider {
  const keys = createPlatformKeys({
    clock: ports.clock,
    ask: (credentials, send, signal) => sendSigned(ports, credentials, send, signal),
  });
  const lineOf: LineOf = async (id) => ({ id, ports, credentials: await ports.credentials(id), keys });
  return {
    id: "wechat-pay",
    channel: "wechat",
    timings: wechatPayTimings,
    ...orderCalls(lineOf),
    ...refundCalls(lineOf),
    ...billCalls(lineOf),
    readNotification: async (accountId, message) => readNotification(await lineOf(accountId), message),
    notificationAnswer,
  };
}

type LineOf = (accountId: string) => Promise<AccountLine>;

function orderCalls(lineOf: LineOf): ConsumerPresented & MerchantPresented {
  return {
    async charge(request, signal) {
      const line = await lineOf(request.accountId);
      const answer = await post(line, codepayPath, codepayBody(request, line.credentials), request.withinMs, signal);
      return "kind" in answer ? answer : chargeOutcome(answer, line, request);
    },
    async prompt(request, signal) {
      const line = await lineOf(request.accountId);
      const answer = await post(line, nativePath, nativeBody(request, line.credentials), request.withinMs, signal);
      return "kind" in answer ? answer : promptOutcome(answer);
    },
    async query(attempt, signal) {
      const line = await lineOf(attempt.accountId);
      const path = `${orderPath(attempt)}?mchid=${encodeURIComponent(line.credentials.mchid)}`;
      const answer = await get(line, path, attempt.withinMs, signal);
      return "kind" in answer ? answer : queryOutcome(answer, line, attempt);
    },
    closeGivesBack: false,

    async close(attempt, signal) {
      const line = await lineOf(attempt.accountId);
      const { mchid } = line.credentials;
      const answer = await post(line, `${orderPath(attempt)}/close`, { mchid }, attempt.withinMs, signal);
      return "kind" in answer ? answer : closeOutcome(answer);
    },
    async reverse(attempt, signal) {
      const line = await lineOf(attempt.accountId);
      const { appid, mchid } = line.credentials;
      const answer = await post(line, `${orderPath(attempt)}/reverse`, { appid, mchid }, attempt.withinMs, signal);
      return "kind" in answer ? answer : reverseOutcome(answer, line, attempt);
    },
  };
}

function refundCalls(lineOf: LineOf): Refunds {
  return {
    async refund(request, signal) {
      const line = await lineOf(request.accountId);
      const answer = await post(line, refundsPath, refundBody(request), request.withinMs, signal);
      if ("kind" in answer) return answer;
      return answer.status === 200
        ? refundOutcome(answer.json, request, line.ports.clock.now())
        : refundError(answer.word, answer.status);
    },
    async queryRefund(request, signal) {
      const line = await lineOf(request.accountId);
      const answer = await get(line, `${refundsPath}/${encodeURIComponent(request.id)}`, request.withinMs, signal);
      if ("kind" in answer) return answer;
      return answer.status === 200
        ? refundOutcome(answer.json, request, line.ports.clock.now())
        : refundQueryError(answer.word, answer.status);
    },
  };
}

function post(line: AccountLine, path: string, body: object, withinMs: number, signal: AbortSignal) {
  return call(line, { method: "POST", path, body: JSON.stringify(body), withinMs }, signal);
}

function get(line: AccountLine, path: string, withinMs: number, signal: AbortSignal) {
  return call(line, { method: "GET", path, body: "", withinMs }, signal);
}

function orderPath(attempt: AttemptReference): string {
  return `/v3/pay/transactions/out-trade-no/${encodeURIComponent(attempt.id)}`;
}

function codepayBody(request: ChargeRequest, { appid, mchid }: WechatPayCredentials) {
  return {
    appid,
    mchid,
    description: withinWeChat(request.description, descriptionLengthMax),
    out_trade_no: request.id,
    payer: { auth_code: reveal(request.code) },
    amount: { total: request.amount.amount, currency: request.amount.currency },
    scene_info: {
      device_id: withinWeChat(request.tillLabel, deviceIdLengthMax),
      store_info: { out_id: withinWeChat(request.storeOutId, storeOutIdLengthMax) },
    },
  };
}

/** `scene_info` would need the payer's address, which nobody knows yet: store and till go into `attach`, a column of the bill. */
function nativeBody(request: PromptRequest, { appid, mchid }: WechatPayCredentials) {
  return {
    appid,
    mchid,
    description: withinWeChat(request.description, descriptionLengthMax),
    out_trade_no: request.id,
    time_expire: rfc3339(request.expiresAt),
    attach: withinWeChat(`${request.storeOutId} ${request.tillLabel}`, attachLengthMax),
    notify_url: request.notifyUrl,
    amount: { total: request.amount.amount, currency: request.amount.currency },
  };
}

function refundBody(request: RefundRequest) {
  return {
    transaction_id: request.providerTransactionId,
    out_refund_no: request.id,
    reason: withinWeChatBytes(request.reason, reasonBytesMax),
    notify_url: request.notifyUrl,
    amount: {
      refund: request.amount.amount,
      total: request.total.amount,
      currency: request.amount.currency,
    },
  };
}
