import { describe, expect, it } from "vitest";
import { instant } from "../../../src/domain/clock.ts";
import { money } from "../../../src/domain/money.ts";
import type { RefundRequest } from "../../../src/gateway/provider.ts";
import { rfc3339, withinWeChatBytes } from "../../../src/gateway/providers/wechat-pay/members.ts";
import { notifiedRefund, refundOutcome } from "../../../src/gateway/providers/wechat-pay/refund-body.ts";
import {
  refundError,
  refundErrorTable,
  refundQueryError,
} from "../../../src/gateway/providers/wechat-pay/refund-table.ts";
import { closeError, promptError } from "../../../src/gateway/providers/wechat-pay/status-table.ts";

const at = instant(Date.parse("2026-11-21T19:00:00+08:00"));
const word = (code: string, httpStatus: number, message = "") => ({ code, message, httpStatus });

describe("an error answer to a refund", () => {
  it.each<[string, number, string, object]>([
    ["NOT_ENOUGH", 403, "", { kind: "failed", reason: "shopBalance" }],
    ["NOTENOUGH", 403, "", { kind: "failed", reason: "shopBalance" }],
    ["INVALID_REQUEST", 400, "订单金额或退款金额与之前请求不一致", { kind: "failed", reason: "numberUsed" }],
    ["INVALID_REQUEST", 400, "申请退款金额大于剩余可退金额", { kind: "failed", reason: "aboveWhatIsLeft" }],
    ["INVALID_REQUEST", 400, "订单已全额退款", { kind: "failed", reason: "aboveWhatIsLeft" }],
    ["INVALID_REQUEST", 400, "订单已超过可退款的期限", { kind: "failed", reason: "tooLate" }],
    ["INVALID_REQUEST", 400, "something new", { kind: "failed", reason: "shopRefused" }],
    ["RESOURCE_NOT_EXISTS", 404, "", { kind: "failed", reason: "notPaid" }],
    ["USER_ACCOUNT_ABNORMAL", 403, "", { kind: "abnormal" }],
    ["SIGN_ERROR", 401, "", { kind: "failed", reason: "shopRefused" }],
    ["FREQUENCY_LIMITED", 429, "", { kind: "silence", why: "busy" }],
    ["SYSTEM_ERROR", 500, "", { kind: "silence", why: "server" }],
    ["NOT_ENOUGH", 500, "", { kind: "silence", why: "server" }],
    ["SOMETHING_ELSE", 403, "", { kind: "silence", why: "unlisted" }],
    ["constructor", 400, "", { kind: "silence", why: "unlisted" }],
  ])("%s with %i %s means %o", (code, status, message, meaning) => {
    expect(refundError(word(code, status, message), status)).toMatchObject(meaning);
  });

  it("no error of the table ends a refund's query but that it is not known", () => {
    for (const [code, { httpStatus }] of Object.entries(refundErrorTable)) {
      for (const status of httpStatus) {
        const isUnknown = code === "RESOURCENOTEXISTS" || code === "ORDERNOTEXIST";
        const { kind } = refundQueryError(word(code, status), status);
        expect([code, kind]).toEqual([code, isUnknown ? "notKnown" : "silence"]);
      }
    }
  });
});

describe("an error answer to a code that is shown", () => {
  it("closed already is closed for closing, and no refusal for asking", () => {
    expect(closeError(word("ORDER_CLOSED", 400), 400)).toEqual({ kind: "closed" });
    expect(promptError(word("ORDER_CLOSED", 400), 400)).toMatchObject({ kind: "silence", why: "numberUsed" });
  });

  it.each(["ORDERPAID", "ORDER_PAID"])("%s closes nothing and refuses nothing: a query tells", (code) => {
    expect(closeError(word(code, 400), 400)).toMatchObject({ kind: "silence" });
    expect(promptError(word(code, 400), 400)).toMatchObject({ kind: "silence" });
  });

  it("an unknown number is not closed by asking", () => {
    expect(closeError(word("ORDER_NOT_EXIST", 404), 404)).toMatchObject({ kind: "silence", why: "notFound" });
  });
});

const request = {
  id: "01JD7Z0000AAAA000000000002",
  payment: "01JD7Z0000AAAA000000000001",
  providerTransactionId: "4200",
  total: money(1_000, "CNY"),
  amount: money(300, "CNY"),
} as RefundRequest;
const answered = (over: object, amount: object = {}) => ({
  out_refund_no: request.id,
  out_trade_no: request.payment,
  transaction_id: "4200",
  refund_id: "5030",
  status: "SUCCESS",
  success_time: "2026-11-21T19:30:08+08:00",
  amount: { total: 1_000, refund: 300, payer_refund: 200, settlement_refund: 250, currency: "CNY", ...amount },
  ...over,
});

describe("a refund's answer", () => {
  it("what leaves the receivable is the settlement's figure, not the payer's", () => {
    expect(refundOutcome(answered({}), request, at)).toEqual({
      kind: "succeeded",
      providerRefundId: "5030",
      asked: 300,
      taken: 250,
      at: Date.parse("2026-11-21T19:30:08+08:00"),
    });
  });

  it.each<[string, object]>([
    ["without the settlement's figure where the payer got less than was asked", { settlement_refund: undefined }],
    ["that takes more than was asked", { settlement_refund: 301 }],
    ["in another currency", { currency: "USD" }],
    ["of another order's total", { total: 999 }],
  ])("one %s is silence", (_what, amount) => {
    expect(refundOutcome(answered({}, amount), request, at)).toMatchObject({ kind: "silence", why: "body" });
  });

  it("one that is only taken on already says what leaves the shop's receivable", () => {
    const outcome = refundOutcome(answered({ status: "PROCESSING" }, { settlement_refund: 270 }), request, at);
    expect(outcome).toMatchObject({ kind: "accepted", taken: 270 });
  });

  it("one of another transaction is silence", () => {
    expect(refundOutcome(answered({ transaction_id: "4201" }), request, at)).toMatchObject({ kind: "silence" });
  });

  it("a notification of a payment with coupons only says that it was accepted: the query tells the amounts", () => {
    const told = {
      out_refund_no: request.id,
      out_trade_no: request.payment,
      refund_id: "5030",
      refund_status: "SUCCESS",
      amount: { total: 1_000, refund: 300, payer_total: 900, payer_refund: 270 },
    };
    expect(notifiedRefund(told, at)?.outcome).toEqual({ kind: "accepted", providerRefundId: "5030", taken: null });
    const whole = { ...told, amount: { ...told.amount, payer_refund: 300 } };
    expect(notifiedRefund(whole, at)?.outcome).toMatchObject({ kind: "succeeded", asked: 300, taken: 300 });
  });
});

describe("a member is written as WeChat Pay wants it", () => {
  it.each([
    ["退货", 80, "退货"],
    ["退".repeat(30), 80, "退".repeat(26)],
    ["ab🍜c", 80, "abc"],
    ["", 80, ""],
  ])("%s in %i bytes is %s", (text, bytes, written) => {
    expect(withinWeChatBytes(text, bytes)).toBe(written);
  });

  it("a time is Beijing's, whatever the machine's zone", () => {
    expect(rfc3339(instant(Date.parse("2026-11-21T16:30:00.900Z")))).toBe("2026-11-22T00:30:00+08:00");
  });
});
